"""Addresses are a contract with every state that exists."""

from __future__ import annotations

from pathlib import Path

from tests.support.addresses import listed

_GOLDEN = Path(__file__).parent / "golden" / "addresses.txt"
_REMEDY = (
    "Addresses changed: resources at new addresses are created, and those at old ones destroyed. If that is meant, "
    "write `moved` blocks, say so in CHANGELOG.md, and run\n"
    "  python -m tests.support.addresses > tests/unit/golden/addresses.txt"
)


def test_addresses_of_the_example_stay() -> None:
    """Every resource and data source of the example, in both layouts, has the address that it always had."""
    assert listed() == _GOLDEN.read_text("utf-8"), _REMEDY
