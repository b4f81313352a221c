"""Lines that are too long, broken where a person would break them."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH: Final = 120
_SPACE: Final = 100
"""What a line holds in parentheses, some way in."""
_OPENING, _CLOSING = "([{", ")]}"
_LINE: Final = re.compile(r'(?P<indent> *)(?P<name>(?:[\w-]+|"[^"]+") +=>? )?(?P<code>.*?)(?P<comma>,?)')
_SIGNS: Final = (" || ", " && ", " == ", " != ", " <= ", " >= ", " < ", " > ")
_SHORT: Final = ("true", "false", "null")


def broken(text: str) -> str:
    """Return the text with its long lines broken; a line stays long where it has nothing but one literal text."""
    return "".join(f"{line}\n" for whole in text.splitlines() for line in _lines(whole))


def _lines(line: str) -> Iterator[str]:
    if len(line) <= WIDTH:
        yield line
        return
    indent = " " * (len(line) - len(line.lstrip()))
    if line.lstrip().startswith("#"):
        margin = f"{indent}# "
        words = line.lstrip("# ")
        yield from textwrap.wrap(words, WIDTH, initial_indent=margin, subsequent_indent=margin, break_on_hyphens=False)
        return
    found = _LINE.fullmatch(line)
    if found is None or not balanced(found["code"]):
        yield line
        return
    if found["code"].startswith("for "):
        yield from _loop(found["code"], indent)
        return
    pieces = _pieces(found["code"], len(line) - len(found["code"]))
    if pieces is None:
        yield line
        return
    first, inner, last = pieces
    yield f"{indent}{found['name'] or ''}{first}"
    for piece in inner:
        yield from _lines(f"{indent}  {piece}")
    yield f"{indent}{last}{found['comma']}"


def _loop(code: str, indent: str) -> Iterator[str]:
    """Yield the lines of what is in the brackets of a ``for``."""
    before, *condition = _split(code, " if ")
    head, *entry = _split(before, " : ")
    if len(indent) + len(before) <= WIDTH:
        yield f"{indent}{before}"
    else:
        yield f"{indent}{head} :"
        yield from _lines(f"{indent}{' : '.join(entry)}")
    for each in condition:
        yield from _lines(f"{indent}if {each}")


def _pieces(code: str, before: int) -> tuple[str, Sequence[str], str] | None:
    """Return what stays on the first line, the lines within, and what closes them."""
    start = _last_group(code)
    condition = _split(code, " ? ", " : ")
    joined = any(len(_split(code, sign)) > 1 for sign in (_SIGNS if len(condition) == 1 else _SIGNS[:2]))
    hugged = len(condition) == 1 or condition[1] in _SHORT
    if start is not None and hugged and not joined and before + start <= WIDTH:
        depth = 1
        while _call_of(code[start + 1 : -depth]) is not None:
            start += 1 + (_call_of(code[start + 1 : -depth]) or 0)
            depth += 1
        return code[: start + 1], _entries(code[start + 1 : -depth].strip(), code[: start + 1]), code[-depth:]
    if len(condition) > 1:
        test, then, otherwise = condition
        return "(", [test, f"? {then}", f": {otherwise}"], ")"
    for sign in _SIGNS:
        parts = _split(code, sign)
        if len(parts) > 1:
            return "(", [parts[0], *(f"{sign.strip()} {part}" for part in parts[1:])], ")"
    return None


def _call_of(code: str) -> int | None:
    """Return where the bracket opens if the code is one call of a function, or one list or object."""
    found = re.match(r"\w*[(\[{]", code)
    start = _last_group(code)
    return start if found is not None and start == found.end() - 1 and len(_split(code, ", ")) == 1 else None


def _entries(content: str, head: str) -> list[str]:
    """Return the lines within a bracket; ``head`` is the code up to it."""
    if content.startswith("for "):
        return [content]
    if re.search(r"(^|[^\w])\($", head) is not None:
        # In parentheses already.
        pieces = _pieces(content, 0) if len(content) > _SPACE else None
        return [content] if pieces is None or pieces[0] != "(" else list(pieces[1])
    parts = _split(content, ", ")
    if head.endswith("{"):
        return parts
    return [*(f"{part}," for part in parts[:-1]), f"{parts[-1]}," if head.endswith("[") else parts[-1]]


def _last_group(code: str) -> int | None:
    """Return where the bracket opens that the code ends with closing; an index stays where it is."""
    if code[-1:] not in tuple(_CLOSING):
        return None
    depths = _depths(code)
    start = max(position for position, depth in enumerate(depths) if depth == 0 and code[position] in _OPENING)
    return None if code[start] == "[" and re.search(r"[\w)\]]$", code[:start]) is not None else start


def _split(code: str, *signs: str) -> list[str]:
    """Split code at signs outside of brackets and texts: at the given ones in turn, or at all of a single one."""
    depths, parts, start = _depths(code), [], 0
    wanted = list(signs)
    for position in range(len(code)):
        sign = wanted[0] if wanted else None
        if sign is not None and depths[position] == 0 and code.startswith(sign, position):
            parts.append(code[start:position])
            start = position + len(sign)
            if len(signs) > 1:
                wanted.pop(0)
    if len(signs) > 1 and wanted:
        return [code]
    return [*parts, code[start:]]


def balanced(code: str) -> bool:
    """Say whether every bracket and text that begins in the code ends in it."""
    depths = _depths(code)
    return not depths or (depths[-1] == 0 and min(depths) == 0)


def _depths(code: str) -> list[int]:
    """Return how deep each letter is in brackets and texts; a bracket and a quote have the depth outside of it."""
    depths: list[int] = []
    within: list[str] = []
    for position, letter in enumerate(code):
        text = bool(within) and within[-1] == '"'
        escaped = text and _backslashes(code, position) % 2 == 1
        template = text and code.startswith("${", position - 1) and not code.startswith("$${", position - 2)
        if letter == '"' and not escaped and text:
            within.pop()
            depths.append(len(within))
        elif letter == '"' and not text:
            depths.append(len(within))
            within.append('"')
        elif letter in _OPENING and (not text or template):
            depths.append(len(within))
            within.append(letter)
        elif letter in _CLOSING and within and not text:
            within.pop()
            depths.append(len(within))
        elif letter in _CLOSING and not text:
            depths.append(-1)
        else:
            depths.append(len(within))
    return depths


def _backslashes(code: str, position: int) -> int:
    return len(code[:position]) - len(code[:position].rstrip("\\"))
