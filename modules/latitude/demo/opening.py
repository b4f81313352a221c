"""First act: from nothing to an application that serves in two regions."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from latitude.demo.inventory import inventory
from latitude.demo.prerequisites import make_surroundings
from latitude.demo.scene import DemoError, require
from latitude.demo.tables import region_table

if TYPE_CHECKING:
    from latitude.demo.scene import Scene

_REPLICATION_SECONDS: Final = 30.0
_LOOK_AGAIN_SECONDS: Final = 0.2


def prepare(scene: Scene) -> None:
    """Make what exists before the application does, and remember what there is, where a region joins later too."""
    make_surroundings(scene.application, scene.emulator)
    scene.regions = (*scene.application.regions, scene.newcomer)
    scene.before = take_inventory(scene)


def take_inventory(scene: Scene) -> frozenset[str]:
    """Return the inventory of every region that the demonstration comes to."""
    return inventory(scene.emulator.clients, scene.regions)


def synthesize(scene: Scene) -> None:
    """Write the stacks of the application as it is stated, and connect them to their states."""
    scene.revise(scene.application)
    scene.deployment.init(*scene.deployment.stacks)


def apply_registry(scene: Scene) -> None:
    """Make the repositories, and the rule that copies between them, before the first image is pushed."""
    scene.deployment.apply(*(stack for stack in scene.shared if not stack.endswith("-data")))


def push_images(scene: Scene) -> None:
    """Push each service's image in the home region, and wait until every other region has it."""
    ecr = scene.emulator.clients("ecr", scene.home)
    for service in scene.application.repository_services:
        assert service.image is not None  # noqa: S101  else it had no repository
        repository, tag = f"{scene.application.name}/{service.name}", str(getattr(service.image, "tag", None))
        content = f"{repository} {tag}".encode()
        digest = scene.emulator.push_image(ecr, repository=repository, tag=tag, content=content)
        for region in scene.application.regions[1:]:
            _wait_for_image(scene, region, repository, digest)
        scene.narrator.show(f"{repository}:{tag} is {digest[:19]}… in {', '.join(scene.application.regions)}")


def _wait_for_image(scene: Scene, region: str, repository: str, digest: str) -> None:
    ecr = scene.emulator.clients("ecr", region)
    deadline = time.monotonic() + _REPLICATION_SECONDS
    while time.monotonic() < deadline:
        images = ecr.batch_get_image(repositoryName=repository, imageIds=[{"imageDigest": digest}])["images"]
        if images:
            return
        time.sleep(_LOOK_AGAIN_SECONDS)
    raise DemoError(f"{repository}@{digest} did not reach {region} within {_REPLICATION_SECONDS:.0f} s")


def apply_data(scene: Scene) -> None:
    """Make the tables and their replicas."""
    scene.deployment.apply(*(stack for stack in scene.shared if stack.endswith("-data")))


def apply_cells(scene: Scene) -> None:
    """Deploy to every region at the same time."""
    scene.deployment.apply(*scene.cells)
    scene.narrator.show(region_table(scene))


def plan_again(scene: Scene) -> None:
    """Plan every stack a second time: there must be nothing to do, which is Terraform's exit status 0."""
    changes = scene.deployment.have_changes(*scene.deployment.stacks)
    drifted = [stack for stack, changed in changes.items() if changed]
    require(not drifted, f"a second plan finds something to do in {', '.join(drifted)}")
    scene.narrator.show(f"nothing to do in {', '.join(changes)}")
