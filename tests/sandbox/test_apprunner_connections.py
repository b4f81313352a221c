from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest

from latitude.sandbox.control import Control, ControlError
from latitude.sandbox.server import Sandbox
from latitude.sandbox.testing import ManualClock, create_service, refused

if TYPE_CHECKING:
    from mypy_boto3_apprunner import AppRunnerClient

pytestmark = pytest.mark.sandbox

OPERATION_SECONDS = 0.5


def _create(apprunner: AppRunnerClient, name: str = "github") -> str:
    made = apprunner.create_connection(ConnectionName=name, ProviderType="GITHUB")["Connection"]
    return made["ConnectionArn"]


@pytest.fixture
def available(apprunner: AppRunnerClient, control: Control) -> str:
    """Return the ARN of a connection whose handshake is complete."""
    arn = _create(apprunner, "available")
    control.complete_handshake(arn)
    return arn


def _code(connection: str | None, **configuration: Any) -> dict[str, Any]:
    values = {"Runtime": "PYTHON_311", "StartCommand": "python main.py"}
    repository = {
        "RepositoryUrl": "https://github.com/example/shop",
        "SourceCodeVersion": {"Type": "BRANCH", "Value": "main"},
        "CodeConfiguration": {"ConfigurationSource": "API", "CodeConfigurationValues": values} | configuration,
    }
    authentication = {} if connection is None else {"AuthenticationConfiguration": {"ConnectionArn": connection}}
    return {"AutoDeploymentsEnabled": False, "CodeRepository": repository, **authentication}


def test_create_connection_starts_with_the_handshake_to_do(apprunner: AppRunnerClient, control: Control) -> None:
    """It is in PENDING_HANDSHAKE, as in AWS, until somebody completes it."""
    made = apprunner.create_connection(ConnectionName="github", ProviderType="GITHUB")["Connection"]
    statuses = [made["Status"]]
    statuses += [found["Status"] for found in apprunner.list_connections()["ConnectionSummaryList"]]
    control.complete_handshake(made["ConnectionArn"])
    statuses += [found["Status"] for found in apprunner.list_connections()["ConnectionSummaryList"]]
    assert statuses == ["PENDING_HANDSHAKE", "PENDING_HANDSHAKE", "AVAILABLE"]


def test_create_connection_with_a_taken_name(apprunner: AppRunnerClient) -> None:
    """Names of connections are unique in a region."""
    _create(apprunner)
    with refused("InvalidRequestException", "A connection with the provided name already exists: github."):
        _create(apprunner)


def test_create_connection_to_an_unknown_provider(apprunner: AppRunnerClient) -> None:
    """Providers are those of the service model."""
    with refused(
        "InvalidRequestException",
        "1 validation error detected: Value 'GITLAB' at 'providerType' failed to satisfy constraint: "
        "Member must satisfy enum value set: [GITHUB, BITBUCKET]",
    ):
        apprunner.create_connection(ConnectionName="gitlab", ProviderType="GITLAB")  # type: ignore[arg-type] # the point


def test_create_service_from_source_code(apprunner: AppRunnerClient, clock: ManualClock, available: str) -> None:
    """With a connection that is available, a service runs from a repository."""
    arn = create_service(apprunner, SourceConfiguration=_code(available))
    clock.advance(OPERATION_SECONDS)
    assert apprunner.describe_service(ServiceArn=arn)["Service"]["Status"] == "RUNNING"


def test_create_service_from_source_code_without_a_connection(apprunner: AppRunnerClient) -> None:
    """A repository needs a connection."""
    with refused(
        "InvalidRequestException",
        "Invalid ConnectionArn in AuthenticationConfiguration: a code repository needs a connection.",
    ):
        create_service(apprunner, SourceConfiguration=_code(None))


def test_create_service_from_source_code_without_values(apprunner: AppRunnerClient) -> None:
    """Configuration by API needs the values."""
    source = _code(_create(apprunner))
    del source["CodeRepository"]["CodeConfiguration"]["CodeConfigurationValues"]
    with refused("InvalidRequestException", "CodeConfigurationValues must be given when ConfigurationSource is API."):
        create_service(apprunner, SourceConfiguration=source)


def test_create_service_before_the_handshake(clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody has to complete it first, as in AWS."""
    with Sandbox(clock=clock) as sandbox:
        for name, value in sandbox.environment().items():
            monkeypatch.setenv(name, value)
        apprunner: AppRunnerClient = boto3.client("apprunner")
        connection = _create(apprunner)
        with refused(
            "InvalidRequestException",
            f"The connection must be in the AVAILABLE status, and is in PENDING_HANDSHAKE. ARN: '{connection}'",
        ):
            create_service(apprunner, SourceConfiguration=_code(connection))
        Control(sandbox.url).complete_handshake(connection)
        create_service(apprunner, SourceConfiguration=_code(connection))


def test_connection_with_auto_handshake_is_available_at_once() -> None:
    """Where nobody can complete handshakes, such as in a demonstration, a setting does it."""
    with Sandbox(auto_handshake=True) as sandbox:
        apprunner: AppRunnerClient = boto3.Session(aws_access_key_id="a", aws_secret_access_key="b").client(  # noqa: S106 - not one
            "apprunner", region_name="us-east-1", endpoint_url=sandbox.url
        )
        _create(apprunner)
        assert apprunner.list_connections()["ConnectionSummaryList"][0]["Status"] == "AVAILABLE"


def test_complete_handshake_of_an_unknown_connection(apprunner: AppRunnerClient, control: Control) -> None:
    """The control plane names the connection that it does not find."""
    arn = _create(apprunner) + "0"
    with pytest.raises(ControlError, match=f"^Connection not found for the provided arn: {arn}$"):
        control.complete_handshake(arn)


def test_delete_connection(apprunner: AppRunnerClient) -> None:
    """A deleted connection is not listed, and not found again."""
    arn = _create(apprunner)
    assert apprunner.delete_connection(ConnectionArn=arn)["Connection"]["Status"] == "DELETED"
    assert apprunner.list_connections()["ConnectionSummaryList"] == []
    with refused("ResourceNotFoundException", f"Connection not found for the provided arn: {arn}"):
        apprunner.delete_connection(ConnectionArn=arn)


def test_delete_connection_in_use(apprunner: AppRunnerClient, available: str) -> None:
    """A service holds on to its connection."""
    arn = available
    create_service(apprunner, SourceConfiguration=_code(arn))
    with refused("InvalidRequestException", f"Provided connection arn is being used by other services. ARN: {arn}"):
        apprunner.delete_connection(ConnectionArn=arn)


@pytest.mark.parametrize("code_first", [True, False])
def test_update_service_from_code_to_image_or_back(
    apprunner: AppRunnerClient, clock: ManualClock, available: str, *, code_first: bool
) -> None:
    """The kind of source stays: such a change takes another service."""
    image = {"ImageIdentifier": "public.ecr.aws/nginx/nginx:stable", "ImageRepositoryType": "ECR_PUBLIC"}
    from_image = {"AutoDeploymentsEnabled": False, "ImageRepository": image}
    sources = [_code(available), from_image] if code_first else [from_image, _code(available)]
    arn = create_service(apprunner, SourceConfiguration=sources[0])
    clock.advance(OPERATION_SECONDS)
    kinds = ("CodeRepository", "ImageRepository") if code_first else ("ImageRepository", "CodeRepository")
    with refused(
        "InvalidRequestException",
        f"You can't change a service's source from {kinds[0]} to {kinds[1]}. Create another service instead.",
    ):
        apprunner.update_service(ServiceArn=arn, SourceConfiguration=sources[1])  # type: ignore[arg-type] # either
    assert apprunner.describe_service(ServiceArn=arn)["Service"]["Status"] == "RUNNING"
    apprunner.update_service(ServiceArn=arn, SourceConfiguration=sources[0])  # type: ignore[arg-type] # the same
