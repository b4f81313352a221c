"""The buckets that keep the application's state.

Those that the application finds are plain; those that ``latitude bootstrap`` makes guard themselves.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from latitude.spec import Application, S3State, StateBucket
from latitude.trial.revisions import revised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from latitude.operate.bootstrap import Outcome
    from latitude.trial.aws import Clients
    from latitude.trial.trial import Trial

_FOLDER: Final = "bootstrap"
_KEY_WAITS_DAYS: Final = 7
_LOOK_AGAIN_SECONDS: Final = 0.5
_DEFAULT_REGION: Final = "us-east-1"
"""S3's own default region, the one that it does not take as a constraint (Amazon S3 CreateBucket)."""


def make_state_buckets(application: Application, clients: Clients) -> None:
    """Make the buckets of the application's state, versioned and encrypted, as the state requires; leave what exists.

    State that is not in S3 has none.
    """
    state = application.state
    if not isinstance(state, S3State):
        return
    regions = state.regions(application)
    buckets = {state.bucket_in(region): state.region_for(region, application) for region in regions}
    for bucket, region in buckets.items():
        s3 = clients("s3", region)
        if bucket in {found["Name"] for found in s3.list_buckets()["Buckets"]}:
            continue
        where = {} if region == _DEFAULT_REGION else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        s3.create_bucket(Bucket=bucket, **where)
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
        s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [rule]})


def bootstrap(trial: Trial, regions: Iterable[str], *, tell: Callable[[str], None]) -> Future[Outcome]:
    """Begin to make a bucket in each of ``regions``, whose own state moves into the first of them; return the outcome.

    Their stack is no part of what the trial applies and destroys from there on.
    """
    state = _s3_state(trial.application)
    stated = Application(name=trial.application.name, regions=tuple(regions), state=_with_buckets(state))
    deployment = trial.deployment.beside(_FOLDER)
    deployment.synthesize(stated)
    trial.application = revised(trial.application, state=revised(state, create=None))
    return deployment.jobs.begin(lambda: deployment.bootstrap(stated.stack_names.state, tell=tell))


def await_guarded(application: Application, clients: Clients, *, unless: Future[Outcome]) -> tuple[str, ...]:
    """Wait until the buckets keep every version, encrypted, and have their policy; return them.

    Raises:
        Exception: what is making them, ``unless``, has failed.

    """
    state = _s3_state(application)
    places = {state.bucket_in(region): state.region_for(region, application) for region in application.regions}
    for bucket, region in places.items():
        while not _is_guarded(clients("s3", region), bucket):
            if unless.done():
                unless.result()
            time.sleep(_LOOK_AGAIN_SECONDS)
    return tuple(places)


def remove(application: Application, regions: Iterable[str], clients: Clients) -> tuple[str, ...]:
    """Remove the buckets of ``regions``, and return them: Terraform must not, as they are stated.

    All that is in them goes too; ask the states first.
    """
    state = _s3_state(application)
    places = {state.bucket_in(region): state.region_for(region, application) for region in regions}
    for bucket, region in places.items():
        _empty(clients("s3", region), bucket)
        _forget_key(clients("kms", region), f"alias/{application.aws_names.state_key_alias}")
    return tuple(places)


def _s3_state(application: Application) -> S3State:
    """Return where the application's state is, which must be in S3."""
    assert isinstance(application.state, S3State)  # noqa: S101  nobody else has buckets
    return application.state


def _with_buckets(state: S3State) -> S3State:
    # Whom the user's policy names, the AWS of a trial does not know; a replica would have to be taken down by hand too.
    buckets = StateBucket() if state.create is None else revised(state.create, principals=(), replica_region=None)
    return revised(state, create=buckets, kms_key_arn=None)


def _is_guarded(s3: Any, bucket: str) -> bool:
    try:
        s3.get_bucket_policy(Bucket=bucket)
        s3.get_bucket_encryption(Bucket=bucket)
        return bool(s3.get_bucket_versioning(Bucket=bucket).get("Status") == "Enabled")
    except ClientError:
        return False


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
