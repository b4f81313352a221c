"""Which regions a plan leads users to, and away from, and what of it somebody has to have seen."""

from __future__ import annotations

from typing import Any

import pytest

from latitude.operate.events import Changes
from latitude.operate.order import require_serving
from latitude.operate.routes import Routes, draining
from latitude.spec import Application


def record(region: str, *actions: str) -> dict[str, Any]:
    """Return the change of a latency record."""
    value = {"set_identifier": region, "latency_routing_policy": [{"region": region}]}
    before = None if actions == ("create",) else value
    after = None if actions == ("delete",) else value
    return {"type": "aws_route53_record", "change": {"actions": list(actions), "before": before, "after": after}}


def routes(*changes: dict[str, Any]) -> Routes:
    """Return what a plan with these changes does to the regions."""
    return Changes.of_plan({"resource_changes": changes}).routes


def test_region_joins_with_its_first_record_and_leaves_with_its_last() -> None:
    """A second name of a region that serves is no joining; a record that stays keeps a region in DNS."""
    found = routes(
        record("us-east-1", "create"),
        record("us-west-2", "no-op"),
        record("us-west-2", "create"),
        record("eu-west-1", "delete"),
        record("eu-west-2", "delete"),
        record("eu-west-2", "update"),
    )
    assert (set(found.joins), set(found.leaves)) == ({"us-east-1"}, {"eu-west-1"})
    assert str(found) == (
        "eu-west-1 leaves: nobody is led there any more; us-east-1 joins: users near it are led there"
    )


def test_other_records_lead_nobody_anywhere() -> None:
    """A region's own weighted record, and whatever is no record, says nothing of who is led where."""
    weighted = {
        "set_identifier": "app-runner",
        "weighted_routing_policy": [{"weight": 0}],
        "latency_routing_policy": [],
    }
    other = {"type": "aws_route53_record", "change": {"actions": ["create"], "before": None, "after": weighted}}
    assert routes(other, {"type": "aws_iam_role", "change": {"actions": ["delete"]}}) == Routes()


def test_region_that_joins_must_have_been_seen() -> None:
    """Only the first regions of all join by themselves, for no drain can be undone by them."""
    found = routes(record("us-east-1", "create"), record("us-west-2", "no-op"))
    assert found.unseen(()) == {"us-east-1"}
    assert found.unseen(["us-east-1"]) == frozenset()
    assert routes(record("us-east-1", "create"), record("us-west-2", "create")).unseen(()) == frozenset()


def test_draining_is_an_option_of_terraform() -> None:
    """A set, in Terraform's own syntax."""
    assert draining({"us-west-2", "us-east-1"}) == '-var=draining=["us-east-1", "us-west-2"]'


@pytest.mark.parametrize("region", ["us-west-2", "eu-west-1"])
def test_region_that_the_description_does_not_lead_to_cannot_be_let_in(region: str) -> None:
    """The description says so, or nobody does."""
    application = Application(name="orders", regions=("us-east-1", "us-west-2"), draining={"us-west-2"})
    require_serving(application, ["us-east-1"])
    with pytest.raises(ValueError, match=rf"--join: must be among .*, us-east-1, got {region}"):
        require_serving(application, [region])


def check(name: str, status: str, *messages: str, kind: str = "check") -> dict[str, Any]:
    """Return what a plan says of a check."""
    instances = [{"status": status, "problems": [{"message": each} for each in messages]}]
    return {"address": {"kind": kind, "name": name}, "status": status, "instances": instances}


def test_plan_says_which_domains_are_not_live() -> None:
    """A domain's check that fails, or can't be told yet; other checks, and conditions of resources, are no reason."""
    shown = {
        "checks": [
            check("web_domain", "fail", "shop.example.com is not live"),
            check("api_domain", "unknown"),
            check("old_domain", "pass"),
            check("web_domain", "fail", "two records", kind="resource"),
            check("budget", "fail", "too much"),
        ]
    }
    assert Changes.of_plan(shown).waits == ("shop.example.com is not live", "api_domain: known after the apply")
