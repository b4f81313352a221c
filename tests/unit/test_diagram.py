"""The picture says what the description says."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from latitude.diagram.picture import draw
from tests.support.applications import APPLICATIONS, example, three_regions

_PICTURE = Path(__file__).parents[2] / "docs" / "architecture.svg"


def _texts(picture: str) -> list[str]:
    root = ET.fromstring(picture)  # noqa: S314  our own picture
    return [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]


def test_picture_in_the_readme_is_the_example() -> None:
    """The picture that the README shows is what `latitude diagram` draws of main.py."""
    remedy = "run: latitude diagram --out docs/architecture.svg"
    assert draw(example()) == _PICTURE.read_text("utf-8"), remedy


def test_picture_names_every_region_service_table_and_repository() -> None:
    """Each region's column has each service, table and repository, and Route 53 has the names."""
    texts = _texts(draw(three_regions()))
    for expected, times in (
        ("App Runner: web", 3),
        ("App Runner: api", 3),
        ("DynamoDB: carts", 3),
        ("ECR: shop/api", 3),
        ("table, on demand", 1),
        ("replica, on demand", 2),
        ("home region", 1),
        ("Route 53: shop.example.org, www.shop.example.org", 1),
    ):
        assert texts.count(expected) == times, expected


def test_picture_shows_a_drained_region() -> None:
    """A drained region says so, and only it has a faint line from Route 53."""
    picture = draw(example(draining={"us-west-2"}))
    assert _texts(picture).count("draining") == 1
    assert picture.count('class="line faint"') == 1


@pytest.mark.parametrize("name", APPLICATIONS)
def test_picture_of_any_application_is_xml(name: str) -> None:
    """Whatever is described can be drawn, as well-formed XML that names the regions."""
    application = APPLICATIONS[name]()
    assert set(application.regions) <= set(_texts(draw(application)))
