"""First act: from nothing to an application that serves in two regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.demo.tables import region_table

if TYPE_CHECKING:
    from latitude.demo.scene import Scene


def prepare(scene: Scene) -> None:
    """Make what exists before the application does, and remember what there is."""
    scene.regions = scene.application.regions
    scene.prepare()


def push_images(scene: Scene) -> None:
    """Push each service's image in the home region, and wait until every other region has it."""
    for image in scene.push_images():
        regions = ", ".join(scene.application.regions)
        scene.narrator.show(f"{image.repository}:{image.tag} is {image.digest[:19]}… in {regions}")


def apply_cells(scene: Scene) -> None:
    """Deploy to every region at the same time."""
    scene.apply_services()
    scene.narrator.show(region_table(scene))


def plan_again(scene: Scene) -> None:
    """Plan every stack a second time: there must be nothing to do."""
    scene.require_no_changes()
    scene.narrator.show(f"nothing to do in {', '.join(scene.deployment.stacks)}")
