"""Third act: a release, and then everything is taken down again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude.demo import failover, opening
from latitude.demo.tables import region_table
from latitude.trial.revisions import with_tag

if TYPE_CHECKING:
    from latitude.demo.scene import Scene

_NEXT_TAG: Final = "next"


def release(scene: Scene) -> None:
    """Push an image and deploy it to both regions, while DNS leads to the one that was drained again."""
    scene.revise(with_tag(scene.application, _NEXT_TAG))
    opening.push_images(scene)
    scene.deployment.apply(*scene.cells, *scene.routing)
    scene.narrator.show(region_table(scene))
    failover.resolve(scene)


def prove_states_are_empty(scene: Scene) -> None:
    """Ask each state for what is left in it, and the buckets for locks."""
    scene.require_empty_states()
    scene.narrator.show(f"{len(scene.deployment.stacks)} states are empty and unlocked")


def prove_aws_is_as_before(scene: Scene) -> None:
    """Ask AWS: what is there now was there before."""
    scene.require_nothing_left()
    scene.narrator.show("AWS lists what it listed before, and no more")
