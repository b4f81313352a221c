from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from latitude.sandbox.testing import create_service, refused

if TYPE_CHECKING:
    from mypy_boto3_apprunner import AppRunnerClient

pytestmark = pytest.mark.sandbox


def _create(apprunner: AppRunnerClient, name: str = "traces") -> str:
    made = apprunner.create_observability_configuration(
        ObservabilityConfigurationName=name, TraceConfiguration={"Vendor": "AWSXRAY"}
    )
    return made["ObservabilityConfiguration"]["ObservabilityConfigurationArn"]


def test_create_observability_configuration_again_is_the_next_revision(apprunner: AppRunnerClient) -> None:
    """The same name gives revision 2, which is then the latest."""
    arns = [_create(apprunner) for _ in range(2)]
    shown = [
        apprunner.describe_observability_configuration(ObservabilityConfigurationArn=arn)["ObservabilityConfiguration"]
        for arn in arns
    ]
    assert [(item["ObservabilityConfigurationRevision"], item["Latest"], item["Status"]) for item in shown] == [
        (1, False, "ACTIVE"),
        (2, True, "ACTIVE"),
    ]


def test_describe_observability_configuration_unknown(apprunner: AppRunnerClient) -> None:
    """An ARN that no configuration has is not found."""
    arn = "arn:aws:apprunner:us-east-1:123456789012:observabilityconfiguration/gone"
    with refused("ResourceNotFoundException", f"Observability configuration not found for the provided arn: {arn}"):
        apprunner.describe_observability_configuration(ObservabilityConfigurationArn=arn)


def test_delete_observability_configuration(apprunner: AppRunnerClient) -> None:
    """A deleted one is INACTIVE and not listed."""
    arn = _create(apprunner)
    apprunner.delete_observability_configuration(ObservabilityConfigurationArn=arn)
    shown = apprunner.describe_observability_configuration(ObservabilityConfigurationArn=arn)
    assert shown["ObservabilityConfiguration"]["Status"] == "INACTIVE"
    assert apprunner.list_observability_configurations()["ObservabilityConfigurationSummaryList"] == []


def test_delete_observability_configuration_in_use(apprunner: AppRunnerClient) -> None:
    """A service holds on to its configuration."""
    arn = _create(apprunner)
    create_service(
        apprunner,
        ObservabilityConfiguration={"ObservabilityEnabled": True, "ObservabilityConfigurationArn": arn},
    )
    with refused(
        "InvalidRequestException",
        "You can't delete the observability configuration. It's used by one or more services. "
        "To delete it, update the services to use other observability configurations.",
    ):
        apprunner.delete_observability_configuration(ObservabilityConfigurationArn=arn)


def test_list_observability_configurations_latest_only(apprunner: AppRunnerClient) -> None:
    """LatestOnly shows one revision a name."""
    _create(apprunner)
    second = _create(apprunner)
    listed = apprunner.list_observability_configurations(ObservabilityConfigurationName="traces", LatestOnly=True)
    found = [item["ObservabilityConfigurationArn"] for item in listed["ObservabilityConfigurationSummaryList"]]
    assert found == [second]


def test_create_service_with_an_observability_configuration_by_name(apprunner: AppRunnerClient) -> None:
    """A service given the name has the latest revision's full ARN."""
    arn = _create(apprunner)
    observability = {"ObservabilityEnabled": True, "ObservabilityConfigurationArn": arn.rsplit("/", 2)[0]}
    service = create_service(apprunner, ObservabilityConfiguration=observability)
    shown = apprunner.describe_service(ServiceArn=service)["Service"]["ObservabilityConfiguration"]
    assert shown == {"ObservabilityEnabled": True, "ObservabilityConfigurationArn": arn}
