"""Values of a request, checked against their types as jsii checks them (jsii's kernel, serialization.ts).

Python's own check (typeguard) lets pass what jsii refuses: a text where a list of texts is wanted, a truth value where
a number is, a dict in place of a struct within a list.
"""

import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, ForwardRef, Self

import jsii

from latitude.bindings.kernel.merge import NULL
from latitude.bindings.kernel.names import RENAMED_BY_PROVIDER, WRITTEN_IF_UNSET, terraform_name
from latitude.bindings.kernel.unknown import unknown

AWS: Final = "@cdktf/provider-aws."
_SCALARS: Final = frozenset({str, bool, int, float})


@dataclass(frozen=True, slots=True)
class Shape:
    """What a property may be."""

    scalars: frozenset[type]
    items: "Shape | None" = None
    values: "Shape | None" = None
    struct: bool = False
    anything: bool = False

    @classmethod
    def of(cls, hint: Any) -> Self:
        """Read a type hint of the generated bindings."""
        origin, args = typing.get_origin(hint), typing.get_args(hint)
        if hint is Any:
            return cls(_SCALARS, anything=True)
        if origin is typing.Union:
            return cls._one_of([cls.of(arg) for arg in args])
        if origin in {list, Sequence}:
            return cls(frozenset(), items=cls.of(args[0]))
        if origin is Mapping:
            return cls(frozenset(), values=cls.of(args[1]))
        is_struct = isinstance(hint, str | ForwardRef) or hasattr(hint, "__jsii_name_mapping__")
        return cls(frozenset({hint} & _SCALARS), struct=is_struct)

    @classmethod
    def _one_of(cls, shapes: "list[Self]") -> Self:
        return cls(
            frozenset().union(*(shape.scalars for shape in shapes)),
            items=next((shape.items for shape in shapes if shape.items is not None), None),
            values=next((shape.values for shape in shapes if shape.values is not None), None),
            struct=any(shape.struct for shape in shapes),
            anything=any(shape.anything for shape in shapes),
        )


class Structs:
    """The properties of each struct, read from its class when it is first met: `(name in the document, shape)`."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, tuple[str, Shape]]] = {}

    def fields(self, struct: dict[str, Any], leave: Sequence[str] = ()) -> dict[str, Any]:
        """Return a struct's properties as they stand in the document, without those to `leave`.

        The AWS bindings' have Terraform's names; cdktf's have jsii's.
        """
        fqn = struct["fqn"]
        known = self._known.get(fqn)
        if known is None:
            known = self._known[fqn] = self._read(fqn)
        made = {}
        for name, value in struct["data"].items():
            if value is not None and name not in leave:
                written, shape = known[name]
                kind = type(value)
                made[written] = value if kind is str and str in shape.scalars else self._value(value, kind, shape)
        if fqn.rpartition(".")[2] in WRITTEN_IF_UNSET and fqn.startswith(AWS):
            for written, _ in known.values():
                made.setdefault(written, NULL)
        return made

    def _value(self, value: Any, kind: type, shape: Shape) -> Any:
        if isinstance(value, str):
            kind, value = str, str(value)
        if kind in shape.scalars:
            return value
        if kind is list and shape.items is not None:
            items = shape.items
            return [self._value(item, type(item), items) for item in value]
        if kind is dict:
            if shape.struct and "$jsii.struct" in value:
                return self.fields(value["$jsii.struct"])
            if shape.values is not None and "$jsii.map" in value:
                values = shape.values
                return {key: self._value(item, type(item), values) for key, item in _map(value).items()}
        if shape.anything:
            return anything(value)
        return unknown(f"{value!r} where {shape} is wanted")

    def _read(self, fqn: str) -> dict[str, tuple[str, Shape]]:
        cls = jsii._reference_map._data_types.get(fqn)  # noqa: SLF001  where jsii keeps its classes by their names
        if cls is None or fqn.endswith(RENAMED_BY_PROVIDER):
            unknown(f"the struct {fqn}")
        hints = cls.__init__.__annotations__
        named = terraform_name if fqn.startswith(AWS) else str
        return {name: (named(name), Shape.of(hints[python])) for python, name in cls.__jsii_name_mapping__.items()}


def anything(value: Any, *, unset: bool = False) -> Any:
    """Return a value of jsii's type `any`: scalars, and lists and maps of them; with `unset`, a map may hold None."""
    kind = type(value)
    if kind in _SCALARS:
        return value
    if isinstance(value, str):
        return str(value)
    if kind is list:
        return [anything(item, unset=unset) for item in value]
    if kind is dict and "$jsii.map" in value:
        return {
            key: None if unset and item is None else anything(item, unset=unset) for key, item in _map(value).items()
        }
    return unknown(f"{value!r} where anything may stand")


def _map(value: dict[str, Any]) -> dict[str, Any]:
    """Return a map's items; JavaScript would take one key for something else."""
    items: dict[str, Any] = value["$jsii.map"]
    if "__proto__" in items or not all(type(key) is str for key in items):
        unknown("a key that JavaScript takes for something else")
    return items
