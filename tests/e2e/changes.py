"""What an application goes through in its life: each change is applied, seen in AWS, and found complete by a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from latitude import AutoScaling
from latitude.spec.plan_policy import PLAN_READS
from latitude.trial.revisions import revised, with_services, with_tag, with_variables
from latitude.trial.state_buckets import make_state_buckets
from tests.support.asked import asked, not_allowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from latitude import Application, Service
    from latitude.trial.trial import Trial

_RELEASE: Final = "2.0.0"
_SCALING: Final = AutoScaling(min_size=1, max_size=5, max_concurrency=50)
_VARIABLE: Final = {"LOG_LEVEL": "debug"}
_BY_REGION: Final = ("vpc", "private_ingress", "regional_environment")
"""The fields of a service that these applications state for each region."""


def go_through_all(
    trial: Trial, *, join: Callable[[Application], Application], leaving: str, leaving_service: str | None = None
) -> None:
    """Apply all, change the services while a region joins, let another leave, and destroy all; no plan finds drift.

    A plan asks for no more than the policy allows that Latitude gives the roles for plans.
    """
    trial.apply_everything()
    with asked() as actions:
        trial.require_no_changes()
    assert not_allowed(actions, PLAN_READS.actions) == []
    change_and_join(trial, join)
    remove_region(trial, leaving, leaving_service)
    trial.destroy()
    trial.require_empty_states()
    trial.require_nothing_left()


def change_and_join(trial: Trial, join: Callable[[Application], Application]) -> None:
    """Let a region join while the services get another release, auto scaling and variable: none is replaced.

    The release is needed: ECR copies only what is pushed after the region has joined.
    """
    before = trial.services()
    joined = with_services(with_variables(with_tag(join(trial.application), _RELEASE), _VARIABLE), _rescaled)
    (newcomer,) = set(joined.regions) - set(trial.application.regions)
    make_state_buckets(joined, trial.aws.clients)
    trial.join(joined)
    trial.apply_everything()
    after = trial.services()
    assert {key for key in after if key[0] != newcomer} == {*before}
    running = [service for (region, _), service in after.items() if region == newcomer]
    assert [service["Status"] for service in running] == ["RUNNING"] * len(joined.services)
    for key, was in before.items():
        service = after[key]
        assert service["ServiceArn"] == was["ServiceArn"]
        assert service["AutoScalingConfigurationSummary"]["AutoScalingConfigurationRevision"] == 2
        origin, origin_before = (one["SourceConfiguration"] for one in (service, was))
        assert _release(origin) != _release(origin_before)
        assert _variables(origin).items() >= _VARIABLE.items()
    trial.require_no_changes()


def remove_region(trial: Trial, leaving: str, leaving_service: str | None) -> None:
    """Let a region leave, its cell first; nothing of it stays, and its last mention can go from the description.

    A service may leave with it: nothing of it stays in any region.
    """
    before = trial.deployment.stacks
    staying = tuple(region for region in trial.application.regions if region != leaving)
    without = with_services(trial.application, lambda service: _without(service, leaving), regions=staying)
    services = tuple(service for service in without.services if service.name != leaving_service)
    without = revised(without, services=services)
    cell, leaning = trial.cell(leaving), trial.application.leaning_region
    trial.revise(revised(without, former_regions={leaving}))
    # First nobody is led there any more; what the cell wrote for a certificate stays, where another region needs it.
    for stack in trial.routing if trial.application.leaning_region != leaning else ():
        trial.deployment.terraform(stack).init("-migrate-state", "-force-copy")
    trial.deployment.apply(*trial.routing)
    trial.deployment.destroy(*(stack for stack in before if stack == cell))
    if leaving_service is not None:
        # A service goes before its repositories, and the roles that pull from them.
        trial.deployment.apply(*trial.cells)
    trial.deployment.apply(*trial.shared)
    trial.revise(without)
    trial.require_no_changes()
    clients = trial.aws.clients
    assert clients("apprunner", leaving).list_services()["ServiceSummaryList"] == []
    assert clients("dynamodb", leaving).list_tables()["TableNames"] == []
    assert clients("ecr", leaving).describe_repositories()["repositories"] == []
    left = clients("ecr", trial.home).describe_repositories()["repositories"]
    assert {each["repositoryName"] for each in left} == {
        trial.application.aws_names.repository(service) for service in trial.application.repository_services
    }


def _rescaled(service: Service) -> Service:
    source = None if service.source is None else revised(service.source, branch=_RELEASE)
    return revised(service, autoscaling=_SCALING, source=source)


def _without(service: Service, region: str) -> Service:
    stated = {name: getattr(service, name) for name in _BY_REGION}
    kept = {
        name: {place: value for place, value in values.items() if place != region}
        for name, values in stated.items()
        if values
    }
    return revised(service, **kept)


def _release(origin: dict[str, Any]) -> str:
    if "CodeRepository" in origin:
        branch: str = origin["CodeRepository"]["SourceCodeVersion"]["Value"]
        return branch
    image: str = origin["ImageRepository"]["ImageIdentifier"]
    return image


def _variables(origin: dict[str, Any]) -> dict[str, str]:
    if "CodeRepository" in origin:
        values = origin["CodeRepository"]["CodeConfiguration"]["CodeConfigurationValues"]
    else:
        values = origin["ImageRepository"]["ImageConfiguration"]
    variables: dict[str, str] = values["RuntimeEnvironmentVariables"]
    return variables
