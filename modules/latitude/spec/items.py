"""One item in place of a collection's items: what constructs make of it, Terraform makes of each.

An item stands for the items of a collection in Terraform's language while the constructs run. In code it is a mark,
``⟦label|key|collection⟧``, with ``!key`` behind it for the item's key; whoever writes the code replaces it by what
iterates: ``each.value``, a dynamic block's iterator, or the variable of a ``for``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OPEN, _CLOSE, _KEY = "⟦", "⟧", "!key"
_LONGEST_PART: Final = 2


@dataclass(frozen=True)
class Item:
    """An item of a collection; ``label`` is what a person would call it.

    ``key`` is empty where the collection is a map or a set; of a list, it is the attribute that tells items apart.
    """

    label: str
    collection: str
    key: str = ""

    @property
    def mark(self) -> str:
        """The item in code."""
        return f"{_OPEN}{self.label}|{self.key}|{self.collection}{_CLOSE}"

    @property
    def key_mark(self) -> str:
        """The item's key in code: a map's key, or a set's value."""
        return f"{self.mark}{_KEY}"

    def put(self, code: str, *, value: str, key: str) -> str:
        """Return the code with other code in the place of the item."""
        return code.replace(self.key_mark, key).replace(self.mark, value)


def items_in(code: str) -> list[Item]:
    """Return the items that the code mentions and that depend on no other, each once, in order."""
    return list(dict.fromkeys(_parsed(mark) for mark in _marks(code)))


def list_code(codes: Sequence[str]) -> str:
    """Return the code of a list of values; an item becomes all the collection's items."""
    parts: list[str] = []
    plain: list[str] = []
    for code in codes:
        items = items_in(code)
        if not items:
            plain.append(code)
            continue
        parts += [_plain(plain)] if plain else []
        plain = []
        parts.append(for_code(items, code))
    parts += [_plain(plain)] if plain or not parts else []
    return parts[0] if len(parts) == 1 else f"concat({', '.join(parts)})"


def for_code(items: Sequence[Item], code: str) -> str:
    """Return the code of the list that ``code`` gives for each item."""
    item, *inner = items
    if code == item.mark:
        return item.collection
    body = item.put(code, value=item.label, key=f"{item.label}_key")
    found = items_in(body)
    if found or inner:
        return f"flatten([for {item.label} in {item.collection} : {for_code(found, body)}])"
    names = f"{item.label}_key, {item.label}" if item.key_mark in code else item.label
    return f"[for {names} in {item.collection} : {body}]"


def _plain(codes: Sequence[str]) -> str:
    return f"[{', '.join(codes)}]"


def _marks(code: str) -> Iterator[str]:
    """Yield each outermost mark; a collection may itself mention an item."""
    depth = start = 0
    for position, letter in enumerate(code):
        if letter == _OPEN:
            start = position if depth == 0 else start
            depth += 1
        elif letter == _CLOSE:
            depth -= 1
            if depth == 0:
                yield code[start : position + 1]


def _parsed(mark: str) -> Item:
    label, key, collection = mark[1:-1].split("|", _LONGEST_PART)
    inner = next(_marks(collection), None)
    # What depends on another item comes after it.
    return Item(label, collection, key) if inner is None else _parsed(inner)
