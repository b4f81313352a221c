"""The argument checks of the generated bindings, answered from memory when the same types passed before.

Every constructor of the bindings reads its type hints anew and checks each argument with typeguard, which is two fifths
of a large synth. The first argument of each type still goes through typeguard, and so does whatever it refused, so that
a wrong argument gives the same `TypeError`.
"""

import functools
import typing
from typing import Any

import typeguard

SCALARS = frozenset({str, int, float, bool, type(None)})
STUB = "_typecheckingstub__"  # what jsii calls the functions that carry the hints of a method


def install() -> None:
    """Put the two shortcuts in the places where the generated bindings look for the functions."""
    typing.get_type_hints = _hints_once(typing.get_type_hints)
    typeguard.check_type = _check_once(typeguard.check_type)


def _hints_once(read: Any) -> Any:
    """Keep the hints of jsii's stubs, which never change."""
    kept: dict[Any, dict[str, Any]] = {}

    @functools.wraps(read)
    def get_type_hints(stub: Any, *args: Any, **kwargs: Any) -> Any:
        if args or kwargs or not getattr(stub, "__name__", "").startswith(STUB):
            return read(stub, *args, **kwargs)
        if stub not in kept:
            kept[stub] = read(stub)
        return kept[stub]

    return get_type_hints


def _check_once(check: Any) -> Any:
    """Keep which shapes of values passed for which hint; the hints are kept too, so that their ids stay theirs."""
    passed: dict[tuple[Any, int], Any] = {}

    @functools.wraps(check)
    def check_type(argname: str, value: Any, expected_type: Any, *args: Any, **kwargs: Any) -> Any:
        kind = type(value)
        shape = kind if kind in SCALARS else _shape(value)
        if shape is None or args or kwargs:
            return check(argname, value, expected_type, *args, **kwargs)
        key = (shape, id(expected_type))
        if key not in passed:
            check(argname=argname, value=value, expected_type=expected_type)
            passed[key] = expected_type
        return None

    return check_type


def _shape(value: Any) -> Any:
    """Name what of a value decides the answer: its type, and those of its members; None if that is not all."""
    kind = type(value)
    if kind in SCALARS or hasattr(kind, "__jsii_type__"):
        return kind
    if kind is list or kind is tuple:
        parts = [frozenset(map(_shape, value))]
    elif kind is dict:
        parts = [frozenset(map(_shape, value)), frozenset(map(_shape, value.values()))]
    else:
        return None
    return None if any(None in part for part in parts) else (kind, *parts)
