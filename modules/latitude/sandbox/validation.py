"""Hold a request or a response to botocore's own model of the service."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from botocore.model import Shape

_PYTHON_TYPES: dict[str, type | tuple[type, ...]] = {
    "structure": dict,
    "map": dict,
    "list": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "long": int,
    "float": (int, float),
    "double": (int, float),
}
_UNLIMITED = 2**53


def faults(shape: Shape, value: Any, *, path: str = "", strict: bool = True) -> list[str]:
    """List, in AWS's words, where ``value`` breaks the shape: type, required, enum, pattern, length, range.

    Where ``strict``, a member that the shape does not have is a fault too. Else only types and what is required are
    looked at. Types that JSON lacks (timestamps, blobs) are not checked.
    """
    return list(_faults(shape, value, path, strict=strict))


def _faults(shape: Shape, value: Any, path: str, *, strict: bool) -> Iterator[str]:
    kind = shape.type_name
    expected = _PYTHON_TYPES.get(kind)
    if expected is None:
        return
    if not isinstance(value, expected) or (isinstance(value, bool) and kind != "boolean"):
        yield _fault(value, path, f"Member must be of type {kind}")
        return
    if kind in _PARTS:
        yield from _PARTS[kind](shape, value, path, strict=strict)
    if strict and kind in _BOUNDS:
        yield from _BOUNDS[kind](shape, value, path)


def _structure(shape: Any, value: dict[str, Any], path: str, *, strict: bool) -> Iterator[str]:
    for name in shape.required_members:
        if value.get(name) is None:
            yield _fault(None, _join(path, name), "Member must not be null")
    for name, member in value.items():
        if name not in shape.members:
            if strict:
                yield _fault(member, _join(path, name), f"{shape.name} has no such member")
        elif member is not None:
            yield from _faults(shape.members[name], member, _join(path, name), strict=strict)


def _map(shape: Any, value: dict[str, Any], path: str, *, strict: bool) -> Iterator[str]:
    for name, member in value.items():
        yield from _faults(shape.key, name, f"{path}.key", strict=strict)
        yield from _faults(shape.value, member, f"{path}.{name}", strict=strict)


def _list(shape: Any, value: list[Any], path: str, *, strict: bool) -> Iterator[str]:
    for index, member in enumerate(value, start=1):
        yield from _faults(shape.member, member, f"{path}.{index}.member", strict=strict)


def _string(shape: Any, value: str, path: str) -> Iterator[str]:
    yield from _length(shape, value, path)
    if shape.enum and value not in shape.enum:
        yield _fault(value, path, f"Member must satisfy enum value set: [{', '.join(shape.enum)}]")
    pattern = shape.metadata.get("pattern")
    if pattern is not None and re.fullmatch(pattern, value, re.DOTALL) is None:
        yield _fault(value, path, f"Member must satisfy regular expression pattern: {pattern}")


def _length(shape: Any, value: list[Any] | str, path: str) -> Iterator[str]:
    low, high = shape.metadata.get("min", 0), shape.metadata.get("max", _UNLIMITED)
    if len(value) < low:
        yield _fault(value, path, f"Member must have length greater than or equal to {low}")
    if len(value) > high:
        yield _fault(value, path, f"Member must have length less than or equal to {high}")


def _number(shape: Any, value: float, path: str) -> Iterator[str]:
    low, high = shape.metadata.get("min", -_UNLIMITED), shape.metadata.get("max", _UNLIMITED)
    if value < low:
        yield _fault(value, path, f"Member must have value greater than or equal to {low}")
    if value > high:
        yield _fault(value, path, f"Member must have value less than or equal to {high}")


_PARTS: dict[str, Callable[..., Iterator[str]]] = {"structure": _structure, "map": _map, "list": _list}
_BOUNDS: dict[str, Callable[[Any, Any, str], Iterator[str]]] = {
    "list": _length,
    "string": _string,
    "integer": _number,
    "long": _number,
    "float": _number,
    "double": _number,
}


def _join(path: str, name: str) -> str:
    first_lower = name[:1].lower() + name[1:]
    return f"{path}.{first_lower}" if path else first_lower


def _fault(value: Any, path: str, constraint: str) -> str:
    shown = "null" if value is None else f"'{value}'"
    return f"Value {shown} at '{path}' failed to satisfy constraint: {constraint}"
