"""Third act: a region joins, and then everything is taken down again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude.demo import failover, opening
from latitude.demo.prerequisites import make_surroundings
from latitude.demo.revisions import with_draining, with_region, with_tag
from latitude.demo.scene import require
from latitude.spec import S3State

if TYPE_CHECKING:
    from latitude.demo.scene import Scene

_NEXT_TAG: Final = "next"


def welcome_region(scene: Scene) -> None:
    """Add a region to the registry and to the tables, with a new image: ECR copies only what is pushed afterwards."""
    newcomer = scene.newcomer
    application = with_tag(with_region(with_draining(scene.application), newcomer), _NEXT_TAG)
    make_surroundings(application, scene.emulator)
    scene.revise(application)
    scene.deployment.init(scene.cell(newcomer))
    scene.deployment.apply(*scene.shared)
    opening.push_images(scene)


def deploy_everywhere(scene: Scene) -> None:
    """Deploy to all regions, of which none drains any more."""
    opening.apply_cells(scene)
    failover.resolve(scene)


def destroy(scene: Scene) -> None:
    """Destroy the regions first, and then what they share."""
    scene.deployment.destroy(*scene.cells)
    scene.deployment.destroy(*scene.shared)


def prove_nothing_is_left(scene: Scene) -> None:
    """Ask each state, then AWS."""
    prove_states_are_empty(scene)
    prove_aws_is_as_before(scene)


def prove_states_are_empty(scene: Scene) -> None:
    """Ask each state for what is left in it, and the buckets for locks."""
    left = scene.deployment.left_in_state(*scene.deployment.stacks)
    require(not left, f"in state there is still {', '.join(left)}")
    locks = _locks(scene)
    require(not locks, f"locks were left: {', '.join(locks)}")
    scene.narrator.show(f"{len(scene.deployment.stacks)} states are empty and unlocked")


def prove_aws_is_as_before(scene: Scene) -> None:
    """Ask AWS: what is there now was there before."""
    after = opening.take_inventory(scene)
    extra, gone = sorted(after - scene.before), sorted(scene.before - after)
    require(not extra, f"in the emulator there is still {', '.join(extra)}")
    require(not gone, f"of what was there before, this is gone: {', '.join(gone)}")
    scene.narrator.show("AWS lists what it listed before, and no more")


def _locks(scene: Scene) -> list[str]:
    state = scene.application.state
    if not isinstance(state, S3State):
        return []
    found = []
    for region in scene.application.regions:
        s3 = scene.emulator.clients("s3", state.region_for(region, scene.application))
        listed = s3.list_objects_v2(Bucket=state.bucket_in(region)).get("Contents", [])
        found += [entry["Key"] for entry in listed if entry["Key"].endswith(".tflock")]
    return found
