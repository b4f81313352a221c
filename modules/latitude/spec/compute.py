"""What runs services, as a description sees it: what AWS calls it, where it is, and what it refuses to combine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.faults import Fault
    from latitude.spec.service import Service


class Combination(Protocol):
    """A rule on what a service may combine; its docstring says what to do, and goes into the reference."""

    def __call__(self, service: Service, /) -> Iterator[Fault]:
        """Yield the faults, with locations below the service."""


@dataclass(frozen=True, kw_only=True)
class ComputeRules:
    """A kind of compute: what a description may state for the services that it runs."""

    name: str
    """What AWS calls it."""
    regions: tuple[str, ...]
    """The Regions that have it."""
    regions_source: str
    """Who says so."""
    min_name_length: int
    max_name_length: int
    """How many characters a service's name in AWS may have, APPLICATION-SERVICE."""
    name_source: str
    combinations: tuple[Combination, ...]
    """What a service may not combine when this runs it."""
