"""One replication configuration a registry and Region: whichever applications of a program share it, one has it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from latitude import Account, Registry, synthesize
from latitude.spec.program import program_faults
from latitude.spec.replication import owner_of
from tests.support.template import Template
from tests.unit.descriptions import application, only, service

if TYPE_CHECKING:
    from latitude import Application
    from tests.unit.descriptions import Refusals

ADDRESS: Final = "aws_ecr_replication_configuration.images"
ONE: Final = Account(id="111111111111")
OTHER: Final = Account(id="222222222222")


def app(name: str, **changes: Any) -> Application:
    """Return an application with an image of its own, in two Regions."""
    return application(name=name, services=[service()], **changes)


def written(*program: Application, only: Application | None = None) -> dict[str, Template]:
    """Return the stacks of a program, by their names."""
    with tempfile.TemporaryDirectory() as folder:
        names = synthesize(*program, outdir=Path(folder), only=only)
        return {name: Template.read(Path(folder), name) for name in names}


def rules(template: Template) -> list[tuple[list[str], list[str]]]:
    """Return the rules of a stack's configuration: what is copied, and to which Regions."""
    found = template.get(ADDRESS)["replication_configuration"]["rule"]
    return [
        ([each["filter"] for each in rule["repository_filter"]], [each["region"] for each in rule["destination"]])
        for rule in found
    ]


def forgets(template: Template) -> bool:
    """Say whether a stack leaves the configuration in AWS that it may have had."""
    return {"from": ADDRESS, "lifecycle": {"destroy": False}} in template.document.get("removed", [])


def test_one_application_has_the_configuration_with_all_prefixes() -> None:
    """The first by name, in whichever order the program states them; the other's stack forgets the one it had."""
    for program in ((app("billing"), app("orders")), (app("orders"), app("billing"))):
        found = written(*program)
        assert rules(found["billing-registry"]) == [(["billing/", "orders/"], ["us-west-2"])]
        found["orders-registry"].lacks(ADDRESS)
        assert forgets(found["orders-registry"])
        assert not forgets(found["billing-registry"])


def test_application_that_is_written_alone_has_what_its_program_has() -> None:
    """`latitude deploy --application` writes one, and knows the others."""
    billing, orders = app("billing"), app("orders")
    assert rules(written(billing, orders, only=billing)["billing-registry"])[0][0] == ["billing/", "orders/"]
    assert list(written(billing, orders, only=orders)) == ["orders-registry", "orders-us-east-1", "orders-us-west-2"]


def test_applications_that_are_copied_elsewhere_have_rules_of_their_own() -> None:
    """A rule has one set of Regions for all its filters."""
    three = app("orders", regions=("us-east-1", "us-west-2", "eu-west-1"))
    found = written(app("billing"), three)["billing-registry"]
    assert rules(found) == [(["billing/"], ["us-west-2"]), (["orders/"], ["us-west-2", "eu-west-1"])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"account": ONE}, {"account": OTHER}),
        ({}, {"regions": ("us-west-2", "us-east-1")}),
    ],
)
def test_registries_of_their_own_have_configurations_of_their_own(one: dict[str, Any], other: dict[str, Any]) -> None:
    """A registry is an account's, and images are pushed to the home Region's."""
    found = written(app("billing", **one), app("orders", **other))
    assert rules(found["billing-registry"])[0][0] == ["billing/"]
    assert rules(found["orders-registry"])[0][0] == ["orders/"]


def test_accounts_that_may_be_one_are_refused(refusals: Refusals) -> None:
    """Where one of the two states its account, nobody knows whether they share a registry."""
    said = only(refusals(lambda: written(app("billing", account=ONE), app("orders"))))
    assert said.startswith(
        "billing and orders: must both state `account`, or neither, to replicate images from us-east-1"
    )


def test_layout_single_shares_the_configuration_too() -> None:
    """As with cells."""
    found = written(app("billing", layout="single"), app("orders"))
    assert rules(found["billing"]) == [(["billing/", "orders/"], ["us-west-2"])]
    assert forgets(found["orders-registry"])


def test_application_that_copies_nothing_any_more_leaves_the_others_rules() -> None:
    """It left its second Region: destroyed, the configuration that it had would take everybody's rules with it."""
    found = written(app("billing", regions=("us-east-1",)), app("orders"))
    assert rules(found["orders-registry"]) == [(["orders/"], ["us-west-2"])]
    assert forgets(found["billing-registry"])
    alone = written(app("billing", regions=("us-east-1",)))["billing-registry"]
    alone.lacks(ADDRESS)
    assert not forgets(alone)


def test_configuration_carries_what_other_programs_have() -> None:
    """One program says that it has it, and what it carries; the other says that it has not, and leaves it as it is."""
    owner = app("billing", registry=Registry(also_replicates={"orders/": ("us-west-2",), "search/": ("eu-west-1",)}))
    assert rules(written(owner)["billing-registry"]) == [
        (["billing/", "orders/"], ["us-west-2"]),
        (["search/"], ["eu-west-1"]),
    ]
    other = written(app("orders", registry=Registry(replication="external")))["orders-registry"]
    other.lacks(ADDRESS)
    assert forgets(other)


def test_external_application_of_a_program_is_not_copied_by_its_others() -> None:
    """It says that somebody else's configuration does that."""
    found = written(app("billing"), app("orders", registry=Registry(replication="external")))
    assert rules(found["billing-registry"])[0][0] == ["billing/"]
    assert owner_of(app("orders", registry=Registry(replication="external")), []) is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"registry": {"replication": "external", "also_replicates": {"a/b": ("us-west-2",)}}},
            "must be unset with repl",
        ),
        ({"registry": {"also_replicates": {"ab": ("us-west-2",)}}, "services": []}, "must be unset for an application"),
        ({"registry": {"also_replicates": {"Ab/": ("us-west-2",)}}}, "must be the beginning of a repository's name"),
        ({"registry": {"also_replicates": {"ab/": ()}}}, "must be 1 to 25 regions, got 0"),
        (
            {"registry": {"also_replicates": {"ab/": ("us-east-1",)}}},
            "must be other regions than us-east-1, from which",
        ),
    ],
)
def test_prefixes_that_can_not_be_copied_are_refused(changes: dict[str, Any], words: str, refusals: Refusals) -> None:
    """Each with its path."""
    stated = {"services": [service()], **changes}
    said = only(refusals(lambda: application(**{**stated, "registry": Registry(**stated["registry"])})))
    assert said.startswith("registry.also_replicates")
    assert words in said


def test_more_rules_than_a_registry_takes_are_refused() -> None:
    """Ten, each with a set of Regions of its own."""
    regions = ("us-west-2", "eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1", "us-east-2")
    pairs = [(a, b) for a in regions for b in regions if a < b][:10]
    registry = Registry(also_replicates={f"app{index:02}/": pair for index, pair in enumerate(pairs)})
    (fault,) = program_faults([app("billing", registry=registry)])
    assert "billing: must replicate by at most 10 rules of 100 filters" in str(fault)
    assert "got 11 rules" in str(fault)
