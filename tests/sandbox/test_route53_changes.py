from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from latitude.sandbox.apprunner import hosted_zone_id
from latitude.sandbox.testing import refused

if TYPE_CHECKING:
    from mypy_boto3_route53 import Route53Client

    from latitude.sandbox.pytest_plugin import ClientFactory

pytestmark = pytest.mark.sandbox

NAME = "api.example.com."


@pytest.fixture
def route53(client: ClientFactory) -> Route53Client:
    """Return Route 53."""
    made: Route53Client = client("route53")
    return made


@pytest.fixture
def zone(route53: Route53Client) -> str:
    """Return the id of the empty zone example.com."""
    return route53.create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]["Id"]


def _plain(name: str = NAME, kind: str = "A", value: str = "203.0.113.1", **policy: Any) -> dict[str, Any]:
    return {"Name": name, "Type": kind, "TTL": 60, "ResourceRecords": [{"Value": value}], **policy}


def _alias(target: str, *, zone_id: str, name: str = NAME, **policy: Any) -> dict[str, Any]:
    alias = {"HostedZoneId": zone_id, "DNSName": target, "EvaluateTargetHealth": True}
    return {"Name": name, "Type": "A", "AliasTarget": alias, **policy}


def _latency(region: str, *, identifier: str | None = None) -> dict[str, Any]:
    return _plain(Region=region, SetIdentifier=region if identifier is None else identifier)


def _change(route53: Route53Client, zone: str, *changes: tuple[str, dict[str, Any]]) -> None:
    asked: Any = [{"Action": action, "ResourceRecordSet": record} for action, record in changes]
    route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": asked})


def _records(route53: Route53Client, zone: str) -> list[tuple[str, str, str | None]]:
    found = route53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    return [(entry["Name"], entry["Type"], entry.get("SetIdentifier")) for entry in found if entry["Name"] == NAME]


def test_latency_records_stand_beside_each_other(route53: Route53Client, zone: str) -> None:
    """One a region, told apart by their set identifiers."""
    _change(route53, zone, ("CREATE", _latency("us-east-1")), ("CREATE", _latency("us-west-2")))
    assert _records(route53, zone) == [(NAME, "A", "us-east-1"), (NAME, "A", "us-west-2")]


def test_deletion_takes_the_record_of_that_name_only(route53: Route53Client, zone: str) -> None:
    """Other names have records of the same set identifier; moto deletes them, too."""
    other = {**_latency("us-east-1"), "Name": "www.example.com."}
    _change(route53, zone, ("CREATE", _latency("us-east-1")), ("CREATE", other))
    _change(route53, zone, ("DELETE", other))
    assert _records(route53, zone) == [(NAME, "A", "us-east-1")]


def test_wildcard_is_answered_in_octal(route53: Route53Client, zone: str) -> None:
    """Terraform looks for it so."""
    _change(route53, zone, ("CREATE", _plain("*.dev.example.com", "TXT", '"x"')))
    names = [entry["Name"] for entry in route53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]]
    assert "\\052.dev.example.com." in names


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        pytest.param(
            _plain(),
            _plain(),
            f"[Tried to create resource record set [name='{NAME}', type='A'] but it already exists]",
            id="same",
        ),
        pytest.param(
            _latency("us-east-1"),
            _latency("us-east-1"),
            f"[Tried to create resource record set [name='{NAME}', type='A', set-identifier='us-east-1'] but it "
            "already exists]",
            id="same-identifier",
        ),
        pytest.param(
            _latency("us-east-1"),
            _latency("us-east-1", identifier="again"),
            f"[RRSet with DNS name {NAME}, type A, SetIdentifier again, and Region Name=us-east-1 cannot be created "
            "because a latency RRSet with the same name, type and region already exists.]",
            id="same-region",
        ),
        pytest.param(
            _latency("us-east-1"),
            _plain(Weight=10, SetIdentifier="heavy"),
            f"[RRSet with DNS name {NAME}, type A, SetIdentifier heavy cannot be created because a non weighted rrset "
            "exists with the same name and type.]",
            id="weighted-beside-latency",
        ),
        pytest.param(
            _plain(),
            _latency("us-east-1"),
            f"[RRSet with DNS name {NAME}, type A, SetIdentifier us-east-1 cannot be created because a non latency "
            "rrset exists with the same name and type.]",
            id="latency-beside-simple",
        ),
        pytest.param(
            _latency("us-east-1"),
            _plain(),
            f"[RRSet with DNS name {NAME}, type A cannot be created as other RRSets exist with the same name and "
            "type.]",
            id="simple-beside-latency",
        ),
        pytest.param(
            _plain(Failover="PRIMARY", SetIdentifier="one"),
            _plain(Failover="PRIMARY", SetIdentifier="two"),
            f"[RRSet with DNS name {NAME}, type A, SetIdentifier two, and Failover=PRIMARY cannot be created because a "
            "failover RRSet with the same name, type and failover already exists.]",
            id="two-primaries",
        ),
        pytest.param(
            _plain(),
            _plain(kind="CNAME", value="x.example.org"),
            f"[RRSet of type CNAME with DNS name {NAME} is not permitted because a conflicting RRSet of type A with "
            "the same DNS name already exists in zone example.com.]",
            id="cname-beside-a",
        ),
        pytest.param(
            _plain(kind="CNAME", value="x.example.org"),
            _plain(kind="TXT", value='"x"'),
            f"[RRSet of type TXT with DNS name {NAME} is not permitted because a conflicting RRSet of type CNAME with "
            "the same DNS name already exists in zone example.com.]",
            id="txt-beside-cname",
        ),
        pytest.param(
            _plain(),
            _plain("example.com.", "CNAME", "x.example.org"),
            "[RRSet of type CNAME with DNS name example.com. is not permitted at apex in zone example.com.]",
            id="cname-at-apex",
        ),
        pytest.param(
            _plain(),
            _plain("api.example.org."),
            "[RRSet with DNS name api.example.org. is not permitted in zone example.com.]",
            id="other-zone",
        ),
    ],
)
def test_record_that_does_not_fit_beside_another_is_refused(
    route53: Route53Client, zone: str, first: dict[str, Any], second: dict[str, Any], message: str
) -> None:
    """The zone stays as it was."""
    _change(route53, zone, ("CREATE", first))
    before = _records(route53, zone)
    with refused("InvalidChangeBatch", message):
        _change(route53, zone, ("CREATE", second))
    assert _records(route53, zone) == before


def test_batch_is_done_as_a_whole_or_not_at_all(route53: Route53Client, zone: str) -> None:
    """One bad change keeps the good ones out."""
    message = f"[Tried to delete resource record set [name='{NAME}', type='TXT'] but it was not found]"
    with refused("InvalidChangeBatch", message):
        _change(route53, zone, ("CREATE", _plain()), ("DELETE", _plain(kind="TXT", value='"x"')))
    assert _records(route53, zone) == []


def test_deletion_must_repeat_the_values(route53: Route53Client, zone: str) -> None:
    """What differs is not deleted."""
    _change(route53, zone, ("CREATE", _plain()))
    message = (
        f"[Tried to delete resource record set [name='{NAME}', type='A'] but the values provided do not match the "
        "current values]"
    )
    with refused("InvalidChangeBatch", message):
        _change(route53, zone, ("DELETE", _plain(value="203.0.113.9")))
    _change(route53, zone, ("DELETE", _plain()))
    assert _records(route53, zone) == []


def test_set_identifier_changes_in_one_batch(route53: Route53Client, zone: str) -> None:
    """Terraform deletes and creates so when a set identifier changes."""
    _change(route53, zone, ("CREATE", _latency("us-east-1")))
    _change(route53, zone, ("DELETE", _latency("us-east-1")), ("CREATE", _latency("us-east-1", identifier="renamed")))
    assert _records(route53, zone) == [(NAME, "A", "renamed")]


@pytest.mark.parametrize(
    ("record", "fault"),
    [
        (
            {
                "Name": NAME,
                "Type": "A",
                "TTL": 60,
                "ResourceRecords": [{"Value": "203.0.113.1"}],
                "Region": "us-east-1",
            },
            "Missing field 'SetIdentifier'",
        ),
        (
            _plain(SetIdentifier="x"),
            "Expected exactly one of [Weight, Region, Failover, GeoLocation, or MultiValueAnswer], but found none",
        ),
        (
            _plain(SetIdentifier="x", Weight=1, Region="us-east-1"),
            (
                "Expected exactly one of [Weight, Region, Failover, GeoLocation, or MultiValueAnswer], but found more "
                "than one"
            ),
        ),
        (
            {"Name": NAME, "Type": "A"},
            (
                "Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], "
                "but found none"
            ),
        ),
        (
            {**_alias("x.example.com", zone_id="Z1"), "TTL": 60},
            (
                "Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], "
                "but found more than one"
            ),
        ),
    ],
)
def test_record_whose_fields_do_not_fit_is_refused(
    route53: Route53Client, zone: str, record: dict[str, Any], fault: str
) -> None:
    """It is invalid by itself, whatever the zone holds."""
    where = f"[Action=CREATE, Name={NAME}, Type=A, SetIdentifier={record.get('SetIdentifier', 'null')}]"
    with refused("InvalidInput", f"Invalid request: {fault} in Change with {where}"):
        _change(route53, zone, ("CREATE", record))


def test_record_with_a_health_check_that_does_not_exist_is_refused(route53: Route53Client, zone: str) -> None:
    """A record names a health check that there is."""
    with refused("NoSuchHealthCheck", "A health check with id absent does not exist."):
        _change(route53, zone, ("CREATE", {**_latency("us-east-1"), "HealthCheckId": "absent"}))


def test_alias_to_app_runner_names_its_regions_zone(route53: Route53Client, zone: str) -> None:
    """With another region's zone, or this one, the target is not found."""
    target = "abc.us-east-1.awsapprunner.com."
    for wrong in (hosted_zone_id("us-west-2"), zone.rsplit("/", 1)[-1]):
        subject = f"Tried to create an alias that targets {target}, type A in zone {wrong}, but"
        outside = f"{subject} the alias target name does not lie within the target zone"
        message = f"[{outside}, {subject} that target was not found]"
        with refused("InvalidChangeBatch", message):
            _change(route53, zone, ("CREATE", _alias(target, zone_id=wrong)))
    _change(route53, zone, ("CREATE", _alias(target, zone_id=hosted_zone_id("us-east-1"))))
    assert _records(route53, zone) == [(NAME, "A", None)]


def test_alias_within_the_zone_needs_its_target(route53: Route53Client, zone: str) -> None:
    """The target may come in the same batch."""
    own = zone.rsplit("/", 1)[-1]
    alias = _alias("target.example.com", zone_id=own)
    message = (
        f"[Tried to create an alias that targets target.example.com., type A in zone {own}, but that target was not "
        "found]"
    )
    with refused("InvalidChangeBatch", message):
        _change(route53, zone, ("CREATE", alias))
    _change(route53, zone, ("CREATE", alias), ("CREATE", _plain("target.example.com")))


def test_zones_own_records_stay(route53: Route53Client, zone: str) -> None:
    """A zone without them would answer nothing."""
    found = route53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    own: Any = next(record for record in found if record["Type"] == "NS")
    with refused("InvalidChangeBatch", "[A HostedZone must contain at least one NS record for the zone itself.]"):
        _change(route53, zone, ("DELETE", own))


@pytest.mark.parametrize(
    "record", [_plain(), _plain("sub.example.com.", "NS", "ns-1.example.org")], ids=["record", "delegation"]
)
def test_zone_that_holds_records_is_not_deleted(route53: Route53Client, zone: str, record: dict[str, Any]) -> None:
    """Its own NS and SOA records do not count, others' NS records do."""
    _change(route53, zone, ("CREATE", record))
    message = "The specified hosted zone contains non-required resource record sets  and so cannot be deleted."
    with refused("HostedZoneNotEmpty", message):
        route53.delete_hosted_zone(Id=zone)
    _change(route53, zone, ("DELETE", record))
    route53.delete_hosted_zone(Id=zone)
    assert route53.list_hosted_zones()["HostedZones"] == []
