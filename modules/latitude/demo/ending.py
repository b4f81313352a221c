"""Third act: a region joins, and then everything is taken down again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude.demo import failover, opening
from latitude.trial.revisions import with_region, with_tag

if TYPE_CHECKING:
    from latitude.demo.scene import Scene

_NEXT_TAG: Final = "next"


def welcome_region(scene: Scene) -> None:
    """Add a region to the registry and to the tables, with a new image: ECR copies only what is pushed afterwards."""
    scene.join(with_tag(with_region(scene.application, scene.newcomer), _NEXT_TAG))
    scene.deployment.apply(*scene.shared)
    opening.push_images(scene)


def deploy_everywhere(scene: Scene) -> None:
    """Deploy to all regions, of which none drains any more."""
    opening.apply_cells(scene)
    failover.resolve(scene)


def prove_states_are_empty(scene: Scene) -> None:
    """Ask each state for what is left in it, and the buckets for locks."""
    scene.require_empty_states()
    scene.narrator.show(f"{len(scene.deployment.stacks)} states are empty and unlocked")


def prove_aws_is_as_before(scene: Scene) -> None:
    """Ask AWS: what is there now was there before."""
    scene.require_nothing_left()
    scene.narrator.show("AWS lists what it listed before, and no more")
