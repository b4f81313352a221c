"""Which regions are dark: their endpoints, and what runs in them, do not answer."""

from __future__ import annotations

from typing import Literal

Mode = Literal["503", "drop"]

_dark: dict[str, Mode] = {}


def darken(region: str, *, mode: Mode) -> None:
    """Make a region answer 503, or close every connection without an answer."""
    _dark[region] = mode


def lighten(region: str) -> None:
    """Make a region answer again."""
    _dark.pop(region, None)


def lighten_all() -> None:
    """Make every region answer again."""
    _dark.clear()


def darkness(region: str) -> Mode | None:
    """Return how a region fails, or None if it answers."""
    return _dark.get(region)


def dark() -> dict[str, Mode]:
    """Return every dark region and how it fails."""
    return dict(_dark)
