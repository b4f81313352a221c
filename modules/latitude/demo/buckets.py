"""The buckets that keep the application's state, made in the first act and removed in the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.demo import ending
from latitude.trial import state_buckets

if TYPE_CHECKING:
    from latitude.demo.scene import Scene


def bootstrap(scene: Scene) -> None:
    """Make a bucket in each region."""
    buckets = state_buckets.bootstrap(scene, scene.application.regions, tell=scene.narrator.show)
    scene.narrator.show(f"versioned, encrypted, guarded: {', '.join(buckets)}")


def remove(scene: Scene) -> None:
    """Remove the buckets by hand, once the states in them are empty."""
    ending.prove_states_are_empty(scene)
    removed = state_buckets.remove(scene.application, scene.application.regions, scene.aws.clients)
    scene.narrator.show(f"emptied and removed: {', '.join(removed)}")
