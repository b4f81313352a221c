"""Addresses that changed from one release to the next, for the ``moved`` blocks of the emitted modules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from latitude.spec.regions import identifier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, kw_only=True)
class Move:
    """One change, below a module; ``{region}`` stands for each region's name in addresses, as in ``us_east_1``."""

    old: str
    new: str
    since: str
    """The release that has the new address."""


MOVED: Final[Mapping[str, Sequence[Move]]] = {}
"""The changes by module, the newest last; none is ever taken out: users skip releases.

There has been no release with other addresses than those in ``tests/unit/golden/hcl_addresses.txt``.
"""


def moved(moves: Sequence[Move], regions: Sequence[str]) -> str:
    """Return the ``moved`` blocks; a change that names no region has one."""
    blocks: dict[str, None] = {}
    for move in moves:
        for name in [identifier(region) for region in regions] or [""]:
            old, new = (address.replace("{region}", name) for address in (move.old, move.new))
            blocks[f"# Since Latitude {move.since}.\nmoved {{\n  from = {old}\n  to   = {new}\n}}\n"] = None
    return "\n".join(blocks)
