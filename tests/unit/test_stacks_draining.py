"""Draining takes a region out of DNS and does nothing else; it needs no region, and no Python."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from latitude import Image, Service
from tests.support.applications import example, three_regions
from tests.support.synthesized import stacks_of, synthesized

if TYPE_CHECKING:
    from latitude import Application
    from tests.support.template import Template

_NAMES = ("a", "aaaa", "www_a", "www_aaaa")


def _changed(application: Application, **changes: object) -> Application:
    fields = {name: getattr(application, name) for name in application.model_fields_set}
    return type(application)(**fields | changes)


def test_drained_region_changes_the_default_of_the_variable_and_nothing_else() -> None:
    """Whether a region serves is asked of the variable, so that no other stack, and no record, is written otherwise."""
    before, after = stacks_of("example"), stacks_of("example_drained")
    assert {name for name in before if before[name].document != after[name].document} == {"orders-routing"}
    variables = [stacks["orders-routing"].document.pop("variable")["draining"] for stacks in (before, after)]
    assert before["orders-routing"].document == after["orders-routing"].document
    for stacks, variable in zip((before, after), variables, strict=True):
        stacks["orders-routing"].document["variable"] = {"draining": variable}
    assert [variable.pop("default") for variable in map(dict, variables)] == [[], ["us-west-2"]]


@pytest.mark.parametrize("layout", ["cells", "single"])
def test_every_record_of_a_region_asks_whether_it_is_drained(layout: str) -> None:
    """With www and IPv6 a region has four latency records, each of which goes with the variable; in both layouts."""
    stacks = synthesized(_changed(three_regions(), layout=layout))
    routing = stacks["shop-routing" if layout == "cells" else "shop"]
    for region in ("eu-west-1", "eu-central-1", "us-east-1"):
        for role in _NAMES:
            routing.expect(
                f"aws_route53_record.web_{region.replace('-', '_')}_domain_latency_{role}",
                count=f'${{!contains(var.draining, "{region}") ? 1 : 0}}',
                set_identifier=region,
                latency_routing_policy={"region": region},
            )
    assert routing.document["variable"]["draining"]["type"] == "set(string)"


def test_latency_record_is_an_alias_to_the_regions_own_name_in_the_same_zone() -> None:
    """Known by its name alone, and as healthy as what it leads to."""
    routing = stacks_of("three_regions")["shop-routing"]
    record = routing.get("aws_route53_record.web_us_east_1_domain_latency_www_aaaa")
    assert record["alias"] == {
        "name": "us-east-1.www.shop.example.org",
        "zone_id": record["zone_id"],
        "evaluate_target_health": True,
    }
    assert (record["name"], record["type"]) == ("www.shop.example.org", "AAAA")
    assert "health_check_id" not in record
    own = stacks_of("three_regions")["shop-us-east-1"].get("aws_route53_record.web_domain_region_www_aaaa")
    assert (own["name"], own["type"], own["set_identifier"]) == ("us-east-1.www.shop.example.org", "AAAA", "app-runner")
    assert own["health_check_id"] == "${aws_route53_health_check.web_domain_health.id}"
    assert own["weighted_routing_policy"] == {"weight": "${local.web_domain_region_open ? 100 : 0}"}


def test_region_is_named_as_the_description_says() -> None:
    """``region_name`` is what both stacks go by."""
    stacks = stacks_of("everything")
    own = stacks["all-eu-west-1"].get("aws_route53_record.front_domain_region_a")["name"]
    alias = stacks["all-routing"].get("aws_route53_record.front_eu_west_1_domain_latency_a")["alias"]["name"]
    assert own == alias == "eu-west-1.at.front.example.net"


def _asks(template: Template) -> set[str]:
    return {address.rpartition(".")[0] for address in template.addresses}


@pytest.mark.parametrize("name", ["example", "three_regions", "everything"])
def test_routing_asks_no_region_for_anything(name: str) -> None:
    """Its resources and look-ups are Route 53's, and its provider makes no call when it is configured."""
    stacks = stacks_of(name)
    (routing,) = (stacks[stack] for stack in stacks if stack.endswith("-routing"))
    assert _asks(routing) <= {"aws_route53_record", "data.aws_route53_zone"}
    (provider,) = routing.providers
    if "allowed_account_ids" in provider:
        # Which account it is, STS tells, where Route 53's control plane is, too.
        assert provider["sts_region"] == "us-east-1"
        return
    assert provider["skip_credentials_validation"] is True
    assert provider["skip_requesting_account_id"] is True


def test_routing_leans_on_the_region_that_is_stated() -> None:
    """Provider and, with a bucket per region, state are there; no other stack moves."""
    moved = synthesized(example(routing_region="ca-central-1"))
    assert [provider["region"] for provider in moved["orders-routing"].providers] == ["ca-central-1"]
    backend = moved["orders-routing"].document["terraform"]["backend"]["s3"]
    assert (backend["bucket"], backend["region"]) == ("orders-terraform-state-ca-central-1", "ca-central-1")
    assert {name: stack.document for name, stack in moved.items() if name != "orders-routing"} == {
        name: stack.document for name, stack in stacks_of("example").items() if name != "orders-routing"
    }


def test_variable_refuses_foreign_regions_and_all_of_them() -> None:
    """What the description refuses, Terraform refuses too."""
    variable = stacks_of("example")["orders-routing"].document["variable"]["draining"]
    assert [each["error_message"] for each in variable["validation"]] == [
        "draining: must be regions of the application (us-east-1, us-west-2).",
        "draining: must leave a region that serves, got all of us-east-1, us-west-2.",
    ]


def test_application_without_a_domain_has_no_routing() -> None:
    """There is nobody to lead anywhere, in either layout."""
    services = tuple(service.model_copy(update={"domain": None}) for service in example().services)
    assert "orders-routing" not in synthesized(example(services=services))
    (single,) = synthesized(example(services=services, layout="single")).values()
    assert "variable" not in single.document


def test_health_check_is_closed_until_the_domain_was_live() -> None:
    """Disabled and inverted, it is unhealthy whatever the host answers; Route 53 remembers what was open."""
    cell = stacks_of("example")["orders-us-east-1"]
    health = cell.get("aws_route53_health_check.web_domain_health")
    assert health["disabled"] == health["invert_healthcheck"] == "${!local.web_domain_region_open}"
    condition = cell.document["locals"]["web_domain_region_open"]
    assert 'aws_apprunner_custom_domain_association.web_domain.status == "active" || ' in condition
    found = cell.get("data.aws_route53_records.web_domain_region")
    assert found["name_regex"] == r"^us-east-1\.shop\.example\.com[.]$"
    assert "data.aws_route53_records.web_domain_region.resource_record_sets" in json.dumps(condition)


@pytest.mark.parametrize("leaving", ["eu-west-1", "eu-central-1", "us-east-1"])
def test_records_of_a_region_that_leaves_find_the_provider_that_deletes_them(leaving: str) -> None:
    """Terraform deletes what the description has no more with the provider that the state names for it."""
    services = tuple(
        Service(name=service.name, image=Image(tag="1"), domain=service.domain) for service in example().services
    )
    regions = ("eu-west-1", "eu-central-1", "us-east-1")
    before, after = (
        synthesized(example(regions=stated, services=services))["orders-routing"].document
        for stated in (regions, tuple(region for region in regions if region != leaving))
    )
    named = {f"aws.{provider['alias']}" for provider in after["provider"]["aws"]}
    assert {record["provider"] for record in before["resource"]["aws_route53_record"].values()} <= named
