"""Every resource goes to its own region's provider, and none to a default one."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

import pytest

from latitude.spec.regions import APP_RUNNER_REGIONS, identifier
from tests.support.applications import APPLICATIONS, example
from tests.support.synthesized import references, stacks_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.template import Template

# IAM, Route 53 and STS are no region's; a policy document asks nobody.
_GLOBAL: Final = re.compile(r"(data\.)?aws_(iam_|route53_|caller_identity|ecr_lifecycle_policy_document)")
_IN_THE_ZONE: Final = re.compile(r"(data\.)?aws_route53_")
_CONDITIONS: Final = "lifecycle"
# What one region holds of another's on purpose: a replica its source, an order in which things are made, and what a
# table's conditions compare, the keys of its replicas.
_ACROSS: Final = {
    ("aws_dynamodb_table_replica", "global_table_arn"),
    ("aws_s3_bucket_replication_configuration", "rule"),
    ("", "depends_on"),
    ("aws_dynamodb_table", _CONDITIONS),
}
# `replica_REGION` is the copy of that region's state bucket, in the region of the replicas.
_STATE_REPLICA: Final = "aws.us_west_2"


def _references_across_resources(template: Template) -> Iterator[tuple[str, str, str]]:
    """Yield each regional resource, its argument, and the regional resource of the same stack that it refers to."""
    known = set(template.addresses)
    for address, arguments in template.aws:
        kind = address.rpartition(".")[0]
        for argument, value in arguments.items():
            if _GLOBAL.match(address) or {(kind, argument), ("", argument)} & _ACROSS:
                continue
            for target in references(value):
                if target in known and not _GLOBAL.match(target):
                    yield address, argument, target


def _home(stack: str, template: Template) -> str:
    """Return the alias of the region that what names no region belongs to."""
    for region in APP_RUNNER_REGIONS:
        if stack.endswith(f"-{region}"):
            return identifier(region)
    alias: str = template.providers[0]["alias"]
    return alias


@pytest.mark.parametrize("name", APPLICATIONS)
def test_resource_names_the_provider_of_its_own_region(name: str) -> None:
    """The region in an address, or else the stack's own, is the region of the provider."""
    for stack, template in stacks_of(name).items():
        aliases = {provider["alias"] for provider in template.providers}
        for address, arguments in template.aws:
            named = [alias for alias in aliases if re.search(rf"[._]{alias}(_|$)", address)]
            expected = f"aws.{named[0] if named else _home(stack, template)}"
            if "dns" in aliases and _IN_THE_ZONE.match(address):
                expected = "aws.dns"
            if address.rpartition(".")[2].startswith("replica_"):
                expected = _STATE_REPLICA
            assert arguments["provider"] == expected, f"{stack}: {address} goes to {arguments['provider']}"


@pytest.mark.parametrize("name", APPLICATIONS)
def test_reference_stays_within_a_region(name: str) -> None:
    """What a regional resource refers to is in its own region, or global."""
    for stack, template in stacks_of(name).items():
        providers = {address: arguments["provider"] for address, arguments in template.aws}
        for address, argument, target in _references_across_resources(template):
            assert providers[target] == providers[address], f"{stack}: {address} {argument} refers to {target}"


@pytest.mark.parametrize("name", APPLICATIONS)
def test_arn_names_the_region_of_the_provider(name: str) -> None:
    """An ARN in a regional resource is of the region whose provider the resource names."""
    for stack, template in stacks_of(name).items():
        for address, arguments in template.aws:
            given = {name: value for name, value in arguments.items() if name != _CONDITIONS}
            for region in re.findall(r"arn:aws:[a-z0-9]+:([a-z]{2}-[a-z]+-\d)", json.dumps(given)):
                assert arguments["provider"] == f"aws.{identifier(region)}", f"{stack}: {address} names {region}"


@pytest.mark.parametrize("name", APPLICATIONS)
def test_every_provider_has_an_alias_and_the_region_of_it(name: str) -> None:
    """There is no default provider: one that a resource forgot to name would take it to another region.

    What is in Route 53 alone belongs to no region, and no more does the alias.
    """
    for stack, template in stacks_of(name).items():
        for provider in template.providers:
            of_no_region = stack.endswith(("-routing", "-zone"))
            allowed = {"route53"} if of_no_region else {identifier(provider["region"]), "dns"}
            assert provider["alias"] in allowed


@pytest.mark.parametrize("name", APPLICATIONS)
def test_every_provider_gives_up_on_a_region_that_does_not_answer(name: str) -> None:
    """Seven tries, and not the provider's 25, with which a plan waits for a dark region for many minutes."""
    for template in stacks_of(name).values():
        assert [provider["max_retries"] for provider in template.providers] == [7] * len(template.providers)


def test_default_tags_name_application_and_tool() -> None:
    """Everything is tagged with the application, the tool and the application's tags."""
    for template in stacks_of("three_regions").values():
        for provider in template.providers:
            tags = {"Application": "shop", "ManagedBy": "Latitude", "Team": "retail"}
            assert provider["default_tags"] == [{"tags": tags}]


def test_cell_has_one_provider() -> None:
    """A cell can be planned while every other region is dark: it has no provider of another."""
    cells = [stacks_of("example")[f"orders-{region}"] for region in example().regions]
    assert [[provider["region"] for provider in cell.providers] for cell in cells] == [["us-east-1"], ["us-west-2"]]
