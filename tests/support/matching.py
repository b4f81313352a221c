"""Texts that match a regular expression, quickly, and the same ones on every run."""

from __future__ import annotations

import random
import re
from re import _constants, _parser  # Python's own parser of regular expressions
from typing import Any, Final

_LETTERS: Final = "azAZ09_-./:$\N{LATIN SMALL LETTER E WITH ACUTE}"
_SPACES: Final = " \t\n\r\f\v"
_LONGEST: Final = 6
"""How often what may be repeated without end is repeated."""


def matching(regex: str, count: int, *, seed: int = 0) -> list[str]:
    """Return texts that match the expression as a whole."""
    parsed = _parser.parse(regex, re.ASCII)
    source = random.Random(seed)  # noqa: S311  nothing secret
    texts = (_of(parsed, source) for _ in range(count))
    return [text for text in texts if re.fullmatch(regex, text, re.ASCII) is not None]


def _of(parsed: Any, source: random.Random) -> str:
    return "".join(_one(kind, value, source) for kind, value in parsed)


def _one(kind: Any, value: Any, source: random.Random) -> str:  # noqa: PLR0911  one for each kind of node
    if kind is _constants.LITERAL:
        return chr(value)
    if kind is _constants.NOT_LITERAL:
        return source.choice([letter for letter in _LETTERS if ord(letter) != value])
    if kind is _constants.ANY:
        return source.choice(_LETTERS)
    if kind is _constants.IN:
        return _in(value, source)
    if kind in {_constants.MAX_REPEAT, _constants.MIN_REPEAT}:
        least, most, inner = value
        return "".join(_of(inner, source) for _ in range(source.randint(least, min(most, least + _LONGEST))))
    if kind is _constants.SUBPATTERN:
        return _of(value[-1], source)
    if kind is _constants.BRANCH:
        return _of(source.choice(value[1]), source)
    raise ValueError(f"no text is known for {kind} {value}")


def _in(members: Any, source: random.Random) -> str:
    if members[0][0] is _constants.NEGATE:
        refused = re.compile(_class_of(members[1:]), re.ASCII)
        return source.choice([letter for letter in _LETTERS if refused.fullmatch(letter) is None])
    kind, value = source.choice(members)
    if kind is _constants.LITERAL:
        return chr(value)
    if kind is _constants.RANGE:
        return chr(source.randint(*value))
    return source.choice([letter for letter in _LETTERS + _SPACES if re.fullmatch(_category(value), letter, re.ASCII)])


def _class_of(members: Any) -> str:
    parts = {
        _constants.LITERAL: lambda value: re.escape(chr(value)),
        _constants.RANGE: lambda value: f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}",
        _constants.CATEGORY: _category,
    }
    return f"[{''.join(parts[kind](value) for kind, value in members)}]"


def _category(value: Any) -> str:
    letters = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}
    *_, negated, name = ("", *str(value).rpartition("_")[0].split("_"), str(value).rpartition("_")[2])
    letter = letters[name]
    return f"\\{letter.upper() if negated == 'NOT' else letter}"
