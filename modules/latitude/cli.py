"""The ``latitude`` command."""

from __future__ import annotations

import errno
import sys
import tempfile

import typer

from latitude.commands import (
    acceptance,
    bootstrap,
    demo,
    deploy,
    diagram,
    doctor,
    emit,
    migrate,
    pipeline,
    recover,
    resolve,
    sandbox,
    synth,
)
from latitude.commands.printed import spell_out_what_the_terminal_lacks
from latitude.spec import InvalidDescriptionError

_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
"""Of whatever file it may be, a temporary one too: nothing that a traceback would explain."""

app = typer.Typer(
    name="latitude",
    help="One Python description of a web application; Terraform for AWS App Runner in several regions.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(synth.check)
app.command()(synth.synth)
app.command()(emit.emit)
app.command()(diagram.diagram)
app.command()(bootstrap.bootstrap)
app.command()(deploy.deploy)
app.command()(pipeline.pipeline)
app.command()(migrate.migrate)
app.command()(recover.recover)
app.command()(demo.demo)
app.command()(sandbox.sandbox)
app.command()(resolve.resolve)
app.command()(acceptance.acceptance)
app.command()(doctor.doctor)


def main() -> None:
    """Run the command; a wrong description ends with its report and status 1."""
    spell_out_what_the_terminal_lacks()
    try:
        app()
    except (InvalidDescriptionError, ValueError) as error:
        typer.echo(str(error), err=True)
        sys.exit(1)
    except OSError as error:
        if error.errno not in _DISK:
            raise
        place = tempfile.gettempdir() if error.filename is None else error.filename
        typer.echo(f"{place} can't be written: {error.strerror}", err=True)
        sys.exit(1)
