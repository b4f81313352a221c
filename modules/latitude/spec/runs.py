"""Whose runs there are: a pipeline's, or HCP Terraform's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.spec.base import fault
from latitude.spec.cloud_state import CloudState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.application import Application
    from latitude.spec.faults import Fault


def pipeline_faults(application: Application) -> Iterator[Fault]:
    """Yield a fault if a pipeline has roles where HCP Terraform runs Terraform."""
    if application.pipeline is not None and isinstance(application.state, CloudState):
        yield fault(
            "pipeline",
            message="must be unset with CloudState: HCP Terraform has the roles, see state.workspaces.role, "
            f"got {application.pipeline!r} (Latitude)",
        )


def run_faults(application: Application) -> Iterator[Fault]:
    """Yield a fault if HCP Terraform's runs have a role, and there is no stack that they could be of."""
    state = application.state
    workspaces = state.workspaces if isinstance(state, CloudState) else None
    if workspaces is None or workspaces.role is None:
        return
    if application.layout == "cells" and not application.services and not application.tables:
        yield fault(
            "state",
            "workspaces",
            "role",
            message="must be unset for an application without services and tables: it has no stack, and so no runs "
            f"that a role could trust, got {workspaces.role!r} (IAM policy grammar, Condition)",
        )
