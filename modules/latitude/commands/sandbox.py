"""``latitude sandbox``."""

from __future__ import annotations

from functools import partial
from pathlib import Path  # noqa: TC003  typer reads the annotations when the command runs
from typing import TYPE_CHECKING, Annotated

import typer

from latitude.commands.embedded import embedded_aws
from latitude.commands.program import OneOrAll, load_all, wanted
from latitude.files import require_writable, writing
from latitude.sandbox.extra import require_embedded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.sandbox.server import Sandbox
    from latitude.spec import Application


def sandbox(
    port: Annotated[int, typer.Option(help="The port on loopback; 0 takes a free one.", min=0, max=65535)] = 0,
    operation_seconds: Annotated[
        float, typer.Option(help="How long an operation of App Runner stays in progress.", min=0)
    ] = 0.5,
    replication_delay_seconds: Annotated[
        float, typer.Option(help="How long a write, or an image, takes to another region.", min=0)
    ] = 0.0,
    program: Annotated[
        Path | None,
        typer.Option(
            "--for",
            help="Make all that this program's applications find in AWS: buckets, zones, networks, secrets, keys.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option(
            help="Bring back what was kept in this file, if it exists, and keep it there at the end. To read a file "
            "of this kind is to run what it says: it is read only if it is yours alone, and sealed with your key."
        ),
    ] = None,
    *,
    named: OneOrAll = None,
    auto_handshake: Annotated[
        bool,
        typer.Option(
            "--auto-handshake",
            help="Complete the handshake of App Runner's new connections, which in AWS somebody does in the console.",
        ),
    ] = False,
    same_validation: Annotated[
        bool,
        typer.Option(
            "--same-validation",
            help="Validate a domain's certificate by the same records in every region; otherwise by each region's own.",
        ),
    ] = False,
) -> None:
    """Serve an embedded AWS on loopback until Ctrl-C, and print the environment that leads to it."""
    require_embedded()
    applications = () if program is None else wanted(load_all(program), named, program=program)
    if keep is not None:
        require_writable(keep)
    from latitude.sandbox.server import serve  # noqa: PLC0415  only this command needs it

    try:
        serve(
            port=port,
            operation_seconds=operation_seconds,
            replication_delay_seconds=replication_delay_seconds,
            auto_handshake=auto_handshake,
            same_validation=same_validation,
            keep=keep,
            prepare=partial(_prepare, applications) if applications else None,
        )
    except OSError as error:
        if keep is not None and error.filename is not None:
            with writing(keep):
                raise
        raise ValueError(f"--port: must be a free port, got {port}: {error.strerror}") from error


def _prepare(applications: Sequence[Application], running: Sandbox) -> None:
    from latitude.trial.prerequisites import make_prerequisites  # noqa: PLC0415  what needs the embedded AWS loads with it

    for application in applications:
        make_prerequisites(application, embedded_aws(running))
