from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from modules import AutoScaling
from modules.demo import ending, opening
from modules.demo.emulator import Clients
from modules.demo.prerequisites import make_prerequisites
from modules.demo.revisions import revised, with_region, with_services, with_tag, with_variables
from tests.e2e.applications import shop, tickets
from tests.support.applications import example

if TYPE_CHECKING:
    from modules import Application
    from modules.demo.scene import Scene
    from sandbox.control import Control
    from sandbox.server import Sandbox
    from tests.e2e.conftest import Stage

pytestmark = pytest.mark.e2e


def _apply_everything(scene: Scene) -> None:
    scene.deployment.apply(*scene.shared)
    opening.push_images(scene)
    scene.deployment.apply(*scene.cells)


def _service(scene: Scene, region: str) -> dict[str, Any]:
    apprunner = scene.emulator.clients("apprunner", region)
    (summary,) = apprunner.list_services()["ServiceSummaryList"]
    found: dict[str, Any] = apprunner.describe_service(ServiceArn=summary["ServiceArn"])["Service"]
    return found


def _with_autoscaling(application: Application, autoscaling: AutoScaling) -> Application:
    return with_services(application, lambda service: revised(service, autoscaling=autoscaling))


def test_example_is_applied_changed_and_destroyed_without_drift(stage: Stage) -> None:
    """Every plan after an apply is empty, changes and a new region reach AWS, and destroy leaves nothing."""
    with stage(example()) as scene:
        _apply_everything(scene)
        opening.plan_again(scene)
        opening.plan_again(scene)

        changed = with_variables(with_tag(scene.application, "1.1.0"), {"LOG_LEVEL": "debug"})
        scene.revise(_with_autoscaling(changed, AutoScaling(min_size=1, max_size=5, max_concurrency=50)))
        before = {region: _service(scene, region) for region in scene.application.regions}
        opening.push_images(scene)
        scene.deployment.apply(*scene.cells)
        for region, old in before.items():
            new = _service(scene, region)
            assert new["ServiceArn"] == old["ServiceArn"]
            image = new["SourceConfiguration"]["ImageRepository"]
            assert image["ImageIdentifier"] != old["SourceConfiguration"]["ImageRepository"]["ImageIdentifier"]
            assert image["ImageConfiguration"]["RuntimeEnvironmentVariables"]["LOG_LEVEL"] == "debug"
            scaling = new["AutoScalingConfigurationSummary"]
            assert scaling["AutoScalingConfigurationRevision"] == 2

        # ECR copies what is pushed after a region joins: so it joins with an image of its own.
        joined = with_tag(with_region(scene.application, "eu-west-1"), "1.2.0")
        make_prerequisites(joined, scene.emulator)
        scene.revise(joined)
        scene.deployment.init("orders-eu-west-1")
        _apply_everything(scene)
        opening.plan_again(scene)
        assert _service(scene, "eu-west-1")["NetworkConfiguration"]["EgressConfiguration"]["EgressType"] == "VPC"

        ending.destroy(scene)
        ending.prove_nothing_is_left(scene)


def test_three_regions_lose_one_without_drift(stage: Stage) -> None:
    """Two services and tables in three regions leave a region: its cell goes first, then its replicas and images."""
    with stage(shop()) as scene:
        _apply_everything(scene)
        opening.plan_again(scene)

        leaving = "us-east-1"
        scene.deployment.destroy(scene.cell(leaving))
        api = revised(scene.application.services[1], regional_environment={})
        staying = tuple(region for region in scene.application.regions if region != leaving)
        services = (scene.application.services[0], api)
        scene.revise(revised(scene.application, regions=staying, services=services, former_regions={leaving}))
        scene.deployment.apply(*scene.shared)
        # The records that validate the certificate were shared with the region that left.
        scene.deployment.apply(*scene.cells)
        scene.revise(revised(scene.application, former_regions=frozenset()))
        opening.plan_again(scene)
        assert scene.emulator.clients("dynamodb", leaving).list_tables()["TableNames"] == []
        assert scene.emulator.clients("ecr", leaving).describe_repositories()["repositories"] == []

        ending.destroy(scene)
        ending.prove_nothing_is_left(scene)


def test_single_layout_is_applied_changed_and_destroyed_without_drift(stage: Stage) -> None:
    """One stack: the repositories first by -target, then the rest; a change is applied; destroy leaves nothing."""
    with stage(example(layout="single")) as scene:
        terraform = scene.deployment.terraform("orders")
        terraform.apply(*(f"-target={address}" for address in _resources(scene, "aws_ecr_")))
        opening.push_images(scene)
        scene.deployment.apply("orders")
        opening.plan_again(scene)

        scene.revise(with_variables(scene.application, {"LOG_LEVEL": "debug"}))
        scene.deployment.apply("orders")
        opening.plan_again(scene)

        ending.destroy(scene)
        ending.prove_nothing_is_left(scene)


def _resources(scene: Scene, beginning: str) -> list[str]:
    path = scene.deployment.folder / "stacks" / "orders" / "cdk.tf.json"
    resources = json.loads(path.read_text("utf-8"))["resource"]
    return [f"{kind}.{name}" for kind in resources if kind.startswith(beginning) for name in resources[kind]]


def test_source_code_behind_a_private_ingress_is_applied_and_destroyed_without_drift(
    stage: Stage, aws: Sandbox, control: Control
) -> None:
    """A service from source code gets its connection and its VPC's ingress, drifts not, and leaves nothing."""
    with stage(tickets(Clients(aws.url), control)) as scene:
        _apply_everything(scene)
        opening.plan_again(scene)
        service = _service(scene, "eu-west-1")
        assert service["Status"] == "RUNNING"
        assert service["NetworkConfiguration"]["IngressConfiguration"] == {"IsPubliclyAccessible": False}
        ingress = scene.emulator.clients("apprunner", "eu-west-1").list_vpc_ingress_connections()
        assert [each["ServiceArn"] for each in ingress["VpcIngressConnectionSummaryList"]] == [service["ServiceArn"]]

        ending.destroy(scene)
        ending.prove_nothing_is_left(scene)
