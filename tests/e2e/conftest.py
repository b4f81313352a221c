"""One embedded AWS per test, and the steps of the demonstration to go through in it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import pytest
from rich.console import Console

from latitude.demo import opening
from latitude.demo.deployment import Deployment
from latitude.demo.emulator import Emulator
from latitude.demo.jobs import Jobs
from latitude.demo.narrator import Narrator
from latitude.demo.prerequisites import make_state_buckets
from latitude.demo.scene import Scene
from latitude.sandbox.control import Control
from latitude.sandbox.ecr.push import push_image
from latitude.sandbox.server import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from latitude import Application

_OPERATION_SECONDS = 0.2


class Stage(Protocol):
    """Prepares an application for Terraform."""

    def __call__(self, application: Application) -> AbstractContextManager[Scene]:
        """Return the scene: prerequisites made, stacks synthesized and initialized, nothing applied."""


@pytest.fixture
def aws() -> Iterator[Sandbox]:
    """Run an embedded AWS that does things quickly."""
    with Sandbox(operation_seconds=_OPERATION_SECONDS) as running:
        yield running


@pytest.fixture
def control(aws: Sandbox) -> Control:
    """Return its control plane."""
    return Control(aws.url)


@pytest.fixture
def stage(aws: Sandbox, control: Control, tmp_path: Path) -> Stage:
    """Return what prepares an application in the embedded AWS."""
    emulator = Emulator(environment=aws.child_environment(), control=control, push_image=push_image)

    @contextmanager
    def prepared(application: Application) -> Iterator[Scene]:
        narrator = Narrator(Console(quiet=True), tmp_path / "logs", steps=0)
        with Jobs() as jobs:
            deployment = Deployment(
                tmp_path / "cdktf.out", environment=emulator.environment, narrator=narrator, jobs=jobs
            )
            scene = Scene(application=application, emulator=emulator, deployment=deployment, narrator=narrator)
            make_state_buckets(application, emulator.clients)
            opening.prepare(scene)
            opening.synthesize(scene)
            yield scene

    return prepared
