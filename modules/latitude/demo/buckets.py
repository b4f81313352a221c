"""The buckets that keep the application's state, made in the first act and removed in the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.demo import ending
from latitude.trial import state_buckets
from latitude.trial.findings import require

if TYPE_CHECKING:
    from latitude.demo.scene import Scene


def begin(scene: Scene) -> None:
    """Make a bucket in each region, and go on as soon as states may be written to them.

    Their rules of what is kept for how long take Terraform's provider 50 seconds more (its resource
    ``aws_s3_bucket_lifecycle_configuration`` asks ten times whether they are still there).
    """
    scene.buckets = state_buckets.bootstrap(scene, scene.application.regions, tell=scene.narrator.show)
    names = state_buckets.await_guarded(scene.application, scene.aws.clients, unless=scene.buckets)
    scene.narrator.show(f"versioned, encrypted, guarded: {', '.join(names)}")


def finish(scene: Scene) -> None:
    """Wait until the state of the buckets' own making is in the first of them."""
    assert scene.buckets is not None  # noqa: S101  see begin
    (outcome,) = scene.deployment.jobs.finish(scene.buckets)
    require(outcome == "made", f"the buckets were {outcome}; they should have been made")


def remove(scene: Scene) -> None:
    """Remove the buckets by hand, once the states in them are empty."""
    ending.prove_states_are_empty(scene)
    removed = state_buckets.remove(scene.application, scene.application.regions, scene.aws.clients)
    scene.narrator.show(f"emptied and removed: {', '.join(removed)}")
