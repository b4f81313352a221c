"""The user's program: a Python file that states one application."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Annotated

import typer

from latitude.commands.beside import modules_beside
from latitude.spec import Application

ProgramFile = Annotated[
    Path,
    typer.Option("--program", "-p", help="The Python file that states the application.", exists=True, dir_okay=False),
]
DEFAULT_PROGRAM = Path("main.py")


def load(program: Path) -> Application:
    """Return the application that a program states, without running what it does as a script.

    Raises:
        InvalidDescriptionError: the description has faults.
        ValueError: the program states no application, or more than one.

    """
    with modules_beside(program.resolve().parent):
        names = runpy.run_path(str(program), run_name="latitude_program")
    found = {id(value): value for value in names.values() if isinstance(value, Application)}
    if len(found) != 1:
        raise ValueError(f"{program}: must state exactly one Application at its top level, got {len(found)}")
    return next(iter(found.values()))
