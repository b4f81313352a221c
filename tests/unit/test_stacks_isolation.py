"""A cell needs no other stack's state, and nothing of another region."""

from __future__ import annotations

import pytest

from tests.support.applications import APPLICATIONS
from tests.support.synthesized import every_stack, references, stacks_of

_CELLS = [
    (name, stack, region)
    for name in ("example", "three_regions", "from_source")
    for region in APPLICATIONS[name]().regions
    for stack in (f"{APPLICATIONS[name]().name}-{region}",)
]


@pytest.mark.parametrize(("name", "stack", "region"), _CELLS)
def test_cell_does_not_mention_another_region(name: str, stack: str, region: str) -> None:
    """No name, ARN, bucket or provider of a cell is another region's."""
    text = stacks_of(name)[stack].text
    others = set(APPLICATIONS[name]().regions) - {region}
    assert [other for other in sorted(others) if other in text or other.replace("-", "_") in text] == []


def test_no_stack_reads_the_state_of_another() -> None:
    """There is no terraform_remote_state, and every reference is to something in the same stack."""
    for stack, template in every_stack().items():
        assert "terraform_remote_state" not in template.text, stack
        known = set(template.addresses)
        for address, arguments in template.items():
            strangers = {target for target in references(arguments) if target not in known}
            assert strangers == set(), f"{stack}: {address} refers to {strangers}"


def test_application_without_repositories_and_tables_has_cells_only() -> None:
    """A stack that would hold nothing is not made."""
    assert list(stacks_of("from_source")) == ["tickets-eu-west-1", "tickets-ap-northeast-1"]


def test_stacks_come_in_the_order_of_their_application() -> None:
    """Zone, registry and data come before the cells, in the order of the regions; who is led where comes last."""
    assert list(stacks_of("three_regions")) == [
        "shop-zone",
        "shop-registry",
        "shop-data",
        "shop-eu-west-1",
        "shop-eu-central-1",
        "shop-us-east-1",
        "shop-routing",
    ]


def test_layout_single_is_one_stack() -> None:
    """Layout single makes one stack, named as the application, with one provider a region."""
    (template,) = stacks_of("three_regions_single").values()
    assert template.name == "shop"
    assert [provider["region"] for provider in template.providers] == ["eu-west-1", "eu-central-1", "us-east-1"]
