"""What Python sends to jsii's kernel of a struct: the fields that are set.

jsii sends every field of a struct, most of them null, and asks for each through a Python property.
"""

from typing import Any

import jsii._kernel

SCALARS = frozenset({str, int, float, bool, type(None)})


def install() -> None:
    """Put `reference` in the place of jsii's own, which still answers for everything but scalars, lists and structs."""
    original = jsii._kernel._make_reference_for_native  # noqa: SLF001  the function that is replaced

    def reference(kernel: Any, value: Any) -> Any:
        kind = type(value)
        if kind in SCALARS:
            return value
        if kind is list:
            return [reference(kernel, item) for item in value]
        if kind is dict:
            return {"$jsii.map": {key: reference(kernel, item) for key, item in value.items()}}
        names = getattr(kind, "__jsii_name_mapping__", None)
        values = getattr(value, "_values", None)
        if names is None or type(values) is not dict:
            return original(kernel, value)
        data = {names[name]: reference(kernel, item) for name, item in values.items() if item is not None}
        return {"$jsii.struct": {"fqn": kind.__jsii_type__, "data": data}}

    jsii._kernel._make_reference_for_native = reference  # type: ignore[assignment]  # noqa: SLF001  the same to call
