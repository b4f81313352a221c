from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from latitude.sandbox.apprunner import hosted_zone_id, service_by_url
from latitude.sandbox.testing import ManualClock, create_service, refused

if TYPE_CHECKING:
    from mypy_boto3_apprunner import AppRunnerClient

    from latitude.sandbox.control import Control
    from latitude.sandbox.pytest_plugin import ClientFactory

pytestmark = pytest.mark.sandbox

OPERATION_SECONDS = 0.5


@pytest.fixture
def shop(apprunner: AppRunnerClient, clock: ManualClock) -> str:
    """Return the ARN of a running service."""
    arn = create_service(apprunner)
    clock.advance(OPERATION_SECONDS)
    return arn


def _status(apprunner: AppRunnerClient, arn: str) -> str:
    return apprunner.describe_service(ServiceArn=arn)["Service"]["Status"]


def _operation(apprunner: AppRunnerClient, arn: str) -> tuple[str, str]:
    last = apprunner.list_operations(ServiceArn=arn)["OperationSummaryList"][0]
    return last["Type"], last["Status"]


def test_create_service_is_in_progress_then_running(apprunner: AppRunnerClient, clock: ManualClock) -> None:
    """A new service is busy for the operation's time and runs after it."""
    arn = create_service(apprunner)
    assert (_status(apprunner, arn), _operation(apprunner, arn)) == (
        "OPERATION_IN_PROGRESS",
        ("CREATE_SERVICE", "IN_PROGRESS"),
    )
    clock.advance(OPERATION_SECONDS)
    assert (_status(apprunner, arn), _operation(apprunner, arn)) == ("RUNNING", ("CREATE_SERVICE", "SUCCEEDED"))


def test_create_service_fills_in_the_defaults_of_aws(apprunner: AppRunnerClient, shop: str) -> None:
    """What the request leaves out has the values that App Runner's reference names."""
    service = apprunner.describe_service(ServiceArn=shop)["Service"]
    assert service["InstanceConfiguration"] == {"Cpu": "1024", "Memory": "2048"}
    assert service["HealthCheckConfiguration"] == {
        "Protocol": "TCP",
        "Path": "/",
        "Interval": 5,
        "Timeout": 2,
        "HealthyThreshold": 1,
        "UnhealthyThreshold": 5,
    }
    assert service["NetworkConfiguration"] == {
        "EgressConfiguration": {"EgressType": "DEFAULT"},
        "IngressConfiguration": {"IsPubliclyAccessible": True},
        "IpAddressType": "IPV4",
    }
    assert service["AutoScalingConfigurationSummary"]["AutoScalingConfigurationName"] == "DefaultConfiguration"


def test_create_service_names_it_as_aws_does(apprunner: AppRunnerClient, shop: str) -> None:
    """ARN, id and URL have AWS's forms."""
    service = apprunner.describe_service(ServiceArn=shop)["Service"]
    assert re.fullmatch(r"[0-9a-f]{32}", service["ServiceId"])
    assert shop == f"arn:aws:apprunner:us-east-1:123456789012:service/shop/{service['ServiceId']}"
    assert re.fullmatch(r"[a-z0-9]{10}\.us-east-1\.awsapprunner\.com", service["ServiceUrl"])


@pytest.mark.usefixtures("shop")
def test_create_service_with_a_taken_name(apprunner: AppRunnerClient) -> None:
    """Names are unique among the services that are not deleted."""
    with refused("InvalidRequestException", "Service with the provided name already exists: shop."):
        create_service(apprunner)


def test_create_service_after_the_quota(apprunner: AppRunnerClient) -> None:
    """A region holds 30 services by default."""
    for number in range(30):
        create_service(apprunner, name=f"shop-{number}")
    with refused(
        "ServiceQuotaExceededException",
        "The quota of 30 services in this Region is used up. Delete some, or ask AWS for more.",
    ):
        create_service(apprunner, name="one-more")


def test_create_service_with_units_reads_them_as_numbers(apprunner: AppRunnerClient) -> None:
    """Cpu and Memory may be given in vCPU and GB, and are answered in units and MB."""
    arn = create_service(apprunner, InstanceConfiguration={"Cpu": "0.25 vCPU", "Memory": "0.5 GB"})
    service = apprunner.describe_service(ServiceArn=arn)["Service"]
    assert service["InstanceConfiguration"] == {"Cpu": "256", "Memory": "512"}


def test_create_service_with_a_pair_that_does_not_exist(apprunner: AppRunnerClient) -> None:
    """Not every amount of memory goes with every number of vCPUs."""
    with refused("InvalidRequestException", "Memory 4096 isn't supported with Cpu 256. Supported values: 512, 1024"):
        create_service(apprunner, InstanceConfiguration={"Cpu": "256", "Memory": "4 GB"})


def test_describe_service_unknown(apprunner: AppRunnerClient) -> None:
    """An ARN that no service has is not found."""
    arn = "arn:aws:apprunner:us-east-1:123456789012:service/gone/00000000000000000000000000000000"
    with refused("ResourceNotFoundException", f"Service not found for the provided arn: {arn}"):
        apprunner.describe_service(ServiceArn=arn)


def test_update_service_changes_what_it_names(apprunner: AppRunnerClient, shop: str, clock: ManualClock) -> None:
    """An update replaces the blocks it gives and keeps the others."""
    before = apprunner.describe_service(ServiceArn=shop)["Service"]
    apprunner.update_service(ServiceArn=shop, InstanceConfiguration={"Cpu": "2048", "Memory": "4096"})
    assert _operation(apprunner, shop) == ("UPDATE_SERVICE", "IN_PROGRESS")
    clock.advance(OPERATION_SECONDS)
    after = apprunner.describe_service(ServiceArn=shop)["Service"]
    assert after["InstanceConfiguration"] == {"Cpu": "2048", "Memory": "4096"}
    assert after["SourceConfiguration"] == before["SourceConfiguration"]


@pytest.mark.parametrize(
    ("operation", "verb"),
    [
        ("update_service", "updated"),
        ("delete_service", "deleted"),
        ("pause_service", "paused"),
        ("resume_service", "resumed"),
        ("start_deployment", "deployed"),
    ],
)
def test_service_operation_while_one_is_in_progress(apprunner: AppRunnerClient, operation: str, verb: str) -> None:
    """App Runner does one thing to a service at a time."""
    arn = create_service(apprunner)
    with refused("InvalidStateException", f"Service cannot be {verb} in the current state: OPERATION_IN_PROGRESS."):
        getattr(apprunner, operation)(ServiceArn=arn)


def test_pause_and_resume_service(apprunner: AppRunnerClient, shop: str, clock: ManualClock) -> None:
    """A paused service is PAUSED and cannot be paused again; resumed, it runs."""
    apprunner.pause_service(ServiceArn=shop)
    clock.advance(OPERATION_SECONDS)
    assert _status(apprunner, shop) == "PAUSED"
    with refused("InvalidStateException", "Service cannot be paused in the current state: PAUSED."):
        apprunner.pause_service(ServiceArn=shop)
    apprunner.resume_service(ServiceArn=shop)
    clock.advance(OPERATION_SECONDS)
    assert _status(apprunner, shop) == "RUNNING"


def test_update_service_that_is_paused_leaves_it_paused(
    apprunner: AppRunnerClient, shop: str, clock: ManualClock
) -> None:
    """A paused service can be changed, and does not start by that."""
    apprunner.pause_service(ServiceArn=shop)
    clock.advance(OPERATION_SECONDS)
    apprunner.update_service(ServiceArn=shop, HealthCheckConfiguration={"Interval": 9})
    clock.advance(OPERATION_SECONDS)
    assert _status(apprunner, shop) == "PAUSED"


def test_resume_service_that_runs(apprunner: AppRunnerClient, shop: str) -> None:
    """Only a paused service can be resumed."""
    with refused("InvalidStateException", "Service cannot be resumed in the current state: RUNNING."):
        apprunner.resume_service(ServiceArn=shop)


def test_start_deployment_is_listed_as_an_operation(apprunner: AppRunnerClient, shop: str, clock: ManualClock) -> None:
    """Its id is the one that ListOperations shows, first, while the service stays up."""
    started = apprunner.start_deployment(ServiceArn=shop)["OperationId"]
    assert apprunner.list_operations(ServiceArn=shop)["OperationSummaryList"][0]["Id"] == started
    clock.advance(OPERATION_SECONDS)
    assert _operation(apprunner, shop) == ("START_DEPLOYMENT", "SUCCEEDED")


def test_delete_service_hides_it_and_frees_its_name(apprunner: AppRunnerClient, shop: str, clock: ManualClock) -> None:
    """A deleted service is described as DELETED, not listed, and its name can be used again."""
    apprunner.delete_service(ServiceArn=shop)
    clock.advance(OPERATION_SECONDS)
    assert _status(apprunner, shop) == "DELETED"
    assert apprunner.list_services()["ServiceSummaryList"] == []
    create_service(apprunner)


def test_delete_service_twice(apprunner: AppRunnerClient, shop: str, clock: ManualClock) -> None:
    """What is deleted is not found."""
    apprunner.delete_service(ServiceArn=shop)
    clock.advance(OPERATION_SECONDS)
    with refused("ResourceNotFoundException", f"Service not found for the provided arn: {shop}"):
        apprunner.delete_service(ServiceArn=shop)


def test_list_services_in_pages(apprunner: AppRunnerClient) -> None:
    """A page holds MaxResults services, and its token leads to the rest."""
    for name in ("one1", "two2", "three"):
        create_service(apprunner, name=name)
    first = apprunner.list_services(MaxResults=2)
    second = apprunner.list_services(MaxResults=2, NextToken=first["NextToken"])
    names = [item["ServiceName"] for page in (first, second) for item in page["ServiceSummaryList"]]
    assert (names, "NextToken" in second) == (["one1", "two2", "three"], False)


def test_list_services_with_a_made_up_token(apprunner: AppRunnerClient) -> None:
    """A token that App Runner has not given is refused."""
    with refused("InvalidRequestException", "The provided NextToken isn't valid."):
        apprunner.list_services(NextToken="never given")


def test_services_are_a_region_s_own(client: ClientFactory, shop: str) -> None:
    """A service is not seen from another region."""
    west = client("apprunner", region="us-west-2")
    assert west.list_services()["ServiceSummaryList"] == []
    with refused("ResourceNotFoundException", f"Service not found for the provided arn: {shop}"):
        west.describe_service(ServiceArn=shop)


def test_service_by_url_follows_health_pause_and_darkness(
    apprunner: AppRunnerClient, control: Control, shop: str, clock: ManualClock
) -> None:
    """A service answers unless it is unhealthy, paused, or its region dark."""
    url = apprunner.describe_service(ServiceArn=shop)["Service"]["ServiceUrl"]
    found = service_by_url(f"{url}.")
    assert found is not None
    region, service = found
    assert (region, service.healthy) == ("us-east-1", True)
    control.set_service_health(shop, healthy=False)
    assert service.healthy is False
    control.set_service_health(shop, healthy=True)
    control.set_region_dark("us-east-1", dark=True)
    assert service.healthy is False
    control.set_region_dark("us-east-1", dark=False)
    apprunner.pause_service(ServiceArn=shop)
    clock.advance(OPERATION_SECONDS)
    assert service.healthy is False


def test_service_by_url_while_it_is_updated(apprunner: AppRunnerClient, shop: str) -> None:
    """An update takes no service down."""
    url = apprunner.describe_service(ServiceArn=shop)["Service"]["ServiceUrl"]
    apprunner.start_deployment(ServiceArn=shop)
    found = service_by_url(url)
    assert found is not None
    assert found[1].healthy is True


@pytest.mark.usefixtures("sandbox")
def test_service_by_url_unknown() -> None:
    """A name that no service has leads nowhere."""
    assert service_by_url("nothing.us-east-1.awsapprunner.com") is None


def test_hosted_zone_id_is_the_provider_s() -> None:
    """The zone of an alias is the one that data.aws_apprunner_hosted_zone_id gives."""
    assert hosted_zone_id("us-west-2") == "Z02243383FTQ64HJ5772Q"
