"""Draining takes a region out of DNS and does nothing else."""

from __future__ import annotations

from tests.support.applications import three_regions
from tests.support.synthesized import stacks_of, synthesized


def test_drained_region_loses_its_records_and_nothing_else() -> None:
    """The drained cell lacks its latency record, and what that alone had read; all else stays as it was."""
    before, after = stacks_of("example"), stacks_of("example_drained")
    assert {name: stack.document for name, stack in before.items() if name != "orders-us-west-2"} == {
        name: stack.document for name, stack in after.items() if name != "orders-us-west-2"
    }
    kept, drained = dict(before["orders-us-west-2"].items()), dict(after["orders-us-west-2"].items())
    assert sorted(kept.keys() - drained.keys()) == [
        "aws_route53_record.web_domain_latency_a",
        "data.aws_apprunner_hosted_zone_id.web_domain_latency",
    ]
    assert {address: kept[address] for address in drained} == drained
    assert before["orders-us-west-2"].document["output"] == after["orders-us-west-2"].document["output"]


def test_drained_region_loses_the_records_of_every_name_and_type() -> None:
    """With www and IPv6 a region has four records, and loses all of them."""
    stated = three_regions()
    fields = {name: getattr(stated, name) for name in stated.model_fields_set}
    drained = synthesized(type(stated)(**fields | {"draining": {"us-east-1"}}))["shop-us-east-1"]
    serving = stacks_of("three_regions")["shop-us-east-1"]
    records = [f"aws_route53_record.web_domain_latency_{role}" for role in ("a", "aaaa", "www_a", "www_aaaa")]
    assert set(records) <= set(serving.addresses)
    assert set(records) & set(drained.addresses) == set()
