from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from rich.console import Console

from latitude import Application, S3State, StateBucket
from latitude.demo import buckets
from latitude.demo.narrator import Narrator
from latitude.demo.scene import Scene
from tests.support.applications import example

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_PRINCIPAL = "arn:aws:iam::123456789012:role/ops"


class _Deployment:
    """Notes what it should synthesize, and says that it has made the buckets."""

    def __init__(self) -> None:
        self.stated: list[Application] = []

    def beside(self, _: str) -> _Deployment:
        return self

    def synthesize(self, application: Application) -> None:
        self.stated.append(application)

    def bootstrap(self, stack: str, *, tell: Callable[[str], None]) -> str:
        tell(stack)
        return "made"


def test_bootstrap_of_an_application_that_states_its_buckets(tmp_path: Path) -> None:
    """Its buckets are made apart, and its stacks then find them as they are."""
    create = StateBucket(principals=(_PRINCIPAL,), noncurrent_days=5, replica_region="us-east-2")
    application = example(state=S3State(bucket="orders-state-{region}", create=create))
    deployment = _Deployment()
    narrator = Narrator(Console(quiet=True), tmp_path / "logs", steps=0)
    nobody = cast("Any", None)
    scene = Scene(application=application, aws=nobody, deployment=cast("Any", deployment), narrator=narrator)
    buckets.bootstrap(scene)
    (stated,) = deployment.stated
    assert stated.regions == ("us-east-1", "us-west-2")
    assert stated.state == S3State(bucket="orders-state-{region}", create=StateBucket(noncurrent_days=5))
    assert scene.application.state == S3State(bucket="orders-state-{region}")
