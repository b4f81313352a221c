"""Fixtures for tests against the embedded AWS: ``pytest_plugins = ["latitude.sandbox.pytest_plugin"]``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest

from latitude.sandbox.control import Control
from latitude.sandbox.extra import require_embedded
from latitude.sandbox.server import REGION, Sandbox

try:
    require_embedded()
except ValueError as error:
    raise pytest.UsageError(f"latitude.sandbox.pytest_plugin: {error}") from error

from latitude.sandbox.testing import ManualClock

if TYPE_CHECKING:
    from collections.abc import Iterator


class ClientFactory(Protocol):
    """Makes boto3 clients of the sandbox."""

    def __call__(self, service: str, *, region: str = REGION, attempts: int = 1) -> Any:
        """Return a client that tries each call ``attempts`` times."""


@pytest.fixture
def clock() -> ManualClock:
    """Return the clock that the sandbox goes by in a test that asks for it."""
    return ManualClock()


@pytest.fixture
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """Run a fresh sandbox for one test."""
    clock = request.getfixturevalue("clock") if "clock" in request.fixturenames else None
    with Sandbox(clock=clock) as running:
        yield running


@pytest.fixture
def control(sandbox: Sandbox) -> Control:
    """Return the sandbox's control plane."""
    return Control(sandbox.url)


@pytest.fixture
def client(sandbox: Sandbox) -> ClientFactory:
    """Return a function that makes boto3 clients of the sandbox."""
    import boto3  # noqa: PLC0415 - the plugin is loaded for every test run, boto3 for the few that need it
    from botocore.config import Config  # noqa: PLC0415 - the same

    environment = sandbox.environment()
    session: Any = boto3.Session(
        aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
    )

    def make(service: str, *, region: str = REGION, attempts: int = 1) -> Any:
        config = Config(retries={"total_max_attempts": attempts}, proxies={})
        return session.client(service, region_name=region, endpoint_url=sandbox.url, config=config)

    return make
