"""Descriptions without faults, for tests to spoil in one place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from latitude.spec import Application, Image, Service, Source, Table

Refusals = Callable[[Callable[[], object]], list[str]]
"""Returns the faults for which a description is refused, each as its user reads it."""

REGIONS: Final = ("us-east-1", "us-west-2")


def application(**changes: Any) -> Application:
    """Return an application in two regions, with changes."""
    return Application(**{"name": "orders", "regions": REGIONS, **changes})


def service(**changes: Any) -> Service:
    """Return a service that runs an image of its own repository, with changes."""
    return Service(**{"name": "web", "image": Image(tag="1.0"), **changes})


def source(**changes: Any) -> Source:
    """Return source code that ``apprunner.yaml`` builds, with changes."""
    return Source(**{"repository_url": "https://github.com/example/web", **changes})


def table(**changes: Any) -> Table:
    """Return a table with one key, with changes."""
    return Table(**{"name": "carts", "hash_key": "id", "attributes": {"id": "S"}, **changes})


def only(found: list[str]) -> str:
    """Return the only fault there is."""
    (said,) = found
    return said
