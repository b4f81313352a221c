from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest

from latitude.sandbox.testing import create_service, hold_to_model, refused

if TYPE_CHECKING:
    from mypy_boto3_apprunner import AppRunnerClient
    from mypy_boto3_route53 import Route53Client

    from latitude.sandbox.control import Control
    from latitude.sandbox.pytest_plugin import ClientFactory
    from latitude.sandbox.testing import ManualClock

pytestmark = pytest.mark.sandbox

OPERATION_SECONDS = 0.5
FQDN = "abc.us-east-1.awsapprunner.com"


@pytest.fixture
def route53(client: ClientFactory) -> Route53Client:
    """Return Route 53, whose answers are held to botocore's model."""
    made: Route53Client = client("route53")
    hold_to_model(made)
    return made


@pytest.fixture
def service(apprunner: AppRunnerClient, clock: ManualClock) -> tuple[str, str]:
    """Return the ARN and the hostname of a running service."""
    arn = create_service(apprunner)
    clock.advance(OPERATION_SECONDS)
    return arn, apprunner.describe_service(ServiceArn=arn)["Service"]["ServiceUrl"]


def _create(route53: Route53Client, **config: Any) -> str:
    given: Any = config
    made = route53.create_health_check(CallerReference=str(uuid.uuid4()), HealthCheckConfig=given)
    return made["HealthCheck"]["Id"]


def _config(route53: Route53Client, check: str) -> dict[str, Any]:
    found: Any = route53.get_health_check(HealthCheckId=check)["HealthCheck"]["HealthCheckConfig"]
    return dict(found)


def _status(route53: Route53Client, check: str) -> str:
    observations = route53.get_health_check_status(HealthCheckId=check)["HealthCheckObservations"]
    statuses = {observation["StatusReport"]["Status"] for observation in observations}
    assert len(statuses) == 1
    return statuses.pop()


@pytest.mark.parametrize(("kind", "port", "sni"), [("HTTP", 80, False), ("HTTPS", 443, True)])
def test_health_check_comes_back_with_defaults(route53: Route53Client, kind: str, port: int, sni: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """What is left out is filled in: Terraform sees it as drift where it has no computed value."""
    check = _create(route53, Type=kind, FullyQualifiedDomainName=FQDN)
    assert _config(route53, check) == {
        "Type": kind,
        "FullyQualifiedDomainName": FQDN,
        "Port": port,
        "RequestInterval": 30,
        "FailureThreshold": 3,
        "MeasureLatency": False,
        "Inverted": False,
        "Disabled": False,
        "EnableSNI": sni,
    }


@pytest.mark.parametrize(
    "config",
    [
        {
            "Type": "HTTPS_STR_MATCH",
            "FullyQualifiedDomainName": FQDN,
            "IPAddress": "203.0.113.1",
            "Port": 8443,
            "ResourcePath": "/health",
            "SearchString": "ok",
            "RequestInterval": 10,
            "FailureThreshold": 10,
            "MeasureLatency": True,
            "Inverted": True,
            "Disabled": True,
            "EnableSNI": False,
            "Regions": ["eu-west-1", "us-east-1", "us-west-2"],
        },
        {"Type": "CALCULATED", "HealthThreshold": 0, "Inverted": False, "Disabled": False},
        {
            "Type": "CLOUDWATCH_METRIC",
            "AlarmIdentifier": {"Region": "us-west-2", "Name": "alarm"},
            "InsufficientDataHealthStatus": "Unhealthy",
            "Inverted": False,
            "Disabled": False,
        },
        {"Type": "RECOVERY_CONTROL", "RoutingControlArn": "arn:control", "Inverted": False, "Disabled": False},
    ],
    ids=lambda config: config["Type"],
)
def test_health_check_comes_back_as_it_was_given(route53: Route53Client, config: dict[str, Any]) -> None:
    """Every field does, and none that was not given."""
    assert _config(route53, _create(route53, **config)) == config


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"Type": "HTTPS"}, "either IPAddress or FullyQualifiedDomainName is required"),
        ({"Type": "TCP", "IPAddress": "203.0.113.1"}, "Port is required for a TCP health check"),
        (
            {"Type": "HTTP_STR_MATCH", "FullyQualifiedDomainName": FQDN},
            "SearchString is required for a HTTP_STR_MATCH health check",
        ),
        (
            {"Type": "HTTPS", "FullyQualifiedDomainName": FQDN, "RequestInterval": 20},
            "RequestInterval must be 10 or 30, got 20",
        ),
        (
            {"Type": "HTTPS", "FullyQualifiedDomainName": FQDN, "FailureThreshold": 11},
            "FailureThreshold must be 1 to 10, got 11",
        ),
        ({"Type": "CALCULATED"}, "HealthThreshold is required for a CALCULATED health check"),
        ({"Type": "CLOUDWATCH_METRIC"}, "AlarmIdentifier is required for a CLOUDWATCH_METRIC health check"),
    ],
)
def test_health_check_that_is_incomplete_is_refused(
    route53: Route53Client, config: dict[str, Any], message: str
) -> None:
    """The message names the field."""
    with refused("InvalidInput", f"Invalid parameter: {message}"):
        _create(route53, **config)


def test_update_changes_what_it_names(route53: Route53Client) -> None:
    """The rest stays, the version rises, and elements can be reset."""
    check = _create(route53, Type="HTTPS", FullyQualifiedDomainName=FQDN, ResourcePath="/a")
    route53.update_health_check(HealthCheckId=check, FailureThreshold=5, Inverted=True, HealthCheckVersion=1)
    config = _config(route53, check)
    assert (config["FailureThreshold"], config["Inverted"], config["ResourcePath"]) == (5, True, "/a")
    route53.update_health_check(HealthCheckId=check, ResetElements=["ResourcePath"], Inverted=False)
    config = _config(route53, check)
    assert ("ResourcePath" in config, config["Inverted"]) == (False, False)
    assert route53.get_health_check(HealthCheckId=check)["HealthCheck"]["HealthCheckVersion"] == 3


def test_update_of_an_older_version_is_refused(route53: Route53Client) -> None:
    """Somebody else was faster."""
    check = _create(route53, Type="HTTPS", FullyQualifiedDomainName=FQDN)
    route53.update_health_check(HealthCheckId=check, FailureThreshold=5)
    message = "The value of HealthCheckVersion in the request, 1, does not match the health check's, 2."
    with refused("HealthCheckVersionMismatch", message):
        route53.update_health_check(HealthCheckId=check, FailureThreshold=6, HealthCheckVersion=1)


def test_update_out_of_bounds_is_refused(route53: Route53Client) -> None:
    """An update is held to the same bounds."""
    check = _create(route53, Type="HTTPS", FullyQualifiedDomainName=FQDN)
    with refused("InvalidInput", "Invalid parameter: FailureThreshold must be 1 to 10, got 11"):
        route53.update_health_check(HealthCheckId=check, FailureThreshold=11)
    assert _config(route53, check)["FailureThreshold"] == 3


def test_caller_reference_makes_creation_repeatable(route53: Route53Client) -> None:
    """The same request gives the same check, another one under the same reference is refused."""
    config: Any = {"Type": "HTTPS", "FullyQualifiedDomainName": FQDN}
    first = route53.create_health_check(CallerReference="once", HealthCheckConfig=config)["HealthCheck"]["Id"]
    again = route53.create_health_check(CallerReference="once", HealthCheckConfig=config)["HealthCheck"]["Id"]
    assert first == again
    message = "A health check with the caller reference 'once' and another configuration already exists."
    with refused("HealthCheckAlreadyExists", message):
        route53.create_health_check(CallerReference="once", HealthCheckConfig=config | {"Port": 444})


def test_health_check_in_use_can_be_deleted(client: ClientFactory) -> None:
    """Route 53 does not prevent it: HealthCheckInUse is not in use, says its reference."""
    # not held to the model, whose zone ids are shorter than the ids that Route 53 and moto answer with
    route53 = client("route53")
    check = _create(route53, Type="HTTPS", FullyQualifiedDomainName=FQDN)
    zone = route53.create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]["Id"]
    record: Any = {
        "Name": "api.example.com",
        "Type": "A",
        "TTL": 60,
        "ResourceRecords": [{"Value": "203.0.113.1"}],
        "SetIdentifier": "one",
        "Region": "us-east-1",
        "HealthCheckId": check,
    }
    route53.change_resource_record_sets(
        HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}
    )
    route53.delete_health_check(HealthCheckId=check)
    with refused("NoSuchHealthCheck", f"A health check with id {check} does not exist."):
        route53.delete_health_check(HealthCheckId=check)


def test_status_is_the_services(route53: Route53Client, service: tuple[str, str], control: Control) -> None:
    """The check succeeds while the service behind its name answers, and its region is lit."""
    arn, hostname = service
    check = _create(route53, Type="HTTPS", FullyQualifiedDomainName=hostname)
    assert _status(route53, check) == "Success: the service in us-east-1 answers"
    control.set_service_health(arn, healthy=False)
    assert _status(route53, check) == "Failure: the service in us-east-1 fails its health check"
    control.set_service_health(arn, healthy=True)
    control.set_region_dark("us-east-1", dark=True)
    assert _status(route53, check) == "Failure: us-east-1 is dark"


def test_status_of_a_name_without_a_service_is_failure(route53: Route53Client) -> None:
    """Nothing answers there."""
    check = _create(route53, Type="HTTPS", FullyQualifiedDomainName=FQDN)
    assert _status(route53, check) == f"Failure: no App Runner service answers at {FQDN}"


def test_status_on_another_port_is_failure(route53: Route53Client, service: tuple[str, str]) -> None:
    """App Runner listens on 80 and 443."""
    check = _create(route53, Type="HTTPS", FullyQualifiedDomainName=service[1], Port=8443)
    assert _status(route53, check) == "Failure: App Runner does not listen on port 8443"


def test_status_can_be_inverted_and_disabled(route53: Route53Client, service: tuple[str, str]) -> None:
    """A disabled check counts as healthy, a disabled and inverted one as unhealthy."""
    config = {"Type": "HTTPS", "FullyQualifiedDomainName": service[1]}
    inverted = _create(route53, **config, Inverted=True)
    disabled = _create(route53, Type="HTTPS", FullyQualifiedDomainName=FQDN, Disabled=True)
    both = _create(route53, **config, Disabled=True, Inverted=True)
    assert _status(route53, inverted) == "Failure: inverted: the service in us-east-1 answers"
    assert _status(route53, disabled) == "Success: the health check is disabled"
    assert _status(route53, both) == "Failure: the health check is disabled and inverted"


@pytest.mark.parametrize(("threshold", "verdict"), [(0, "Success"), (1, "Success"), (2, "Failure"), (3, "Failure")])
def test_calculated_status_counts_healthy_children(
    route53: Route53Client, service: tuple[str, str], threshold: int, verdict: str
) -> None:
    """One of two children is healthy."""
    children = [
        _create(route53, Type="HTTPS", FullyQualifiedDomainName=service[1]),
        _create(route53, Type="HTTPS", FullyQualifiedDomainName=FQDN),
    ]
    check = _create(route53, Type="CALCULATED", ChildHealthChecks=children, HealthThreshold=threshold)
    assert _status(route53, check) == f"{verdict}: 1 of 2 children are healthy, {threshold} needed"


def test_calculated_health_check_of_a_child_that_does_not_exist_is_refused(route53: Route53Client) -> None:
    """Children are health checks that there are."""
    with refused("NoSuchHealthCheck", "A health check with id absent does not exist."):
        _create(route53, Type="CALCULATED", ChildHealthChecks=["absent"], HealthThreshold=1)


@pytest.mark.parametrize(
    ("state", "insufficient", "verdict"),
    [
        ("OK", "Unhealthy", "Success"),
        ("ALARM", "Healthy", "Failure"),
        (None, "Healthy", "Success"),
        (None, "Unhealthy", "Failure"),
    ],
)
def test_alarm_status_is_the_alarms(
    client: ClientFactory, route53: Route53Client, state: str | None, insufficient: str, verdict: str
) -> None:
    """Without data the configuration decides."""
    cloudwatch = client("cloudwatch", region="us-west-2")
    cloudwatch.put_metric_alarm(
        AlarmName="alarm",
        ComparisonOperator="GreaterThanThreshold",
        EvaluationPeriods=1,
        MetricName="m",
        Namespace="n",
        Period=60,
        Statistic="Sum",
        Threshold=1.0,
    )
    cloudwatch.set_alarm_state(AlarmName="alarm", StateValue=state or "INSUFFICIENT_DATA", StateReason="test")
    check = _create(
        route53,
        Type="CLOUDWATCH_METRIC",
        AlarmIdentifier={"Region": "us-west-2", "Name": "alarm"},
        InsufficientDataHealthStatus=insufficient,
    )
    assert _status(route53, check) == f"{verdict}: the alarm alarm is in state {state or 'INSUFFICIENT_DATA'}"
