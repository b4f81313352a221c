"""A region that left keeps its provider where things of it may be left, and nothing else."""

from __future__ import annotations

import pytest

from tests.support.applications import example
from tests.support.synthesized import stacks_of, synthesized


@pytest.mark.parametrize("stack", ["orders-registry", "orders-data"])
def test_former_region_has_its_provider_in_stacks_of_all_regions(stack: str) -> None:
    """Terraform destroys with the provider that the state names; no resource is made there any more."""
    with_former = synthesized(example(former_regions={"eu-west-1"}))[stack]
    assert [each["alias"] for each in with_former.providers] == ["us_east_1", "us_west_2", "eu_west_1"]
    assert with_former.document["resource"] == stacks_of("example")[stack].document["resource"]


def test_former_region_has_its_provider_in_the_single_stack() -> None:
    """The one stack of layout single keeps the provider too."""
    single = synthesized(example(layout="single", former_regions={"eu-west-1"}))["orders"]
    assert [each["alias"] for each in single.providers] == ["us_east_1", "us_west_2", "eu_west_1"]


def test_former_region_changes_no_cell() -> None:
    """A cell has nothing of another region."""
    with_former = synthesized(example(former_regions={"eu-west-1"}))
    cell = "orders-us-west-2"
    assert with_former[cell].document == stacks_of("example")[cell].document
    assert "orders-eu-west-1" not in with_former
