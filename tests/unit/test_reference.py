"""docs/reference.md: written from the models, complete, and up to date."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from latitude.spec.inspection import limits, models
from latitude.spec.limits import Length, Range
from latitude.spec.reference import COMMAND, _ticked
from latitude.spec.reference import markdown as written

ROOT: Final = Path(__file__).parents[2]
REFERENCE: Final = ROOT / "docs" / "reference.md"


markdown = cache(written)


def section(name: str) -> str:
    """Return the part of the reference that is about one class."""
    found = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", markdown(), re.MULTILINE | re.DOTALL)
    assert found is not None, name
    return found[1]


def row(model: str, field: str) -> list[str]:
    """Return the cells of a field's row."""
    found = re.search(rf"^\| `{field}` \| .*$", section(model), re.MULTILINE)
    assert found is not None, field
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", found[0])[1:-1]]


def test_reference_is_up_to_date() -> None:
    """The committed reference is what the models say now."""
    stale = f"docs/reference.md is stale; renew it with: {COMMAND}"
    assert REFERENCE.read_text(encoding="utf-8") == markdown(), stale


def test_reference_is_what_its_command_writes() -> None:
    """The command that a stale reference names writes it, in UTF-8 wherever it runs."""
    _, _, module = COMMAND.partition(" -m ")
    result = subprocess.run(
        [sys.executable, "-m", module.split()[0]],
        cwd=ROOT,
        env={"PATH": "", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert result.stdout.decode() == markdown()


def test_reference_begins_with_the_application_and_has_every_class_once() -> None:
    """One reads from the application down, and finds every class that a description is made of."""
    headings = re.findall(r"^## (\w+)$", markdown(), re.MULTILINE)
    assert headings == [model.__name__ for model in models()]
    assert headings[:2] == ["Application", "Service"]
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_reference_has_every_field_in_order(model: type) -> None:
    """A class's table has all of its fields, as they are stated."""
    found = re.findall(r"^\| `(\w+)` \|", section(model.__name__), re.MULTILINE)
    assert found == list(model.model_fields)  # type: ignore[attr-defined]  # a Part


@pytest.mark.parametrize("name", limits())
def test_reference_has_every_bound_with_its_source(name: str) -> None:
    """A field's bounds are there in words, with who says so, and those that AWS raises are told apart."""
    model, field, *_ = re.split(r"\W", name)
    bounds = row(model, field)[3].replace("\\|", "|").split("<br>")
    for limit in limits()[name]:
        quota = ", more on request to AWS" if isinstance(limit, Range | Length) and limit.quota else ""
        assert any(bound.endswith(f"{_ticked(limit.allowed)}{quota} ({_ticked(limit.source)})") for bound in bounds)


@pytest.mark.parametrize(
    ("model", "field", "cells"),
    [
        ("AutoScaling", "max_size", ["whole number", "`25`"]),
        ("Application", "regions", ["list of text", "required"]),
        ("Application", "draining", ["set of text", "`frozenset()`"]),
        ("Application", "layout", ['`"cells"` or `"single"`', '`"cells"`']),
        ("Service", "autoscaling", ["[`AutoScaling`](#autoscaling)", "`AutoScaling()`"]),
        ("Service", "start_command", ["text or `None`", "`None`"]),
        ("Service", "regional_environment", ["dict of text to (dict of text to text)", "`{}`"]),
        ("Service", "tracing", ["`True` or `False`", "`False`"]),
        ("Table", "attributes", ['dict of text to `"S"` or `"N"` or `"B"`', "required"]),
        ("Table", "billing", ["[`OnDemand`](#ondemand) or [`Provisioned`](#provisioned)", "`OnDemand()`"]),
    ],
)
def test_reference_says_type_and_default(model: str, field: str, cells: list[str]) -> None:
    """Types are in words, and defaults as they are written in Python."""
    assert row(model, field)[1:3] == cells


def test_reference_says_where_a_bound_holds() -> None:
    """The bounds of keys, values and entries are told apart."""
    assert "each value: 0 to 51200 characters" in row("Service", "environment")[3]
    assert "each key of each value: 1 to 51200 characters" in row("Service", "regional_environment")[3]
    assert "1 to 16 subnets" in row("VpcAccess", "subnet_ids")[3]
    assert "each entry: the id of a subnet" in row("VpcAccess", "subnet_ids")[3]


def test_reference_has_the_rules() -> None:
    """What one value allows another to be stands below the table."""
    assert "- Set exactly one of `image` and `source`." in section("Service").splitlines()


def test_reference_links_lead_somewhere() -> None:
    """Every link within the reference has its heading."""
    text = markdown()
    headings = {heading.lower() for heading in re.findall(r"^## (\w+)$", text, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]*)\)", text)) == headings


def test_reference_tables_have_as_many_cells_as_columns() -> None:
    """A bar in a bound does not tear a row."""
    rows = [line for line in markdown().splitlines() if line.startswith("| `")]
    assert {len(re.split(r"(?<!\\)\|", line)) for line in rows} == {7}
