from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError

from latitude.sandbox.control import Control, ControlError

if TYPE_CHECKING:
    from latitude.sandbox.faults import Kind
    from latitude.sandbox.pytest_plugin import ClientFactory
    from latitude.sandbox.regions import Mode

pytestmark = pytest.mark.sandbox


def _code(call: Any, **request: str) -> str | None:
    try:
        call(**request)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


@pytest.mark.parametrize(
    ("service", "operation", "code"),
    [
        ("apprunner", "list_services", "ThrottlingException"),
        ("dynamodb", "list_tables", "ThrottlingException"),
        ("apigateway", "get_rest_apis", "ThrottlingException"),
        ("iam", "list_roles", "Throttling"),
        ("route53", "list_hosted_zones", "Throttling"),
        ("ec2", "describe_vpcs", "RequestLimitExceeded"),
        ("s3", "list_buckets", "SlowDown"),
    ],
)
def test_throttle_speaks_each_protocol(
    client: ClientFactory, control: Control, service: str, *, operation: str, code: str
) -> None:
    """A throttled call has the code that the service's SDK retries on."""
    control.add_fault(kind="throttle")
    assert _code(getattr(client(service), operation)) == code


def test_throttle_is_retried_by_the_sdk(client: ClientFactory, control: Control) -> None:
    """An SDK gets through a fault that does not strike every time."""
    control.add_fault(kind="throttle", service="apprunner", probability=0.5, seed=1)
    assert client("apprunner", attempts=10).list_services()["ServiceSummaryList"] == []
    assert control.status()["faults"][0]["strikes"] > 0


def test_fault_that_has_struck_nothing_says_so(control: Control) -> None:
    """The count is shown from the beginning."""
    control.add_fault(kind="throttle")
    assert [fault["strikes"] for fault in control.status()["faults"]] == [0]


def test_fault_strikes_only_its_service_and_region(client: ClientFactory, control: Control) -> None:
    """What is not named is spared."""
    control.add_fault(kind="error", service="apprunner", region="us-east-1")
    codes = [
        _code(client("apprunner").list_services),
        _code(client("apprunner", region="us-west-2").list_services),
        _code(client("dynamodb").list_tables),
    ]
    assert codes == ["InternalFailure", None, None]


def test_faults_with_the_same_seed_strike_the_same_calls(client: ClientFactory, control: Control) -> None:
    """A seed makes a sequence repeatable, and another seed another sequence."""

    def sequence(seed: int) -> list[str | None]:
        control.clear_faults()
        control.add_fault(kind="error", probability=0.5, seed=seed)
        return [_code(client("apprunner").list_services) for _ in range(12)]

    first = sequence(7)
    assert (first == sequence(7), first == sequence(8)) == (True, False)


def test_latency_delays_an_answer(client: ClientFactory, control: Control) -> None:
    """A slow call is answered rightly, after the time asked for."""
    apprunner = client("apprunner")
    control.add_fault(kind="latency", seconds=0.3)
    started = time.monotonic()
    assert apprunner.list_services()["ServiceSummaryList"] == []
    assert time.monotonic() - started >= 0.3


def test_clear_faults_ends_them(client: ClientFactory, control: Control) -> None:
    """Afterwards calls are answered."""
    control.add_fault(kind="error")
    control.clear_faults()
    assert (_code(client("apprunner").list_services), control.status()["faults"]) == (None, [])


@pytest.mark.parametrize(
    ("kind", "probability", "seconds", "message"),
    [
        ("error", 1.5, 0, "probability: must be 0 to 1, got 1.5"),
        ("latency", 1, 0, "seconds: must be more than 0 for latency and 0 for the rest, got 0 for latency"),
        ("throttle", 1, 3, "seconds: must be more than 0 for latency and 0 for the rest, got 3 for throttle"),
        ("flood", 1, 0, "kind: must be one of throttle, error, latency, got 'flood'"),
    ],
)
def test_add_fault_out_of_bounds(
    control: Control, kind: Kind, *, probability: float, seconds: float, message: str
) -> None:
    """A fault that makes no sense is refused, and does not strike."""
    with pytest.raises(ControlError) as caught:
        control.add_fault(kind=kind, probability=probability, seconds=seconds)
    assert (str(caught.value), control.status()["faults"]) == (message, [])


def test_dark_region_answers_503(client: ClientFactory, control: Control) -> None:
    """A dark region's endpoints fail, another region's do not."""
    control.set_region_dark("us-east-1", dark=True)
    codes = [_code(client("apprunner", region=region).list_services) for region in ("us-east-1", "us-west-2")]
    assert codes == ["ServiceUnavailable", None]


def test_dark_region_that_drops_connections(client: ClientFactory, control: Control) -> None:
    """In the mode "drop" there is no answer at all."""
    control.set_region_dark("us-east-1", dark=True, mode="drop")
    with pytest.raises(ConnectionClosedError):
        client("apprunner").list_services()


@pytest.mark.parametrize("mode", ["503", "drop"])
def test_dark_region_leaves_global_services(client: ClientFactory, control: Control, mode: Mode) -> None:
    """IAM, Route 53 and STS go on, though their requests are signed for us-east-1."""
    control.set_region_dark("us-east-1", dark=True, mode=mode)
    assert client("iam").list_roles()["Roles"] == []
    assert client("route53").list_hosted_zones()["HostedZones"] == []
    assert client("sts").get_caller_identity()["Account"] == "123456789012"


def test_dark_region_takes_its_buckets_along(client: ClientFactory, control: Control) -> None:
    """A bucket is dark with its region, from wherever it is asked; another region's is not."""
    client("s3").create_bucket(Bucket="east-state")
    client("s3", region="us-west-2").create_bucket(
        Bucket="west-state", CreateBucketConfiguration={"LocationConstraint": "us-west-2"}
    )
    control.set_region_dark("us-west-2", dark=True)
    codes = [
        _code(client("s3", region=region).list_objects_v2, Bucket=bucket)
        for region in ("us-east-1", "us-west-2")
        for bucket in ("east-state", "west-state")
    ]
    assert codes == [None, "ServiceUnavailable", None, "ServiceUnavailable"]


def test_dark_region_lights_up_again_with_what_it_had(client: ClientFactory, control: Control) -> None:
    """Darkness deletes nothing."""
    client("dynamodb").create_table(
        TableName="orders",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    )
    control.set_region_dark("us-east-1", dark=True)
    control.set_region_dark("us-east-1", dark=False)
    assert client("dynamodb").list_tables()["TableNames"] == ["orders"]
    assert control.status()["dark_regions"] == {}


def test_reset_forgets_everything(client: ClientFactory, control: Control) -> None:
    """Resources, darkness and faults are gone."""
    client("s3").create_bucket(Bucket="east-state")
    control.set_region_dark("us-west-2", dark=True)
    control.add_fault(kind="error", service="ec2")
    control.reset()
    assert client("s3").list_buckets()["Buckets"] == []
    assert control.status() == {"dark_regions": {}, "faults": [], "services": []}


def test_set_region_dark_in_an_unknown_mode(control: Control) -> None:
    """There are two modes."""
    with pytest.raises(ControlError, match=r"^mode: must be 503 or drop, got 'off'$"):
        control.call("region", region="us-east-1", dark=True, mode="off")


def test_control_route_that_does_not_exist(control: Control) -> None:
    """The control plane says which route it does not have."""
    with pytest.raises(ControlError, match=r"^no such control route: /_latitude/dance$"):
        control.call("dance")


def test_set_service_health_of_an_unknown_service(control: Control) -> None:
    """An ARN that no service has is refused."""
    arn = "arn:aws:apprunner:us-east-1:123456789012:service/gone/0"
    with pytest.raises(ControlError, match=f"^Resource not found for the provided arn: {arn}$"):
        control.set_service_health(arn, healthy=False)
