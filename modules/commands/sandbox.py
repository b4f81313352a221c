"""``latitude sandbox``."""

from __future__ import annotations

from typing import Annotated

import typer

from modules.commands.embedded import require_embedded


def sandbox(
    port: Annotated[int, typer.Option(help="The port on loopback; 0 takes a free one.", min=0, max=65535)] = 0,
    operation_seconds: Annotated[
        float, typer.Option(help="How long an operation of App Runner stays in progress.", min=0)
    ] = 0.5,
    replication_delay_seconds: Annotated[
        float, typer.Option(help="How long a write, or an image, takes to another region.", min=0)
    ] = 0.0,
    *,
    manual_handshake: Annotated[
        bool, typer.Option(help="Leave App Runner's connections to the control plane's complete-handshake.")
    ] = False,
) -> None:
    """Serve an embedded AWS on loopback until Ctrl-C, and print the environment that leads to it."""
    require_embedded()
    from sandbox.server import serve  # noqa: PLC0415  only this command needs it

    try:
        serve(
            port=port,
            operation_seconds=operation_seconds,
            replication_delay_seconds=replication_delay_seconds,
            auto_handshake=not manual_handshake,
        )
    except OSError as error:
        raise ValueError(f"--port: must be a free port, got {port}: {error.strerror}") from error
