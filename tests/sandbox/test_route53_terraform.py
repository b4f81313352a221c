"""Changes of records as Terraform makes them: several at the same time, each of which it waits for."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from latitude.sandbox.route53.batches import apply_batch

if TYPE_CHECKING:
    from mypy_boto3_route53 import Route53Client

    from latitude.sandbox.pytest_plugin import ClientFactory

pytestmark = pytest.mark.sandbox


@pytest.fixture
def route53(client: ClientFactory) -> Route53Client:
    """Return Route 53."""
    made: Route53Client = client("route53")
    return made


@pytest.fixture
def zone(route53: Route53Client) -> str:
    """Return the id of the empty zone example.com."""
    return route53.create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]["Id"]


def _creation(name: str) -> Any:
    """Return a batch that makes a record."""
    record = {"Name": name, "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "203.0.113.1"}]}
    return {"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}


def test_batches_that_come_at_the_same_time_are_all_done(
    route53: Route53Client, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One after the other, as in Route 53: none ends with the records that another began with."""

    def slowly(*batch: Any) -> Any:
        records = apply_batch(*batch)
        time.sleep(0.05)
        return records

    monkeypatch.setattr("latitude.sandbox.route53.models.apply_batch", slowly)
    names = [f"{letter}.example.com." for letter in "abcdef"]

    def create(name: str) -> None:
        route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch=_creation(name))

    with ThreadPoolExecutor(len(names)) as pool:
        list(pool.map(create, names))
    listed = route53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    assert {record["Name"] for record in listed if record["Type"] == "A"} == {*names}


@pytest.mark.parametrize(("agent", "waits"), [("terraform-provider-aws/5.100.0 region/us-west-2", False), ("me", True)])
def test_terraform_has_nothing_to_wait_for(client: ClientFactory, zone: str, *, agent: str, waits: bool) -> None:
    """Its provider sleeps for 10 to 30 s before it looks whether a change is in sync, which it is at once here."""
    route53 = client("route53")

    def call_itself(request: Any, **_: Any) -> None:
        request.headers["User-Agent"] = agent

    route53.meta.events.register("before-send", call_itself)
    answer = route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch=_creation("api.example.com."))
    assert ("ChangeInfo" in answer) is waits
