"""The embedded AWS, as trials see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from latitude.sandbox.server import Sandbox
    from latitude.trial.aws import EmbeddedAws


def embedded_aws(running: Sandbox) -> EmbeddedAws:
    """Return what trials need of an embedded AWS that runs."""
    from latitude.sandbox.control import Control  # noqa: PLC0415  what needs the embedded AWS loads with it
    from latitude.sandbox.ecr.push import push_image  # noqa: PLC0415  the same
    from latitude.trial.aws import EmbeddedAws  # noqa: PLC0415  the same
    from latitude.trial.clients import EndpointClients  # noqa: PLC0415  the same

    return EmbeddedAws(
        environment=running.child_environment(),
        clients=EndpointClients(running.url),
        push_image=push_image,
        control=Control(running.url),
    )
