from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from latitude.sandbox.apprunner import hosted_zone_id
from latitude.sandbox.route53 import resolve
from latitude.sandbox.testing import create_service

if TYPE_CHECKING:
    from mypy_boto3_route53 import Route53Client

    from latitude.sandbox.control import Control
    from latitude.sandbox.pytest_plugin import ClientFactory
    from latitude.sandbox.route53 import Answer
    from latitude.sandbox.testing import ManualClock

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

    def create(self, *records: dict[str, Any]) -> None:
        """Create records."""
        asked: Any = [{"Action": "CREATE", "ResourceRecordSet": record} for record in records]
        self.route53.change_resource_record_sets(HostedZoneId=self.zone, ChangeBatch={"Changes": asked})

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


def test_region_that_is_closed_is_answered_with_only_if_all_are(world: World) -> None:
    """A weight of 0 below a latency record, and a check that is disabled and inverted: unhealthy, whatever answers."""
    closed = {"Disabled": True, "Inverted": True}
    checks = {region: world.check(world.hostnames[region], **closed) for region in REGIONS}
    for region in REGIONS:
        own = f"{region}.{NAME}"
        fields: dict[str, Any] = {"SetIdentifier": "app-runner", "Weight": 0, "HealthCheckId": checks[region]}
        world.create(world.service(region, name=own, **fields))
        world.create(world.alias(own, SetIdentifier=region, Region=region))
    assert resolve(NAME, from_region_or_place="us-east-1").region == "us-east-1"

    world.route53.update_health_check(HealthCheckId=checks["eu-west-1"], Disabled=False, Inverted=False)
    answer = resolve(NAME, from_region_or_place="us-east-1")
    assert answer.region == "eu-west-1"
    assert answer.steps[:2] == (
        f"{NAME}. is an alias of eu-west-1.{NAME}.",
        f"eu-west-1.{NAME}. is an alias of {world.hostnames['eu-west-1']}.",
    )
    (passed,) = (each for each in answer.considered if each.region == "us-east-1")
    assert passed.why == f"unhealthy: 0 of 1 records of us-east-1.{NAME}. are healthy"


def test_alias_to_a_name_of_another_zone_or_of_none_is_refused(world: World) -> None:
    """A latency record is written after what it leads to (Route 53 API, AliasTarget: the same zone)."""
    with pytest.raises(world.route53.exceptions.InvalidChangeBatch, match="that target was not found"):
        world.create(world.alias(f"us-east-1.{NAME}", SetIdentifier="us-east-1", Region="us-east-1"))


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
