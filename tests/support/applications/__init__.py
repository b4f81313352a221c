"""Applications to synthesize and plan; between them they state every field of the description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.support.applications.everything import everything
from tests.support.applications.example import example
from tests.support.applications.from_source import from_source
from tests.support.applications.in_cloud import in_cloud, made_in_cloud
from tests.support.applications.own_state import own_state
from tests.support.applications.strong import strong
from tests.support.applications.three_regions import three_regions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from latitude import Application

__all__ = [
    "APPLICATIONS",
    "everything",
    "example",
    "from_source",
    "in_cloud",
    "made_in_cloud",
    "own_state",
    "strong",
    "three_regions",
]


def example_single() -> Application:
    """Return the example in one stack."""
    return example(layout="single")


def three_regions_single() -> Application:
    """Return the application in three regions in one stack, which makes the hosted zone too."""
    return three_regions(layout="single")


def example_drained() -> Application:
    """Return the example with us-west-2 out of DNS."""
    return example(draining={"us-west-2"})


APPLICATIONS: Final[Mapping[str, Callable[[], Application]]] = {
    "example": example,
    "example_drained": example_drained,
    "example_single": example_single,
    "three_regions": three_regions,
    "three_regions_single": three_regions_single,
    "from_source": from_source,
    "everything": everything,
    "in_cloud": in_cloud,
    "made_in_cloud": made_in_cloud,
    "own_state": own_state,
    "strong": strong,
}
"""Each by its name."""
