"""``latitude pipeline``."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Literal

import typer

from latitude.commands.program import DEFAULT_PROGRAM, ApplicationName, ProgramFile, load_all, picked
from latitude.files import make_folder, write_text


def pipeline(
    kind: Annotated[Literal["github"], typer.Argument(help="Whose pipeline: github.")],
    program: ProgramFile = DEFAULT_PROGRAM,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write to.")] = Path(".github/workflows"),
    *,
    named: ApplicationName = None,
    first: Annotated[str | None, typer.Option(help="The region that goes first; unset: the home region.")] = None,
    install: Annotated[str, typer.Option(help="What installs Latitude there.")] = "pip install -r requirements.txt",
) -> None:
    """Write a workflow that plans on pull requests and rolls out region by region."""
    applications = load_all(program)
    application = picked(applications, named, program=program)
    from latitude.operate.order import require_command_line, stages  # noqa: PLC0415  loaded for a description without faults
    from latitude.operate.workflow import workflow  # noqa: PLC0415  the same
    from latitude.stacks import synthesize  # noqa: PLC0415  the same

    require_command_line(application)
    make_folder(out)
    with tempfile.TemporaryDirectory() as folder:
        names = synthesize(*applications, outdir=Path(folder), only=application)
    leading = None if application.layout == "single" else application.home_region if first is None else first
    written = out / f"{application.name}-{kind}.yml"
    write_text(written, workflow(application, stages(application, names, first=leading), install=install))
    typer.echo(str(written))
