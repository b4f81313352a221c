"""The user's program: a Python file that states one application, or several."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from latitude.commands.beside import modules_beside
from latitude.spec import Application
from latitude.spec.faults import raise_if_any
from latitude.spec.program import program_faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ProgramFile = Annotated[
    Path,
    typer.Option("--program", "-p", help="The Python file that states the application.", exists=True, dir_okay=False),
]
DEFAULT_PROGRAM = Path("main.py")
ApplicationName = Annotated[
    str | None,
    typer.Option("--application", "-a", help="Which of the program's applications; needed where it states several."),
]
OneOrAll = Annotated[
    str | None, typer.Option("--application", "-a", help="One of the program's applications; unset: all of them.")
]


def load(program: Path, name: str | None = None) -> Application:
    """Return the one application that a program states, or of several the one that is named.

    Raises:
        InvalidDescriptionError: a description has faults, or two of them collide.
        ValueError: the program states none, none of that name, or several where none is named.

    """
    return picked(load_all(program), name, program=program)


def load_all(program: Path) -> tuple[Application, ...]:
    """Return the applications that a program states, without running what it does as a script.

    They stand at its top level, by themselves or in lists, tuples and dicts. What has a name that begins with ``_`` is
    the program's own, such as a description that others are made from.

    Raises:
        InvalidDescriptionError: a description has faults, or two of them collide.
        ValueError: the program states no application.

    """
    with modules_beside(program.resolve().parent):
        names = runpy.run_path(str(program), run_name="latitude_program")
    public = [value for name, value in names.items() if not name.startswith("_")]
    found = tuple({id(each): each for each in _applications(public)}.values())
    if not found:
        raise ValueError(f"{program}: must state an Application at its top level, got none")
    raise_if_any(program_faults(found))
    return found


def picked(applications: Sequence[Application], name: str | None, *, program: Path) -> Application:
    """Return the application of that name, or without a name the only one.

    Raises:
        ValueError: there is none of the name, or one has to be named.

    """
    found = [each for each in applications if name is None or each.name == name]
    if len(found) != 1:
        names = ", ".join(each.name for each in applications)
        given = "none" if name is None else repr(name)
        raise ValueError(f"--application: must be one of those that {program} states, {names}, got {given}")
    return found[0]


def wanted(applications: Sequence[Application], name: str | None, *, program: Path) -> Sequence[Application]:
    """Return the application of that name, or without a name all of them.

    Raises:
        ValueError: there is none of the name.

    """
    return applications if name is None else [picked(applications, name, program=program)]


def _applications(value: Any) -> Iterator[Application]:
    if isinstance(value, Application):
        yield value
    elif isinstance(value, dict):
        yield from _applications(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _applications(each)
