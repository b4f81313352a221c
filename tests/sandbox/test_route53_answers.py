from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from sandbox.apprunner import hosted_zone_id
from sandbox.route53 import resolve
from sandbox.testing import create_service

if TYPE_CHECKING:
    from mypy_boto3_route53 import Route53Client

    from sandbox.control import Control
    from sandbox.pytest_plugin import ClientFactory
    from sandbox.route53 import Answer
    from sandbox.testing import ManualClock

pytestmark = pytest.mark.sandbox

OPERATION_SECONDS = 0.5
REGIONS = ("us-east-1", "us-west-2", "eu-west-1")
NAME = "api.example.com"


@dataclass(frozen=True)
class World:
    """A zone, and a running service in each of REGIONS."""

    route53: Route53Client
    zone: str
    arns: dict[str, str]
    hostnames: dict[str, str]

    def create(self, *records: dict[str, Any], zone: str | None = None) -> None:
        """Create records, in another zone if one is given."""
        asked: Any = [{"Action": "CREATE", "ResourceRecordSet": record} for record in records]
        self.route53.change_resource_record_sets(
            HostedZoneId=self.zone if zone is None else zone, ChangeBatch={"Changes": asked}
        )

    def service(self, region: str, *, name: str = NAME, evaluate: bool = True, **fields: Any) -> dict[str, Any]:
        """Return an alias of the region's service."""
        alias = {
            "HostedZoneId": hosted_zone_id(region),
            "DNSName": self.hostnames[region],
            "EvaluateTargetHealth": evaluate,
        }
        return {"Name": name, "Type": "A", "AliasTarget": alias, **fields}

    def alias(self, target: str, *, name: str = NAME, evaluate: bool = True, **fields: Any) -> dict[str, Any]:
        """Return an alias of another name in the zone."""
        alias = {
            "HostedZoneId": self.zone.rsplit("/", 1)[-1],
            "DNSName": target,
            "EvaluateTargetHealth": evaluate,
        }
        return {"Name": name, "Type": "A", "AliasTarget": alias, **fields}

    def check(self, hostname: str, **config: Any) -> str:
        """Create a health check and return its id."""
        given: Any = {"Type": "HTTPS", "FullyQualifiedDomainName": hostname, **config}
        made = self.route53.create_health_check(CallerReference=str(uuid.uuid4()), HealthCheckConfig=given)
        return made["HealthCheck"]["Id"]


@pytest.fixture
def world(client: ClientFactory, clock: ManualClock) -> World:
    """Return the zone example.com and three running services, with no record yet."""
    route53 = client("route53")
    arns, hostnames = {}, {}
    for region in REGIONS:
        apprunner = client("apprunner", region=region)
        arns[region] = create_service(apprunner)
        hostnames[region] = apprunner.describe_service(ServiceArn=arns[region])["Service"]["ServiceUrl"]
    clock.advance(OPERATION_SECONDS)
    zone = route53.create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]["Id"]
    return World(route53=route53, zone=zone, arns=arns, hostnames=hostnames)


@pytest.fixture
def latency(world: World) -> World:
    """Return the world with a latency record for each region."""
    world.create(*(world.service(region, Region=region, SetIdentifier=region) for region in REGIONS))
    return world


def _ask(place: str = "new york", name: str = NAME, **options: Any) -> Answer:
    return resolve(name, from_region_or_place=place, **options)


@pytest.mark.parametrize(
    ("place", "region"),
    [
        ("New York", "us-east-1"),
        ("sao paulo", "us-east-1"),
        ("Seattle", "us-west-2"),
        ("tokyo", "us-west-2"),
        ("london", "eu-west-1"),
        ("nairobi", "eu-west-1"),
        ("us-west-2", "us-west-2"),
    ],
)
def test_latency_answer_is_the_nearest_region(latency: World, place: str, region: str) -> None:
    """The answer names the region and its service."""
    answer = _ask(place)
    assert (answer.outcome, answer.region, answer.service_url) == ("NOERROR", region, latency.hostnames[region])
    assert (answer.zone, answer.name, answer.ttl_seconds) == ("example.com.", "api.example.com.", 60)


@pytest.mark.usefixtures("latency")
def test_answer_explains_every_record() -> None:
    """Each record has its distance, its health, and why it was chosen or not."""
    considered = {entry.region: entry for entry in _ask("new york").considered}
    assert considered["us-east-1"].chosen
    assert considered["us-east-1"].why == "the nearest of 3"
    assert considered["us-west-2"].why == "3691 km away, us-east-1 is 353 km"
    assert considered["us-west-2"].health == "the service in us-west-2 answers"
    assert [entry.policy for entry in considered.values()] == ["latency"] * 3


@pytest.mark.usefixtures("latency")
def test_dark_region_is_passed_over(control: Control) -> None:
    """Its users are served by the next nearest, and come back with it."""
    control.set_region_dark("us-east-1", dark=True)
    answer = _ask("new york")
    assert answer.region == "us-west-2"
    assert (
        next(entry.why for entry in answer.considered if entry.region == "us-east-1") == "unhealthy: us-east-1 is dark"
    )
    control.set_region_dark("us-east-1", dark=False)
    assert _ask("new york").region == "us-east-1"


def test_unhealthy_service_is_passed_over(latency: World, control: Control) -> None:
    """EvaluateTargetHealth asks App Runner."""
    control.set_service_health(latency.arns["us-east-1"], healthy=False)
    assert _ask("new york").region == "us-west-2"


@pytest.mark.usefixtures("latency")
def test_all_unhealthy_are_all_served(control: Control) -> None:
    """Route 53 then answers as if all were healthy."""
    for region in REGIONS:
        control.set_region_dark(region, dark=True)
    answer = _ask("new york")
    assert answer.region == "us-east-1"
    assert next(entry.why for entry in answer.considered if entry.chosen) == (
        "all are unhealthy, so all are served; the nearest of 3"
    )


def test_record_without_evaluation_is_served_unhealthy(world: World, control: Control) -> None:
    """Without EvaluateTargetHealth and without a health check a record counts as healthy."""
    world.create(
        world.service("us-east-1", evaluate=False, Region="us-east-1", SetIdentifier="e"),
        world.service("us-west-2", Region="us-west-2", SetIdentifier="w"),
    )
    control.set_service_health(world.arns["us-east-1"], healthy=False)
    answer = _ask("new york")
    assert answer.region == "us-east-1"
    assert answer.considered[0].health == "it has no health check, so it counts as healthy"


def test_health_check_takes_a_record_out(world: World) -> None:
    """Both must be healthy: the check and, with EvaluateTargetHealth, the target."""
    broken = world.check("absent.us-east-1.awsapprunner.com")
    world.create(
        world.service("us-east-1", Region="us-east-1", SetIdentifier="e", HealthCheckId=broken),
        world.service("us-west-2", Region="us-west-2", SetIdentifier="w"),
    )
    assert _ask("new york").region == "us-west-2"
    world.route53.update_health_check(HealthCheckId=broken, Disabled=True)
    assert _ask("new york").region == "us-east-1"
    world.route53.delete_health_check(HealthCheckId=broken)
    assert _ask("new york").considered[0].health == f"the health check {broken} does not exist"


def test_health_check_on_the_shared_name_does_not_see_its_region_fail(world: World, control: Control) -> None:
    """It is led to a region that answers: a check must ask the region's own name."""
    check = world.check(NAME)
    world.create(
        world.service("us-east-1", evaluate=False, Region="us-east-1", SetIdentifier="e", HealthCheckId=check),
        world.service("us-west-2", evaluate=False, Region="us-west-2", SetIdentifier="w"),
    )
    control.set_region_dark("us-east-1", dark=True)
    answer = _ask("new york")
    assert answer.region == "us-east-1"
    assert answer.considered[0].health == f"1 of the 2 services behind the shared name {NAME} answer"


@pytest.mark.parametrize(("draw", "region"), [(0.0, "us-east-1"), (0.89, "us-east-1"), (0.9, "us-west-2")])
def test_weighted_answer_is_drawn_by_weight(world: World, draw: float, region: str) -> None:
    """Nine of ten go one way; a weight of 0 gets nothing."""
    world.create(
        world.service("us-east-1", Weight=90, SetIdentifier="e"),
        world.service("us-west-2", Weight=10, SetIdentifier="w"),
        world.service("eu-west-1", Weight=0, SetIdentifier="zero"),
    )
    assert _ask(draw=draw).region == region
    assert _ask(draw=draw).considered[2].why == "a weight of 0 gets nothing"


def test_weight_of_zero_is_served_when_the_others_are_unhealthy(world: World, control: Control) -> None:
    """Route 53 considers it then."""
    world.create(
        world.service("us-east-1", Weight=90, SetIdentifier="e"),
        world.service("us-west-2", Weight=0, SetIdentifier="zero"),
    )
    control.set_region_dark("us-east-1", dark=True)
    assert _ask().region == "us-west-2"


def test_weights_nest_below_latency(world: World, control: Control) -> None:
    """A latency alias is healthy while one of the weighted records below it is."""
    world.create(
        world.service("us-east-1", name="e.example.com", Weight=0, SetIdentifier="drained"),
        world.service("us-west-2", name="e.example.com", Weight=100, SetIdentifier="instead"),
        world.service("eu-west-1", name="i.example.com", Weight=100, SetIdentifier="own"),
    )
    world.create(
        world.alias("e.example.com", Region="us-east-1", SetIdentifier="e"),
        world.alias("i.example.com", Region="eu-west-1", SetIdentifier="i"),
    )
    answer = _ask("new york")
    assert (answer.region, answer.service_url) == ("us-west-2", world.hostnames["us-west-2"])
    assert answer.considered[0].health == "2 of 2 records of e.example.com. are healthy"
    assert [entry.set_identifier for entry in answer.considered if entry.chosen] == ["e", "instead"]
    control.set_region_dark("us-east-1", dark=True)
    control.set_region_dark("us-west-2", dark=True)
    assert _ask("new york").region == "eu-west-1"


@pytest.mark.parametrize(
    ("dark", "region"),
    [
        ((), "us-east-1"),
        (("us-east-1",), "us-west-2"),
        (("us-east-1", "us-west-2"), "us-east-1"),
        (("us-west-2",), "us-east-1"),
    ],
)
def test_failover_answer_is_the_primary_while_it_is_healthy(
    world: World, control: Control, dark: tuple[str, ...], region: str
) -> None:
    """The secondary takes over; if both are unhealthy the primary is served."""
    world.create(
        world.service("us-west-2", Failover="SECONDARY", SetIdentifier="2"),
        world.service("us-east-1", Failover="PRIMARY", SetIdentifier="1"),
    )
    for name in dark:
        control.set_region_dark(name, dark=True)
    assert _ask().region == region


def test_plain_record_answers_with_its_values(world: World) -> None:
    """An answer need not be a service."""
    values = [{"Value": "203.0.113.1"}, {"Value": "203.0.113.2"}]
    world.create({"Name": NAME, "Type": "A", "TTL": 300, "ResourceRecords": values})
    answer = _ask()
    assert (answer.values, answer.ttl_seconds, answer.service_url) == (("203.0.113.1", "203.0.113.2"), 300, None)


def test_chain_of_cnames_and_aliases_is_followed(world: World) -> None:
    """The steps tell the way."""
    world.create(world.service("us-west-2", name="target.example.com"))
    world.create({"Name": "www.example.com", "Type": "CNAME", "TTL": 60, "ResourceRecords": [{"Value": NAME}]})
    world.create(world.alias("target.example.com"))
    answer = _ask(name="WWW.example.com")
    assert answer.service_url == world.hostnames["us-west-2"]
    assert answer.steps == (
        "www.example.com. is a CNAME of api.example.com.",
        "api.example.com. is an alias of target.example.com.",
        f"target.example.com. is an alias of {world.hostnames['us-west-2']}.",
        f"{world.hostnames['us-west-2']}: the service in us-west-2 answers",
    )


def test_circle_of_cnames_is_given_up(world: World) -> None:
    """It is an answer, not a hang."""
    for name, target in (("a.example.com", "b.example.com"), ("b.example.com", "a.example.com")):
        world.create({"Name": name, "Type": "CNAME", "TTL": 60, "ResourceRecords": [{"Value": target}]})
    answer = _ask(name="a.example.com")
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
def test_wildcard_answers_for_names_that_do_not_exist(world: World, name: str, outcome: str) -> None:
    """And for no others (RFC 4592)."""
    world.create(
        world.service("us-east-1", name="*.dev.example.com"),
        {"Name": "known.dev.example.com", "Type": "TXT", "TTL": 60, "ResourceRecords": [{"Value": '"x"'}]},
    )
    assert _ask(name=name).outcome == outcome


def test_delegated_zone_answers_for_its_names(world: World) -> None:
    """Without an NS record in the zone above it is not reached, and the answer says so."""
    child = world.route53.create_hosted_zone(Name="shop.example.com", CallerReference="2")["HostedZone"]["Id"]
    world.create(world.service("us-west-2", name="api.shop.example.com"), zone=child)
    before = _ask(name="api.shop.example.com")
    assert (before.outcome, before.zone) == ("NXDOMAIN", "example.com.")
    assert before.steps[0] == (
        f"example.com. has no NS record for shop.example.com.: the zone {child.rsplit('/', 1)[-1]} is not reached"
    )
    servers = [{"Value": "ns-1.example.org"}]
    world.create({"Name": "shop.example.com", "Type": "NS", "TTL": 60, "ResourceRecords": servers})
    after = _ask(name="api.shop.example.com")
    assert (after.zone, after.region) == ("shop.example.com.", "us-west-2")


def test_service_that_is_gone_is_not_found(latency: World, client: ClientFactory, clock: ManualClock) -> None:
    """A record that outlives its service leads nowhere, and is unhealthy while others are healthy."""
    client("apprunner").delete_service(ServiceArn=latency.arns["us-east-1"])
    clock.advance(OPERATION_SECONDS)
    answer = _ask("new york")
    assert answer.region == "us-west-2"
    assert answer.considered[0].health.startswith("no App Runner service answers at ")


@pytest.mark.usefixtures("latency")
def test_control_plane_resolves(control: Control) -> None:
    """The command line asks there; the answer is plain JSON."""
    answer = control.call("resolve", name=NAME, from_region_or_place="london")
    assert answer == json.loads(json.dumps(_ask("london").as_dict()))
    assert (answer["region"], answer["considered"][2]["chosen"]) == ("eu-west-1", True)


def test_services_can_be_looked_up_elsewhere(world: World) -> None:
    """Whoever has services of another kind gives a lookup of his own."""

    class Up:
        healthy = True

    world.create(world.service("us-east-1"))
    answer = _ask(lookup=lambda _: ("ap-south-1", Up()))
    assert answer.region == "ap-south-1"


@pytest.mark.parametrize(("draw", "region"), [(0.0, "us-east-1"), (0.99, "us-west-2")])
def test_multivalue_answer_is_one_of_the_healthy(world: World, control: Control, draw: float, region: str) -> None:
    """Clients take one of those that are returned."""
    for number, name in enumerate(REGIONS):
        check = world.check(world.hostnames[name])
        value = [{"Value": f"203.0.113.{number}"}]
        world.create(
            {
                "Name": NAME,
                "Type": "A",
                "TTL": 60,
                "ResourceRecords": value,
                "MultiValueAnswer": True,
                "SetIdentifier": name,
                "HealthCheckId": check,
            }
        )
    control.set_region_dark("eu-west-1", dark=True)
    assert _ask(draw=draw).values == (f"203.0.113.{REGIONS.index(region)}",)


def test_policy_that_is_not_evaluated_says_so(world: World) -> None:
    """Geolocation needs to know countries, which the sandbox does not."""
    values = [{"Value": "203.0.113.1"}]
    world.create(
        {
            "Name": NAME,
            "Type": "A",
            "TTL": 60,
            "ResourceRecords": values,
            "SetIdentifier": "eu",
            "GeoLocation": {"ContinentCode": "EU"},
        }
    )
    answer = _ask("tokyo")
    assert answer.values == ("203.0.113.1",)
    assert answer.considered[0].why == "the first: the sandbox does not evaluate geolocation records"


@pytest.mark.usefixtures("world")
def test_private_zone_does_not_answer(client: ClientFactory) -> None:
    """It is for its VPC only."""
    client("route53").create_hosted_zone(
        Name="internal.test",
        CallerReference="p",
        HostedZoneConfig={"PrivateZone": True},
        VPC={"VPCRegion": "us-east-1", "VPCId": "vpc-1"},
    )
    answer = _ask(name="x.internal.test")
    assert (answer.outcome, answer.steps) == ("NXDOMAIN", ("no public hosted zone holds x.internal.test.",))
