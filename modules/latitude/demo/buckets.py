"""The buckets that keep the application's state: ``latitude bootstrap`` makes them, and they guard themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from latitude.demo.ending import prove_states_are_empty
from latitude.demo.revisions import revised
from latitude.demo.scene import require
from latitude.spec import Application, S3State, StateBucket

if TYPE_CHECKING:
    from latitude.demo.scene import Scene

_FOLDER: Final = "bootstrap"
_KEY_WAITS_DAYS: Final = 7


def bootstrap(scene: Scene) -> None:
    """Make a bucket in each region, and in the one that joins later; the state of that moves into the first of them."""
    state = _state(scene)
    regions = (*scene.application.regions, scene.newcomer)
    stated = Application(name=scene.application.name, regions=regions, state=_with_buckets(state))
    deployment = scene.deployment.beside(_FOLDER)
    deployment.synthesize(stated)
    stack = f"{stated.name}-state"
    outcome = deployment.bootstrap(stack, tell=scene.narrator.show)
    require(outcome == "made", f"bootstrap found {stack} {outcome}; it should have been made")
    buckets = ", ".join(dict.fromkeys(state.bucket_in(region) for region in regions))
    scene.narrator.show(f"versioned, encrypted, guarded: {buckets}")
    # They are there now, and their stack is no part of what is applied and destroyed from here on.
    scene.application = revised(scene.application, state=revised(state, create=None))


def remove(scene: Scene) -> None:
    """Remove the buckets by hand, once the states in them are empty: Terraform must not, as they are stated."""
    prove_states_are_empty(scene)
    state = _state(scene)
    regions = (*scene.application.regions, *scene.regions)
    places = {state.bucket_in(region): state.region_for(region, scene.application) for region in regions}
    for bucket, region in places.items():
        _empty(scene.emulator.clients("s3", region), bucket)
        _forget_key(scene.emulator.clients("kms", region), f"alias/{scene.application.name}-terraform-state")
    scene.narrator.show(f"emptied and removed: {', '.join(places)}")


def _state(scene: Scene) -> S3State:
    state = scene.application.state
    assert isinstance(state, S3State)  # noqa: S101  see the steps of the story
    return state


def _with_buckets(state: S3State) -> S3State:
    # Whom the user's policy names is not known to the emulator; a replica would have to be taken down by hand as well.
    buckets = StateBucket() if state.create is None else revised(state.create, principals=(), replica_region=None)
    return revised(state, create=buckets, kms_key_arn=None)


def _empty(s3: Any, bucket: str) -> None:
    # Its own policy keeps everybody from removing it.
    s3.delete_bucket_policy(Bucket=bucket)
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
        versions = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
        for version in versions:
            s3.delete_object(Bucket=bucket, Key=version["Key"], VersionId=version["VersionId"])
    s3.delete_bucket(Bucket=bucket)


def _forget_key(kms: Any, alias: str) -> None:
    key = kms.describe_key(KeyId=alias)["KeyMetadata"]["KeyId"]
    kms.delete_alias(AliasName=alias)
    kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=_KEY_WAITS_DAYS)
