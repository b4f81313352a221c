"""Many runs of the constructs, one per choice, merged into one tree with conditions.

A module's constructs run once with every choice taken in its usual way, and again with each other way. What comes out
the same is plain; what differs depends on the choice, and gets its condition. Nothing here knows what was made.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from latitude.hcl.choices import Choice, Run, negated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Absent:
    """What a run did not make."""


ABSENT: Final = Absent()
_NAMING: Final = ("sid", "name", "index_name", "type")


@dataclass(frozen=True)
class If:
    """One of two values, by a condition."""

    condition: str
    then: Any
    otherwise: Any


@dataclass(frozen=True)
class Lookup:
    """One of several values, by the value of ``subject``; ``table`` is the name of their local map."""

    subject: str
    table: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Given:
    """What is there only under a condition: a resource, a block, an entry of a map."""

    condition: str
    value: Any


def merged(runs: Sequence[Run], choices: Sequence[Choice]) -> Any:
    """Return the one tree that the runs' trees follow from, by the ways that they took."""
    present = [run for run in runs if run.made is not ABSENT]
    if all(isinstance(run.made, dict) for run in present):
        value: Any = _merged_dict(present, choices)
    elif all(_is_blocks(run.made) for run in present):
        value = [merged(row, choices) for row in _rows(present)]
    else:
        return _decided(runs, choices)
    condition = presence(runs, choices)
    return value if condition is None else Given(condition, value)


def presence(runs: Sequence[Run], choices: Sequence[Choice]) -> str | None:
    """Return the condition under which the runs made anything; none if they all did."""
    return _condition(_decided([replace(run, made=run.made is not ABSENT) for run in runs], choices))


def _merged_dict(runs: Sequence[Run], choices: Sequence[Choice]) -> dict[str, Any]:
    names = _in_order([list(run.made) for run in runs])
    return {name: merged([replace(run, made=run.made.get(name, ABSENT)) for run in runs], choices) for name in names}


def _is_blocks(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(entry, dict) for entry in value)


def _rows(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Yield, for each block of a list, what each run has of it; blocks are told apart by what names them."""
    named = [dict(zip(_names(run.made), run.made, strict=True)) for run in runs]
    for name in _in_order([list(blocks) for blocks in named]):
        yield [replace(run, made=blocks.get(name, ABSENT)) for run, blocks in zip(runs, named, strict=True)]


def _names(blocks: list[dict[str, Any]]) -> list[tuple[Any, int]]:
    counted: Counter[str] = Counter()
    found = []
    for block in blocks:
        name = str(next((block[key] for key in _NAMING if key in block), None))
        found.append((name, counted[name]))
        counted[name] += 1
    return found


def _in_order(sequences: Sequence[list[Any]]) -> list[Any]:
    """Return all the entries, each once, and each behind what it came behind where it was first seen."""
    found: list[Any] = []
    for sequence in sequences:
        position = 0
        for entry in sequence:
            if entry in found:
                position = found.index(entry) + 1
            else:
                found.insert(position, entry)
                position += 1
    return found


def _decided(runs: Sequence[Run], choices: Sequence[Choice]) -> Any:
    """Return the value that all runs have, or the decisions that lead to each run's."""
    if all(run.made == runs[0].made for run in runs):
        return runs[0].made
    possible = [choice for choice in choices if len(_parts(runs, choice)) > 1]
    deciding = [choice for choice in possible if _matters(runs, choice)]
    choice = min(deciding or possible, key=lambda choice: _disorder(runs, choice))
    values = {way: _decided(part, choices) for way, part in _parts(runs, choice).items()}
    if choice.subject is not None:
        return Lookup(choice.subject, choice.table, values)
    return _chosen(choice, values)


def _parts(runs: Sequence[Run], choice: Choice) -> dict[str, list[Run]]:
    parts = {way: [run for run in runs if run.taken[choice.name] == way] for way in choice.ways}
    return {way: part for way, part in parts.items() if part}


def _matters(runs: Sequence[Run], choice: Choice) -> bool:
    """Say whether two runs that differ in this choice alone made different things."""
    return any(
        one.made != other.made and one.taken | {choice.name: ""} == other.taken | {choice.name: ""}
        for one, other in combinations(runs, 2)
    )


def _disorder(runs: Sequence[Run], choice: Choice) -> int:
    """Count the ways of a choice that leave something undecided."""
    return sum(any(run.made != part[0].made for run in part) for part in _parts(runs, choice).values())


def _chosen(choice: Choice, values: dict[str, Any]) -> Any:
    groups: list[tuple[list[str], Any]] = []
    for way, value in values.items():
        same = next((ways for ways, known in groups if known == value), None)
        if same is None:
            groups.append(([way], value))
        else:
            same.append(way)
    # The condition of one way reads better than those of several.
    groups.sort(key=lambda group: len(group[0]))
    *first, (_, result) = groups
    for ways, value in reversed(first):
        result = If(" || ".join(choice.ways[way] for way in ways), value, result)
    return result


def _condition(decided: Any) -> str | None:
    if decided is True:
        return None
    then, otherwise = decided.then, decided.otherwise
    if then is True:
        return decided.condition if otherwise is False else f"{decided.condition} || {_nested(otherwise, '||')}"
    if otherwise is False:
        return f"{_within(decided.condition, '&&')} && {_nested(then, '&&')}"
    against = negated(decided.condition)
    if then is False:
        return against if otherwise is True else f"{_within(against, '&&')} && {_nested(otherwise, '&&')}"
    return f"{against} || {_nested(then, '||')}"


def _nested(decided: If, sign: str) -> str:
    condition = _condition(decided)
    return "true" if condition is None else _within(condition, sign)


def _within(condition: str, sign: str) -> str:
    """Return a condition as part of one that ``sign`` joins."""
    other = {"&&": " || ", "||": " && "}[sign]
    return f"({condition})" if other in condition else condition
