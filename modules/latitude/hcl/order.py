"""The order of a module's blocks: region by region, and each behind what it refers to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from latitude.hcl.merge import Given, If, Lookup
from latitude.spec.regions import identifier

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def ordered(tree: Mapping[str, Any], regions: Sequence[str]) -> dict[str, Any]:
    """Return the blocks, those of one region together, and a data source just before what first refers to it.

    Data sources that no block refers to, since local values do, come first.
    """
    ranks = {identifier(region): rank for rank, region in enumerate(regions)}

    def region(address: str) -> int:
        return next((rank for name, rank in ranks.items() if f".{name}" in address), -1)

    used = {
        address: sorted((other for other in _named(body, tree) if other != address), key=region)
        for address, body in tree.items()
    }
    referred = {address for found in used.values() for address in found}
    found: dict[str, Any] = {}

    def visit(address: str) -> None:
        for other in used[address]:
            if other not in found:
                visit(other)
        found.setdefault(address, tree[address])

    def rank(address: str) -> tuple[bool, int]:
        return not (address.startswith("data.") and address not in referred), region(address)

    waiting = [address for address in tree if not (address.startswith("data.") and address in referred)]
    for address in sorted(waiting, key=rank):
        visit(address)
    return found


def _named(body: Any, tree: Mapping[str, Any]) -> Iterator[str]:
    text = "\n".join(_texts(body))
    for address in tree:
        if not address.startswith(("output.", "check.")) and re.search(
            rf"(?<![\w.]){re.escape(address)}(?![\w])", text
        ):
            yield address


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for entry in value.values():
            yield from _texts(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(entry)
    elif isinstance(value, If):
        yield from (*_texts(value.then), *_texts(value.otherwise))
    elif isinstance(value, Given):
        yield from _texts(value.value)
    elif isinstance(value, Lookup):
        yield from _texts(value.values)
