from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from latitude.sandbox.testing import ManualClock, create_service, refused

if TYPE_CHECKING:
    from mypy_boto3_apprunner import AppRunnerClient

pytestmark = pytest.mark.sandbox

OPERATION_SECONDS = 0.5
DEFAULT = (
    "arn:aws:apprunner:us-east-1:123456789012:autoscalingconfiguration/DefaultConfiguration/1/"
    "00000000000000000000000000000001"
)


def _create(apprunner: AppRunnerClient, name: str = "scale", **request: Any) -> str:
    made = apprunner.create_auto_scaling_configuration(AutoScalingConfigurationName=name, **request)
    return made["AutoScalingConfiguration"]["AutoScalingConfigurationArn"]


def test_create_auto_scaling_configuration_with_defaults(apprunner: AppRunnerClient) -> None:
    """What is left out has AWS's defaults; the status is in lower case, as AWS answers it."""
    made = apprunner.create_auto_scaling_configuration(AutoScalingConfigurationName="scale")
    item = made["AutoScalingConfiguration"]
    assert (item["MaxConcurrency"], item["MinSize"], item["MaxSize"], item["Status"]) == (100, 1, 25, "active")
    assert re.fullmatch(
        r"arn:aws:apprunner:us-east-1:123456789012:autoscalingconfiguration/scale/1/[0-9a-f]{32}",
        item["AutoScalingConfigurationArn"],
    )


def test_create_auto_scaling_configuration_again_is_the_next_revision(apprunner: AppRunnerClient) -> None:
    """The same name gives revision 2, which is then the latest."""
    first, second = _create(apprunner), _create(apprunner, MaxSize=3)
    shown = [
        apprunner.describe_auto_scaling_configuration(AutoScalingConfigurationArn=arn)["AutoScalingConfiguration"]
        for arn in (first, second)
    ]
    assert [(item["AutoScalingConfigurationRevision"], item["Latest"]) for item in shown] == [(1, False), (2, True)]


def test_create_auto_scaling_configuration_upside_down(apprunner: AppRunnerClient) -> None:
    """The least number of instances cannot be above the greatest."""
    with refused("InvalidRequestException", "MinSize (5) must not be greater than MaxSize (4)."):
        _create(apprunner, MinSize=5, MaxSize=4)


def test_create_auto_scaling_configuration_after_the_quota(apprunner: AppRunnerClient) -> None:
    """A name has five active revisions by default."""
    for _ in range(5):
        _create(apprunner)
    with refused(
        "ServiceQuotaExceededException",
        "The quota of 5 active revisions of one auto scaling configuration in this Region is used up. "
        "Delete some, or ask AWS for more.",
    ):
        _create(apprunner)


def test_describe_auto_scaling_configuration_by_name(apprunner: AppRunnerClient) -> None:
    """An ARN that ends with the name means the latest active revision."""
    first = _create(apprunner)
    second = _create(apprunner)
    found = apprunner.describe_auto_scaling_configuration(AutoScalingConfigurationArn=first.rsplit("/", 2)[0])
    assert found["AutoScalingConfiguration"]["AutoScalingConfigurationArn"] == second


def test_describe_auto_scaling_configuration_unknown(apprunner: AppRunnerClient) -> None:
    """An ARN that no configuration has is not found."""
    arn = "arn:aws:apprunner:us-east-1:123456789012:autoscalingconfiguration/gone"
    with refused("ResourceNotFoundException", f"Auto scaling configuration not found for the provided arn: {arn}"):
        apprunner.describe_auto_scaling_configuration(AutoScalingConfigurationArn=arn)


def test_delete_auto_scaling_configuration(apprunner: AppRunnerClient) -> None:
    """A deleted one is inactive, and not listed."""
    arn = _create(apprunner)
    apprunner.delete_auto_scaling_configuration(AutoScalingConfigurationArn=arn)
    shown = apprunner.describe_auto_scaling_configuration(AutoScalingConfigurationArn=arn)
    listed = apprunner.list_auto_scaling_configurations()["AutoScalingConfigurationSummaryList"]
    assert str(shown["AutoScalingConfiguration"]["Status"]) == "inactive"
    assert [item["AutoScalingConfigurationArn"] for item in listed] == [DEFAULT]


def test_delete_auto_scaling_configuration_twice(apprunner: AppRunnerClient) -> None:
    """The second time says that it has been deleted, in the words that the Terraform provider looks for."""
    arn = _create(apprunner)
    apprunner.delete_auto_scaling_configuration(AutoScalingConfigurationArn=arn)
    with refused(
        "InvalidRequestException", f"The auto scaling configuration you specified has been deleted. ARN: '{arn}'"
    ):
        apprunner.delete_auto_scaling_configuration(AutoScalingConfigurationArn=arn)


def test_delete_auto_scaling_configuration_with_all_revisions(apprunner: AppRunnerClient) -> None:
    """DeleteAllRevisions takes the whole name."""
    arns = [_create(apprunner) for _ in range(3)]
    apprunner.delete_auto_scaling_configuration(
        AutoScalingConfigurationArn=arns[0].rsplit("/", 2)[0], DeleteAllRevisions=True
    )
    listed = apprunner.list_auto_scaling_configurations(AutoScalingConfigurationName="scale")
    assert listed["AutoScalingConfigurationSummaryList"] == []


@pytest.mark.parametrize("levels", [0, 1], ids=["full", "with the revision"])
def test_delete_auto_scaling_configuration_with_all_revisions_of_a_revision(
    apprunner: AppRunnerClient, levels: int
) -> None:
    """DeleteAllRevisions wants the partial ARN that ends with the name; nothing is deleted by another."""
    arn = _create(apprunner)
    with refused(
        "InvalidRequestException",
        "With DeleteAllRevisions, AutoScalingConfigurationArn must be a partial ARN that ends with the name.",
    ):
        apprunner.delete_auto_scaling_configuration(
            AutoScalingConfigurationArn=arn.rsplit("/", levels)[0], DeleteAllRevisions=True
        )
    listed = apprunner.list_auto_scaling_configurations(AutoScalingConfigurationName="scale")
    assert len(listed["AutoScalingConfigurationSummaryList"]) == 1


def test_auto_scaling_configuration_s_number_counts_active_revisions_only(apprunner: AppRunnerClient) -> None:
    """What was deleted counts no more: the first is 1 again, under another ARN, and a gap below is not filled."""
    first = _create(apprunner)
    apprunner.delete_auto_scaling_configuration(AutoScalingConfigurationArn=first)
    again, second = _create(apprunner), _create(apprunner)
    apprunner.delete_auto_scaling_configuration(AutoScalingConfigurationArn=again)
    numbers = [arn.split("/")[2] for arn in (first, again, second, _create(apprunner))]
    assert (numbers, first != again) == (["1", "1", "2", "3"], True)


def test_delete_auto_scaling_configuration_in_use(apprunner: AppRunnerClient, clock: ManualClock) -> None:
    """A service holds on to its configuration until it is deleted."""
    arn = _create(apprunner)
    service = create_service(apprunner, AutoScalingConfigurationArn=arn)
    clock.advance(OPERATION_SECONDS)
    with refused(
        "InvalidRequestException",
        "You can't delete the auto scaling configuration. It's used by one or more services. "
        "To delete it, update the services to use other auto scaling configurations.",
    ):
        apprunner.delete_auto_scaling_configuration(AutoScalingConfigurationArn=arn)
    apprunner.delete_service(ServiceArn=service)
    clock.advance(OPERATION_SECONDS)
    apprunner.delete_auto_scaling_configuration(AutoScalingConfigurationArn=arn)


def test_delete_auto_scaling_configuration_that_is_the_default(apprunner: AppRunnerClient) -> None:
    """The default stays."""
    with refused(
        "InvalidRequestException", f"You can't delete the default auto scaling configuration. ARN: '{DEFAULT}'"
    ):
        apprunner.delete_auto_scaling_configuration(AutoScalingConfigurationArn=DEFAULT)


def test_list_auto_scaling_configurations_latest_only(apprunner: AppRunnerClient) -> None:
    """LatestOnly shows one revision a name."""
    _create(apprunner)
    second = _create(apprunner)
    listed = apprunner.list_auto_scaling_configurations(LatestOnly=True)["AutoScalingConfigurationSummaryList"]
    assert [item["AutoScalingConfigurationArn"] for item in listed] == [DEFAULT, second]


def test_list_services_for_auto_scaling_configuration(apprunner: AppRunnerClient) -> None:
    """A configuration knows the services that use it."""
    arn = _create(apprunner)
    service = create_service(apprunner, AutoScalingConfigurationArn=arn)
    create_service(apprunner, name="other")
    found = apprunner.list_services_for_auto_scaling_configuration(AutoScalingConfigurationArn=arn)
    shown = apprunner.describe_auto_scaling_configuration(AutoScalingConfigurationArn=arn)
    assert found["ServiceArnList"] == [service]
    assert shown["AutoScalingConfiguration"]["HasAssociatedService"] is True


def test_update_default_auto_scaling_configuration(apprunner: AppRunnerClient) -> None:
    """A new service has the default of its time, and only one is the default."""
    arn = _create(apprunner)
    apprunner.update_default_auto_scaling_configuration(AutoScalingConfigurationArn=arn)
    service = apprunner.describe_service(ServiceArn=create_service(apprunner))["Service"]
    listed = apprunner.list_auto_scaling_configurations()["AutoScalingConfigurationSummaryList"]
    assert service["AutoScalingConfigurationSummary"]["AutoScalingConfigurationArn"] == arn
    assert [item["AutoScalingConfigurationArn"] for item in listed if item["IsDefault"]] == [arn]


def test_create_service_with_a_deleted_auto_scaling_configuration(apprunner: AppRunnerClient) -> None:
    """Only an active revision can be used."""
    arn = _create(apprunner)
    apprunner.delete_auto_scaling_configuration(AutoScalingConfigurationArn=arn)
    with refused(
        "InvalidRequestException", f"The auto scaling configuration ARN you specified isn't valid. ARN: '{arn}'"
    ):
        create_service(apprunner, AutoScalingConfigurationArn=arn)
