"""One embedded AWS per test, and an application on trial in it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import pytest

from latitude.commands.embedded import embedded_aws
from latitude.sandbox.control import Control
from latitude.sandbox.server import Sandbox
from latitude.trial.deployment import Deployment
from latitude.trial.jobs import Jobs
from latitude.trial.logs import Logs
from latitude.trial.provider import Provider
from latitude.trial.state_buckets import make_state_buckets
from latitude.trial.trial import Trial

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from latitude import Application

_OPERATION_SECONDS = 0.2
_JOINING = ("us-east-1", "us-west-2", "eu-west-1")
"""Regions that join an application in a test; what is left in them counts too."""


class Stage(Protocol):
    """Prepares an application for Terraform."""

    def __call__(self, application: Application) -> AbstractContextManager[Trial]:
        """Return the trial: prerequisites made, stacks synthesized and initialized, nothing applied."""


@pytest.fixture
def aws() -> Iterator[Sandbox]:
    """Run an embedded AWS that does things quickly, and in which nobody is needed for a connection's handshake."""
    with Sandbox(operation_seconds=_OPERATION_SECONDS, auto_handshake=True) as running:
        yield running


@pytest.fixture
def control(aws: Sandbox) -> Control:
    """Return its control plane."""
    return Control(aws.url)


@pytest.fixture
def stage(aws: Sandbox, tmp_path: Path) -> Stage:
    """Return what prepares an application in the embedded AWS."""
    embedded = embedded_aws(aws)

    @contextmanager
    def prepared(application: Application) -> Iterator[Trial]:
        listen = Logs(tmp_path / "logs").listen
        with Jobs() as jobs:
            folder = tmp_path / "cdktf.out"
            provider = Provider(embedded.environment, folder)
            deployment = Deployment(folder, provider=provider, listen=listen, jobs=jobs)
            regions = tuple(dict.fromkeys((*application.regions, *_JOINING)))
            trial = Trial(application=application, aws=embedded, deployment=deployment, regions=regions)
            make_state_buckets(application, embedded.clients)
            trial.prepare()
            trial.connect()
            yield trial

    return prepared
