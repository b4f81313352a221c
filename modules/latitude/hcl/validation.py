"""Validations of variables: the spec's limits, in the spec's words."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

from latitude.hcl.fields import Field, MapOf, OrNull, Shape, fields_of, unwrapped
from latitude.spec.base import Part
from latitude.spec.limits import Length, Limit, OneOf, Pattern, Range
from latitude.spec.tags import DistinctKeys

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Check:
    """A condition on a value within a variable, and the message where it does not hold."""

    condition: str
    message: str
    unless_null: str | None = None
    """What may be null, and is then as it should be."""

    @property
    def code(self) -> str:
        """The condition, which holds of a null too."""
        if self.unless_null is None:
            return self.condition
        # Both sides of || are evaluated before Terraform 1.12: a conditional's branch that is not taken does not fail.
        return f"{self.unless_null} == null ? true : {_grouped(self.condition)}"

    def each(self, names: str, collection: str) -> Check:
        """Return the check of every entry of a collection; no one value can be named then."""
        return Check(f"alltrue([for {names} in {collection} : {self.code}])", self.message)

    def if_given(self, value: str) -> Check:
        """Return the check of a value that may be null, or of a value in one that may."""
        guard = (
            value
            if self.unless_null is None
            else f"try({self.unless_null.removeprefix('try(').removesuffix(', null)')}, null)"
        )
        return replace(self, unless_null=guard)


def checks(field: Field) -> list[Check]:
    """Return the checks of a variable, for each limit on each value in it."""
    return list(_checks(field.annotation, f"var.{field.name}", field.name, given=True))


def _checks(annotation: Any, value: str, path: str, *, given: bool) -> Iterator[Check]:
    """Yield the checks of a value; ``given`` says whether a message may show it."""
    plain, nullable = unwrapped(annotation)
    # Terraform writes the message before it looks at the condition, and stops at a null in it.
    given = given and not nullable
    found = [*_limits(annotation, value, path, given=given), *_inner(plain, value, path, given=given)]
    yield from (check.if_given(value) if nullable else check for check in found)


def _limits(annotation: Any, value: str, path: str, *, given: bool) -> Iterator[Check]:
    if isinstance(annotation, OrNull):
        yield from _limits(annotation.value, value, path, given=given)
    for part in get_args(annotation) if get_origin(annotation) is not Literal else ():
        if isinstance(part, Limit):
            condition = condition_of(part, value)
            if condition is not None:
                yield Check(condition, _message(path, part.allowed, part.source, value, shown=given, limit=part))
    if get_origin(annotation) is Annotated:
        yield from _limits(get_args(annotation)[0], value, path, given=given)
    elif type(None) in get_args(annotation):
        for argument in get_args(annotation):
            yield from _limits(argument, value, path, given=given)


def _inner(plain: Any, value: str, path: str, *, given: bool) -> Iterator[Check]:
    origin, arguments = get_origin(plain), get_args(plain)
    if origin is Literal:
        words = " or ".join(repr(argument) for argument in arguments)
        condition = f"contains([{', '.join(json.dumps(argument) for argument in arguments)}], {value})"
        yield Check(condition, _message(path, words, None, value, shown=given, limit=None))
    elif isinstance(plain, Shape) or (isinstance(plain, type) and origin is None and issubclass(plain, Part)):
        for field in fields_of(plain):
            yield from _checks(field.annotation, f"{value}.{field.name}", f"{path}.{field.name}", given=given)
    elif origin in {tuple, frozenset}:
        name = singular(path)
        for check in _checks(arguments[0], name, f"{path}[*]", given=False):
            yield check.each(name, value)
    elif origin is dict or isinstance(plain, MapOf):
        key, entry = arguments if origin is dict else (plain.key, plain.value)
        for check in _checks(key, "name", path, given=False):
            yield check.each("name", f"keys({value})")
        name = singular(path)
        for check in _checks(entry, name, f"{path}[*]", given=False):
            yield check.each(name, f"values({value})")


def condition_of(limit: Limit, value: str) -> str | None:
    """Return a limit as a condition on a value; none where HCL can't express it."""
    if isinstance(limit, Range):
        return f"{value} >= {limit.minimum} && {value} <= {limit.maximum} && floor({value}) == {value}"
    if isinstance(limit, Length):
        least = f"length({value}) >= {limit.minimum} && " if limit.minimum > 0 else ""
        return f"{least}length({value}) <= {limit.maximum}"
    if isinstance(limit, OneOf):
        return f"contains({json.dumps(list(limit.values))}, {value})"
    if isinstance(limit, Pattern):
        found = [f"can(regex({_regex(limit.regex)}, {value}))"]
        found += [] if limit.but_not is None else [f"!can(regex({_regex(limit.but_not)}, {value}))"]
        return " && ".join(found)
    if isinstance(limit, DistinctKeys):
        return f"length(distinct([for name in keys({value}) : lower(name)])) == length({value})"
    return None


def _regex(pattern: str) -> str:
    """Return a pattern that must match the whole text, as a quoted string."""
    whole = f"^(?:{pattern})$" if "|" in pattern else f"^{pattern}$"
    text = json.dumps(whole, ensure_ascii=False)
    return text.replace("${", "$${").replace("%{", "%%{")


def _message(path: str, allowed: str, source: str | None, value: str, *, shown: bool, limit: Limit | None) -> str:
    words = json.dumps(f"{path}: must be {allowed}", ensure_ascii=False)[1:-1]
    got = ""
    if shown:
        size = isinstance(limit, Length | DistinctKeys)
        got = f", got ${{length({value})}}" if size else f", got ${{{value}}}"
    return f'"{words}{got}{"" if source is None else f" ({source})"}."'


def singular(path: str) -> str:
    """Return what one entry of the collection at a path is called."""
    last = path.replace("[*]", "").rpartition(".")[2].replace("-", "_")
    if last.endswith("sses") or not last.endswith("s"):
        return f"{last}_entry"
    return {"indexes": "index", "keys": "key"}.get(last.rpartition("_")[2], last.removesuffix("s"))


def _grouped(condition: str) -> str:
    return f"({condition})" if " && " in condition or " ? " in condition else condition
