"""``latitude diagram``."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  typer reads the annotations when the command runs
from typing import Annotated

import typer

from latitude.commands.printed import print_file
from latitude.commands.program import DEFAULT_PROGRAM, OneOrAll, ProgramFile, load_all, wanted
from latitude.files import write_text


def diagram(
    program: ProgramFile = DEFAULT_PROGRAM,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The file to write; unset: standard output.")] = None,
    *,
    named: OneOrAll = None,
) -> None:
    """Draw the applications' architecture as SVG, one below the other."""
    applications = wanted(load_all(program), named, program=program)
    from latitude.diagram.picture import draw  # noqa: PLC0415  only this command needs it

    picture = draw(*applications)
    if out is None:
        print_file(picture)
    else:
        write_text(out, picture)
