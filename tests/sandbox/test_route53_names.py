from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from latitude.sandbox.apprunner import hosted_zone_id
from latitude.sandbox.route53 import resolve

if TYPE_CHECKING:
    from mypy_boto3_route53 import Route53Client

    from latitude.sandbox.pytest_plugin import ClientFactory
    from latitude.sandbox.route53 import Answer

pytestmark = pytest.mark.sandbox

NAME = "api.example.com"


@pytest.fixture
def route53(client: ClientFactory) -> Route53Client:
    """Return Route 53."""
    made: Route53Client = client("route53")
    return made


@pytest.fixture
def zone(route53: Route53Client) -> str:
    """Return the id of the empty zone example.com."""
    return route53.create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]["Id"]


def _create(route53: Route53Client, zone: str, name: str, kind: str, *values: str, **policy: Any) -> None:
    record: Any = {
        "Name": name,
        "Type": kind,
        "TTL": 300,
        "ResourceRecords": [{"Value": value} for value in values],
        **policy,
    }
    route53.change_resource_record_sets(
        HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}
    )


def _ask(name: str = NAME, **options: Any) -> Answer:
    return resolve(name, from_region_or_place="new york", **options)


def test_plain_record_answers_with_its_values(route53: Route53Client, zone: str) -> None:
    """An answer need not be a service."""
    _create(route53, zone, NAME, "A", "203.0.113.1", "203.0.113.2")
    answer = _ask()
    assert (answer.values, answer.ttl_seconds, answer.service_url) == (("203.0.113.1", "203.0.113.2"), 300, None)


def test_circle_of_cnames_is_given_up(route53: Route53Client, zone: str) -> None:
    """It is an answer, not a hang."""
    _create(route53, zone, "a.example.com", "CNAME", "b.example.com")
    _create(route53, zone, "b.example.com", "CNAME", "a.example.com")
    answer = _ask("a.example.com")
    assert answer.outcome == "NODATA"
    assert answer.steps[-1] == "gave up after 16 aliases and CNAMEs: they go round in a circle"


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("x.dev.example.com", "NOERROR"),
        ("x.y.dev.example.com", "NOERROR"),
        ("dev.example.com", "NODATA"),
        ("known.dev.example.com", "NODATA"),
        ("x.known.dev.example.com", "NXDOMAIN"),
        ("x.example.com", "NXDOMAIN"),
        ("example.net", "NXDOMAIN"),
    ],
)
def test_wildcard_answers_for_names_that_do_not_exist(
    route53: Route53Client, zone: str, name: str, outcome: str
) -> None:
    """And for no others (RFC 4592)."""
    _create(route53, zone, "*.dev.example.com", "A", "203.0.113.1")
    _create(route53, zone, "known.dev.example.com", "TXT", '"x"')
    assert _ask(name).outcome == outcome


def test_delegated_zone_answers_for_its_names(route53: Route53Client, zone: str) -> None:
    """Without an NS record in the zone above it is not reached, and the answer says so."""
    child = route53.create_hosted_zone(Name="shop.example.com", CallerReference="2")["HostedZone"]["Id"]
    _create(route53, child, "api.shop.example.com", "A", "203.0.113.1")
    before = _ask("api.shop.example.com")
    assert (before.outcome, before.zone) == ("NXDOMAIN", "example.com.")
    assert before.steps[0] == (
        f"example.com. has no NS record for shop.example.com.: the zone {child.rsplit('/', 1)[-1]} is not reached"
    )
    _create(route53, zone, "shop.example.com", "NS", "ns-1.example.org")
    after = _ask("api.shop.example.com")
    assert (after.zone, after.values) == ("shop.example.com.", ("203.0.113.1",))


@pytest.mark.usefixtures("zone")
def test_private_zone_does_not_answer(route53: Route53Client) -> None:
    """It is for its VPC only."""
    route53.create_hosted_zone(
        Name="internal.test",
        CallerReference="p",
        HostedZoneConfig={"PrivateZone": True},
        VPC={"VPCRegion": "us-east-1", "VPCId": "vpc-1"},
    )
    answer = _ask("x.internal.test")
    assert (answer.outcome, answer.steps) == ("NXDOMAIN", ("no public hosted zone holds x.internal.test.",))


def test_policy_that_is_not_evaluated_says_so(route53: Route53Client, zone: str) -> None:
    """Geolocation needs to know countries, which the sandbox does not."""
    _create(route53, zone, NAME, "A", "203.0.113.1", SetIdentifier="eu", GeoLocation={"ContinentCode": "EU"})
    answer = _ask()
    assert answer.values == ("203.0.113.1",)
    assert answer.considered[0].why == "the first: the sandbox does not evaluate geolocation records"


@pytest.mark.parametrize(("draw", "value"), [(0.0, "203.0.113.1"), (0.99, "203.0.113.2")])
def test_multivalue_answer_is_one_of_the_healthy(route53: Route53Client, zone: str, draw: float, value: str) -> None:
    """Clients take one of those that are returned."""
    config: Any = {"Type": "HTTPS", "FullyQualifiedDomainName": "absent.us-east-1.awsapprunner.com"}
    broken = route53.create_health_check(CallerReference="1", HealthCheckConfig=config)["HealthCheck"]["Id"]
    _create(route53, zone, NAME, "A", "203.0.113.1", SetIdentifier="1", MultiValueAnswer=True)
    _create(route53, zone, NAME, "A", "203.0.113.2", SetIdentifier="2", MultiValueAnswer=True)
    _create(route53, zone, NAME, "A", "203.0.113.3", SetIdentifier="3", MultiValueAnswer=True, HealthCheckId=broken)
    assert _ask(draw=draw).values == (value,)


def test_services_can_be_looked_up_elsewhere(route53: Route53Client, zone: str) -> None:
    """Whoever has services of another kind gives a lookup of his own."""

    class Up:
        healthy = True

    target = {
        "HostedZoneId": hosted_zone_id("us-east-1"),
        "DNSName": "abc.us-east-1.awsapprunner.com",
        "EvaluateTargetHealth": True,
    }
    record: Any = {"Name": NAME, "Type": "A", "AliasTarget": target}
    route53.change_resource_record_sets(
        HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}
    )
    assert _ask(lookup=lambda _: ("ap-south-1", Up())).region == "ap-south-1"
