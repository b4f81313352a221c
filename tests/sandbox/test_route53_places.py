from __future__ import annotations

import boto3
import pytest

from latitude.sandbox.route53.places import CITIES, REGIONS, distance_km, locate

pytestmark = pytest.mark.sandbox


def test_every_app_runner_region_has_a_place() -> None:
    """Every region in which botocore knows App Runner can be in a latency record."""
    assert set(boto3.Session().get_available_regions("apprunner")) <= set(REGIONS)


def test_there_are_cities_on_every_continent() -> None:
    """At least a dozen, both hemispheres, both sides of Greenwich."""
    assert len(CITIES) >= 12
    for north in (True, False):
        for east in (True, False):
            assert [name for name, (lat, lon) in CITIES.items() if (lat > 0) is north and (lon > 0) is east]


@pytest.mark.parametrize(
    ("place", "city"),
    [("New York", "new york"), ("new-york", "new york"), ("NEW_YORK", "new york"), ("S\u00e3o Paulo", "sao paulo")],
)
def test_city_is_found_however_it_is_written(place: str, city: str) -> None:
    """Case, hyphens and the tilde do not matter."""
    assert locate(place) == CITIES[city]


def test_region_is_a_place() -> None:
    """Code that runs in AWS asks from its region."""
    assert locate("us-west-2") == REGIONS["us-west-2"]


def test_place_that_is_not_known_is_refused() -> None:
    """The message lists the places that are."""
    with pytest.raises(
        ValueError, match=r"must be a city or an AWS region that is known, got 'atlantis'; known are beng"
    ):
        locate("atlantis")


@pytest.mark.parametrize(
    ("start", "end", "kilometres"),
    [("london", "paris", 344), ("new york", "tokyo", 10850), ("sydney", "santiago", 11340), ("tokyo", "tokyo", 0)],
)
def test_distance_is_the_great_circles(start: str, end: str, kilometres: int) -> None:
    """Within one per cent of the published distances, the date line notwithstanding."""
    assert distance_km(CITIES[start], CITIES[end]) == pytest.approx(kilometres, rel=0.01, abs=1)
