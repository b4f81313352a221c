"""Every stack of an application, those too that a deployment leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.spec.cloud_state import CloudState
from latitude.spec.s3_state import S3State

if TYPE_CHECKING:
    from latitude.spec.application import Application


def every_stack(application: Application) -> tuple[str, ...]:
    """Return all the stacks as they are synthesized: what the others run with, then those that are deployed."""
    names, state = application.stack_names, application.state
    apart = {
        names.state: isinstance(state, S3State) and state.create is not None,
        names.workspaces: isinstance(state, CloudState) and state.workspaces is not None,
        names.pipeline: application.pipeline is not None,
    }
    return (*(name for name, there in apart.items() if there), *application.stack_regions)
