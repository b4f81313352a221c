"""``latitude check`` and ``latitude synth``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from modules.commands.program import DEFAULT_PROGRAM, ProgramFile, load


def check(program: ProgramFile = DEFAULT_PROGRAM) -> None:
    """Check the description, and write nothing."""
    application = load(program)
    typer.echo(f"{application.name}: no faults; regions {', '.join(application.regions)}, layout {application.layout}.")


def synth(
    program: ProgramFile = DEFAULT_PROGRAM,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write to.")] = Path("cdktf.out"),
) -> None:
    """Write Terraform JSON, one folder per stack."""
    application = load(program)
    from modules.stacks import synthesize  # noqa: PLC0415  # cdktf is loaded for a description without faults

    for name in synthesize(application, out):
        typer.echo(str(out / "stacks" / name))
