"""What an HCL module leaves to its caller: choices, each with the condition that Terraform decides it by."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


@dataclass(frozen=True)
class Choice:
    """One choice: the possible ways, the first of which is assumed while another choice is looked at.

    ``ways`` gives each its condition in Terraform's language, true by itself and safe when others are not. Where
    ``subject`` is set, the ways are its values, and ``table`` is the name of the local value that maps them.
    """

    name: str
    ways: Mapping[str, str]
    subject: str | None = None
    table: str = ""

    @property
    def usual(self) -> str:
        """The way assumed while another choice is looked at."""
        return next(iter(self.ways))


Taken = dict[str, str]
"""The way that was taken, by the name of the choice."""


@dataclass(frozen=True)
class Run:
    """What the constructs made, or a part of it, and the ways that were taken."""

    taken: Taken
    made: Any


def optional(name: str, given: str) -> Choice:
    """Return the choice between having something and not, by the condition that it is given."""
    return Choice(name, {"yes": given, "no": negated(given)})


def one_at_a_time(choices: Sequence[Choice], also: Iterable[Mapping[str, str]] = ()) -> Iterator[Taken]:
    """Yield the usual ways, then each other way of each choice, then the combinations in ``also``."""
    usual = {choice.name: choice.usual for choice in choices}
    yield usual
    for choice in choices:
        yield from (usual | {choice.name: way} for way in choice.ways if way != choice.usual)
    yield from (usual | dict(ways) for ways in also)


def pairs(choices: Sequence[Choice]) -> Iterator[Taken]:
    """Yield every combination of two choices' ways, the others as usual."""
    usual = {choice.name: choice.usual for choice in choices}
    for one, other in combinations(choices, 2):
        for ways in product(one.ways, other.ways):
            yield usual | dict(zip((one.name, other.name), ways, strict=True))


def negated(condition: str) -> str:
    """Return the opposite of a condition, as a person would write it."""
    if " || " in condition and "(" not in condition:
        return " && ".join(negated(part) for part in condition.split(" || "))
    plain = " && " not in condition and " || " not in condition and "?" not in condition
    for sign, opposite in ((" == ", " != "), (" != ", " == "), (" > 0", " == 0")):
        if plain and condition.count(sign) == 1:
            return condition.replace(sign, opposite)
    if condition.startswith("!") and plain:
        return condition[1:]
    return f"!{condition}" if plain else f"!({condition})"
