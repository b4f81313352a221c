from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.exceptions import ClientError
from rich.console import Console

from latitude import Application, S3State, StateBucket
from latitude.demo import buckets
from latitude.demo.scene import Scene
from latitude.trial.findings import TrialError
from latitude.trial.jobs import Jobs
from latitude.trial.narrator import Narrator
from tests.support.applications import example

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_PRINCIPAL = "arn:aws:iam::123456789012:role/ops"


class _Deployment:
    """Notes what it should synthesize, and says that it has made the buckets, or fails to."""

    def __init__(self, jobs: Jobs, *, fails: bool = False) -> None:
        self.stated: list[Application] = []
        self.jobs, self._fails = jobs, fails
        self.released = threading.Event()

    def beside(self, _: str) -> _Deployment:
        return self

    def synthesize(self, application: Application) -> None:
        self.stated.append(application)

    def bootstrap(self, stack: str, *, tell: Callable[[str], None]) -> str:
        tell(stack)
        if self._fails:
            raise TrialError("no bucket")
        assert self.released.wait(60)
        return "made"


class _Bucket:
    """S3, with buckets that have their policy at the second question, or never."""

    def __init__(self, *, never: bool) -> None:
        self._asked, self._never = 0, never

    def get_bucket_policy(self, **_: str) -> None:
        self._asked += 1
        if self._never or self._asked == 1:
            raise ClientError({"Error": {"Code": "NoSuchBucketPolicy"}}, "GetBucketPolicy")

    def get_bucket_encryption(self, **_: str) -> None:
        pass

    def get_bucket_versioning(self, **_: str) -> dict[str, str]:
        return {"Status": "Enabled"}


def _scene(deployment: _Deployment, folder: Path, *, never: bool = False) -> Scene:
    create = StateBucket(principals=(_PRINCIPAL,), noncurrent_days=5, replica_region="us-east-2")
    s3 = _Bucket(never=never)
    return Scene(
        application=example(state=S3State(bucket="orders-state-{region}", create=create)),
        aws=cast("Any", SimpleNamespace(clients=lambda *_: s3)),
        deployment=cast("Any", deployment),
        narrator=Narrator(Console(quiet=True), folder / "logs", steps=0),
    )


def test_bootstrap_of_an_application_that_states_its_buckets(tmp_path: Path) -> None:
    """Its buckets are made apart, and its stacks find them as they are, before their own state has moved."""
    with Jobs() as jobs:
        deployment = _Deployment(jobs)
        scene = _scene(deployment, tmp_path)
        buckets.begin(scene)
        (stated,) = deployment.stated
        assert stated.regions == ("us-east-1", "us-west-2")
        assert stated.state == S3State(bucket="orders-state-{region}", create=StateBucket(noncurrent_days=5))
        assert scene.application.state == S3State(bucket="orders-state-{region}")
        deployment.released.set()
        buckets.finish(scene)


def test_bootstrap_that_fails_before_the_buckets_are_there_is_not_waited_for(tmp_path: Path) -> None:
    """What went wrong comes out, in place of a wait for buckets that nobody makes."""
    with Jobs() as jobs, pytest.raises(TrialError, match="no bucket"):
        buckets.begin(_scene(_Deployment(jobs, fails=True), tmp_path, never=True))
