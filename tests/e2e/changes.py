"""What an application goes through in its life: each change is applied, seen in AWS, and found complete by a plan."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from latitude import AutoScaling
from latitude.demo import ending, opening
from latitude.demo.prerequisites import make_prerequisites
from latitude.demo.revisions import revised, with_services, with_tag, with_variables

if TYPE_CHECKING:
    from collections.abc import Callable

    from latitude import Application, Service
    from latitude.demo.scene import Scene

_RELEASE: Final = "2.0.0"
_NEXT_RELEASE: Final = "2.1.0"
_SCALING: Final = AutoScaling(min_size=1, max_size=5, max_concurrency=50)
_VARIABLE: Final = {"LOG_LEVEL": "debug"}
_BY_REGION: Final = ("vpc", "private_ingress", "regional_environment")
"""The fields of a service that these applications state for each region."""


def go_through_all(scene: Scene, *, join: Callable[[Application], Application], leaving: str) -> None:
    """Apply all, change the services, let a region join and another leave, and destroy all; no plan finds drift."""
    apply_everything(scene)
    opening.plan_again(scene)
    opening.plan_again(scene)
    change_services(scene)
    add_region(scene, join)
    remove_region(scene, leaving)
    ending.destroy(scene)
    ending.prove_nothing_is_left(scene)


def apply_everything(scene: Scene) -> None:
    """Make the repositories, push the images, and make the rest."""
    if scene.cells:
        scene.deployment.apply(*scene.shared)
    else:
        (stack,) = scene.deployment.stacks
        repositories = [f"-target={address}" for address in _addresses(scene, stack, "aws_ecr_")]
        scene.deployment.terraform(stack).apply(*repositories)
    opening.push_images(scene)
    _apply_services(scene)


def change_services(scene: Scene) -> None:
    """Give the services another release, auto scaling and variable: they are updated, and none is replaced."""
    before = services(scene)
    changed = with_variables(with_tag(scene.application, _RELEASE), _VARIABLE)
    scene.revise(with_services(changed, _rescaled))
    opening.push_images(scene)
    _apply_services(scene)
    after = services(scene)
    assert after.keys() == before.keys()
    for key, service in after.items():
        assert service["ServiceArn"] == before[key]["ServiceArn"]
        assert service["AutoScalingConfigurationSummary"]["AutoScalingConfigurationRevision"] == 2
        origin, was = (one["SourceConfiguration"] for one in (service, before[key]))
        assert _release(origin) != _release(was)
        assert _variables(origin).items() >= _VARIABLE.items()
    opening.plan_again(scene)


def add_region(scene: Scene, join: Callable[[Application], Application]) -> None:
    """Let a region join, with a release of its own: ECR copies only what is pushed after the region has joined."""
    joined = with_tag(join(scene.application), _NEXT_RELEASE)
    (newcomer,) = set(joined.regions) - set(scene.application.regions)
    make_prerequisites(joined, scene.emulator)
    scene.revise(joined)
    scene.deployment.init(*(stack for stack in scene.cells if stack == scene.cell(newcomer)))
    apply_everything(scene)
    running = [service for (region, _), service in services(scene).items() if region == newcomer]
    assert [service["Status"] for service in running] == ["RUNNING"] * len(joined.services)
    opening.plan_again(scene)


def remove_region(scene: Scene, leaving: str) -> None:
    """Let a region leave, its cell first; nothing of it stays, and its last mention can go from the description."""
    staying = tuple(region for region in scene.application.regions if region != leaving)
    without = with_services(scene.application, lambda service: _without(service, leaving), regions=staying)
    if scene.cells:
        scene.deployment.destroy(scene.cell(leaving))
    scene.revise(revised(without, former_regions={leaving}))
    scene.deployment.apply(*scene.shared)
    # The records that validate a certificate were shared with the region that left.
    scene.deployment.apply(*scene.cells)
    scene.revise(without)
    opening.plan_again(scene)
    clients = scene.emulator.clients
    assert clients("apprunner", leaving).list_services()["ServiceSummaryList"] == []
    assert clients("dynamodb", leaving).list_tables()["TableNames"] == []
    assert clients("ecr", leaving).describe_repositories()["repositories"] == []


def services(scene: Scene) -> dict[tuple[str, str], dict[str, Any]]:
    """Describe every service by its region and name."""
    found = {}
    for region in scene.application.regions:
        apprunner = scene.emulator.clients("apprunner", region)
        for summary in apprunner.list_services()["ServiceSummaryList"]:
            service = apprunner.describe_service(ServiceArn=summary["ServiceArn"])["Service"]
            found[region, service["ServiceName"]] = service
    return found


def _apply_services(scene: Scene) -> None:
    scene.deployment.apply(*(scene.cells or scene.deployment.stacks))


def _addresses(scene: Scene, stack: str, beginning: str) -> list[str]:
    path = scene.deployment.folder / "stacks" / stack / "cdk.tf.json"
    resources = json.loads(path.read_text("utf-8"))["resource"]
    return [f"{kind}.{name}" for kind in resources if kind.startswith(beginning) for name in resources[kind]]


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
