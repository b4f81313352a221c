"""What Python sends to jsii's kernel: of a struct the fields that are set, and no overrides of jsii's own classes.

jsii sends every field of a struct, most of them null, and asks for each through a Python property. It looks for methods
that override its own in every object, also in those of classes that it generated.
"""

from typing import Any

import jsii._kernel

SCALARS = frozenset({str, int, float, bool, type(None)})


def install() -> None:
    """Put `reference` and `overrides` in the place of jsii's own, which still answer for everything else."""
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

    look = jsii._kernel._get_overides  # noqa: SLF001  the other function that is replaced

    def overrides(klass: Any, instance: Any) -> Any:
        return [] if vars(type(instance)).get("__jsii_declared_type__") is not None else look(klass, instance)

    jsii._kernel._get_overides = overrides  # type: ignore[assignment]  # noqa: SLF001  the same to call
