"""The buckets that keep the application's state, made in the first act and removed in the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.demo import ending
from latitude.trial import state_buckets

if TYPE_CHECKING:
    from latitude.demo.scene import Scene


def bootstrap(scene: Scene) -> None:
    """Make a bucket in each region, and in the one that joins later."""
    regions = (*scene.application.regions, scene.newcomer)
    buckets = state_buckets.bootstrap(scene, regions, tell=scene.narrator.show)
    scene.narrator.show(f"versioned, encrypted, guarded: {', '.join(buckets)}")


def remove(scene: Scene) -> None:
    """Remove the buckets by hand, once the states in them are empty."""
    ending.prove_states_are_empty(scene)
    regions = (*scene.application.regions, *scene.regions)
    removed = state_buckets.remove(scene.application, regions, scene.aws.clients)
    scene.narrator.show(f"emptied and removed: {', '.join(removed)}")
