"""The ``latitude`` command."""

from __future__ import annotations

import sys

import typer

from latitude.commands import bootstrap, demo, deploy, diagram, doctor, emit, migrate, pipeline, resolve, sandbox, synth
from latitude.spec import InvalidDescriptionError

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
app.command()(demo.demo)
app.command()(sandbox.sandbox)
app.command()(resolve.resolve)
app.command()(doctor.doctor)


def main() -> None:
    """Run the command; a wrong description ends with its report and status 1."""
    try:
        app()
    except (InvalidDescriptionError, ValueError) as error:
        typer.echo(str(error), err=True)
        sys.exit(1)
