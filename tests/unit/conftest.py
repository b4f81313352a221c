"""Unit tests: no Terraform, no network, no AWS; seconds for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from pytest_socket import disable_socket

from latitude.spec import InvalidDescriptionError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.descriptions import Refusals

# The same examples on every run and machine: a test must not fail by chance.
settings.register_profile("unit", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unit")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Close sockets: what a unit test proves, it proves without the network."""
    disable_socket(allow_unix_socket=True)


@pytest.fixture
def refusals() -> Refusals:
    """Return what reads the faults of a description that has to be refused, each as its user reads it."""

    def read(describe: Callable[[], object]) -> list[str]:
        with pytest.raises(InvalidDescriptionError) as caught:
            describe()
        return [str(fault) for fault in caught.value.faults]

    return read
