"""Which kind of compute runs a service: the one place that knows them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.constructs.compute.app_runner.kind import APP_RUNNER

if TYPE_CHECKING:
    from latitude.constructs.compute.interface import ComputeKind
    from latitude.spec import Service


def kind_of(service: Service) -> ComputeKind:
    """Return the kind of compute that runs a service; today there is one."""
    del service
    return APP_RUNNER
