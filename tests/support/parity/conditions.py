"""Every condition in a module's HCL, and an output that tells how a plan decides each.

A condition is that of a conditional, the ``if`` of a ``for``, or whether ``for_each`` has entries. What it stands
in is kept: other conditions that must hold, loops whose items it looks at, the block's own ``count`` or ``for_each``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from latitude.spec.regions import identifier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OPENING, _CLOSING = "([{", ")]}"
_FOR_EACH: Final = re.compile(r"^ *for_each += (?=\S)", re.MULTILINE)
_COUNT: Final = re.compile(r"^ *count += (?=\S)", re.MULTILINE)
_IF: Final = re.compile(r"(?<=\s)if (?=\S)")
_LOOP: Final = re.compile(r"\s*for (\w+(?:, \w+)?) in ")
_BLOCK: Final = re.compile(r'(?:(dynamic) "(\w+)"|(?:resource|data|module) .*) $')
_BEGINS: Final = re.compile(r"[:?,]|(?<![=!<>])=(?![=>])|(?<==)>")
_ONLY_AFTERWARDS: Final = "self."
"""What a postcondition looks at."""


@dataclass(frozen=True)
class Condition:
    """A condition: what a person finds it by, and code for its values, one for each time it is looked at."""

    name: str
    code: str


def conditions(path: str, text: str, regions: Sequence[str]) -> list[Condition]:
    """Return the conditions in a file."""
    return [
        Condition(_name(path, text, start, shown, regions), code)
        for start, shown, code in _Conditions(text).found()
        if _ONLY_AFTERWARDS not in code
    ]


def telling(module: str, stated: Sequence[Condition], below: Sequence[str]) -> str:
    """Return an output with the values of the conditions, by their numbers, and the outputs of modules called."""
    lines = "\n".join(f"{number} = {each.code}" for number, each in enumerate(stated))
    more = f"below = concat({', '.join(below)})\n" if below else ""
    return f'output "branches" {{\nvalue = {{\nmodule = "{module}"\nvalues = {{\n{lines}\n}}\n{more}}}\n}}\n'


@dataclass(frozen=True)
class _Within:
    """What a condition stands in, from ``start`` on: code that ``wrap`` puts around the list of its values."""

    start: int
    wrap: str
    renamed: str = ""

    def around(self, code: str) -> str:
        for part in ("key", "value") if self.renamed else ():
            code = re.sub(rf"(?<![\w.]){self.renamed}\.{part}\b", f"{self.renamed}_{part}", code)
        return self.wrap.replace("CODE", code)


class _Conditions:
    def __init__(self, text: str) -> None:
        self.text, self.depths = text, _depths(text)

    def found(self) -> Iterator[tuple[int, str, str]]:
        """Yield each condition's place, what tells it from others on its line, and code for its values."""
        for position, letter in enumerate(self.text):
            if letter == "?" and self.depths[position] is not None:
                start = self._beginning(position)
                condition = self._code(start, position)
                yield start, f" ({condition}?)", self._told(start, condition)
        for pattern, what in ((_IF, "{}"), (_FOR_EACH, "length({}) > 0")):
            for match in pattern.finditer(self.text):
                code = self._code(match.end(), self._end(match.end()))
                if self.depths[match.end() - 2] is not None and not (pattern is _FOR_EACH and "?" in code):
                    yield match.end(), "", self._told(match.end(), what.format(code))

    def _told(self, start: int, code: str) -> str:
        code = f"[{code}]"
        for within in sorted(self._around(start), key=lambda each: -each.start):
            code = within.around(code)
        return code

    def _around(self, place: int) -> Iterator[_Within]:
        for at, letter in enumerate(self.text[:place]):
            depth = self.depths[at]
            if depth is None:
                continue
            if letter == "?":
                middle, end = self._ways(at)
                condition = self._code(self._beginning(at), at)
                if at < place < middle:
                    yield _Within(at, f"(({condition}) ? CODE : [])")
                elif middle < place < end:
                    yield _Within(at, f"(({condition}) ? [] : CODE)")
            elif letter in _OPENING and place <= self._closing(at):
                yield from self._loop(at, place)
                yield from self._block(at, place)

    def _loop(self, at: int, place: int) -> Iterator[_Within]:
        head = _LOOP.match(self.text, at + 1)
        if head is None:
            return
        inner = self.depths[at + 1]
        colon = next(p for p in range(head.end(), len(self.text)) if self.text[p] == ":" and self.depths[p] == inner)
        if place <= colon:
            return
        filters = [m for m in _IF.finditer(self.text, colon, self._closing(at)) if self.depths[m.start()] == inner]
        kept = (
            f" if {self._code(filters[0].end(), self._closing(at))}" if filters and place < filters[0].start() else ""
        )
        collection = self._code(head.end(), colon)
        yield _Within(at, f"flatten([for {head[1]} in {collection} : CODE{kept}])")

    def _block(self, at: int, place: int) -> Iterator[_Within]:
        head = _BLOCK.search(self.text[self.text.rfind("\n", 0, at) + 1 : at])
        if head is None:
            return
        level = (self.depths[at] or 0) + 1
        for pattern in (_FOR_EACH, _COUNT):
            for match in pattern.finditer(self.text, at, self._closing(at)):
                end = self._end(match.end())
                if self.depths[match.end() - 2] != level or match.end() <= place < end:
                    continue
                code, name = self._code(match.end(), end), head[2] or "each"
                loop = f"flatten([for {name}_key, {name}_value in {code} : CODE])"
                yield _Within(at, loop, name) if pattern is _FOR_EACH else _Within(at, f"(({code}) > 0 ? CODE : [])")

    def _code(self, start: int, end: int) -> str:
        """Return code as one expression on one line, without comments."""
        lines = (re.sub(r"(^|\s)# .*", "", line) for line in self.text[start:end].splitlines())
        return " ".join(" ".join(lines).split())

    def _closing(self, at: int) -> int:
        depth = self.depths[at]
        return next(p for p in range(at + 1, len(self.text)) if self.text[p] in _CLOSING and self.depths[p] == depth)

    def _beginning(self, position: int) -> int:
        """Return where the condition begins that ends at ``position``."""
        depth = self.depths[position]
        for at in range(position - 1, -1, -1):
            if self.depths[at] is None:
                continue
            opens = self.text[at] in _OPENING and (self.depths[at] or 0) == (depth or 0) - 1
            begins = self.depths[at] == depth and _BEGINS.match(self.text, at) is not None
            filters = self.depths[at] == depth and _IF.match(self.text, at + 1) is not None
            if opens or begins:
                return at + 1 + len(self.text[at + 1 :]) - len(self.text[at + 1 :].lstrip())
            if filters:
                return at + 4
        return 0

    def _ways(self, position: int) -> tuple[int, int]:
        """Return where the colon of a conditional is, and where the conditional ends."""
        inner = 1
        for at in range(position + 1, len(self.text)):
            if self.depths[at] == self.depths[position] and self.text[at] in "?:":
                inner += 1 if self.text[at] == "?" else -1
                if inner == 0:
                    return at, self._end(at + 2)
        raise ValueError(f"no end of the conditional {self.text[position : position + 80]}")

    def _end(self, start: int) -> int:
        """Return where the expression that begins at ``start`` ends."""
        before = next(p for p in range(start - 1, -1, -1) if self.depths[p] is not None)
        level = (self.depths[before] or 0) + (self.text[before] in _OPENING)
        around = next(
            (p for p in range(start - 1, -1, -1) if self.text[p] in _OPENING and self.depths[p] == level - 1), 0
        )
        for at in range(start, len(self.text)):
            if self.depths[at] is None:
                continue
            closes = self.text[at] in _CLOSING and self.depths[at] == level - 1
            separates = self.depths[at] == level and (
                self.text[at] == "," or (self.text[at] == "\n" and self.text[around] == "{")
            )
            if closes or separates or (self.depths[at] == level and _IF.match(self.text, at) is not None):
                return at
        return len(self.text)


def _name(path: str, text: str, start: int, shown: str, regions: Sequence[str]) -> str:
    block = re.findall(r"^(?=[a-z]).*", text[:start], re.MULTILINE)[-1].rstrip(" {")
    line = text[text.rfind("\n", 0, start) + 1 : text.find("\n", start)].strip()
    name = f"{path}: {block}: {line}{shown}"
    for number, region in enumerate(regions):
        stand_in = "HOME" if number == 0 else "OTHER"
        name = name.replace(identifier(region), stand_in).replace(region, stand_in)
    return name


def _depths(text: str) -> list[int | None]:
    """Return how deep in brackets each letter is, a bracket as what is around it; none in texts and comments."""
    found: list[int | None] = []
    depth, within, comment, escaped = 0, False, False, False
    for letter in text:
        code = not within and not comment
        if comment:
            comment = letter != "\n"
            code = not comment
        elif within:
            within = escaped or letter != '"'
            escaped = letter == "\\" and not escaped
        elif letter == "#":
            comment, code = True, False
        elif letter == '"':
            within, code = True, False
        depth -= code and letter in _CLOSING
        found.append(depth if code else None)
        depth += code and letter in _OPENING
    return found
