"""``latitude pipeline``."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from latitude.commands.program import DEFAULT_PROGRAM, ApplicationName, ProgramFile, load_all, picked
from latitude.files import make_folder, write_text

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORKFLOWS = Path(".github/workflows")
_INSTALL = "pip install -r requirements.txt"


def pipeline(  # noqa: PLR0913  # each is an option of the command
    kind: Annotated[Literal["github"], typer.Argument(help="Whose pipeline: github.")],
    program: ProgramFile = DEFAULT_PROGRAM,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write to.")] = _WORKFLOWS,
    *,
    named: ApplicationName = None,
    first: Annotated[str | None, typer.Option(help="The region that goes first; unset: the home region.")] = None,
    install: Annotated[str, typer.Option(help="What installs Latitude there.")] = _INSTALL,
    branch: Annotated[
        str | None, typer.Option(help="The branch whose pushes are applied; unset: as pipeline says, or main.")
    ] = None,
    environment: Annotated[
        str | None, typer.Option(help="GitHub's environment for applies; unset: as pipeline says, or production.")
    ] = None,
    plan_variable: Annotated[
        str | None,
        typer.Option(help="The variable with the role for plans, or HCP's secret; unset: AWS_PLAN_ROLE_ARN."),
    ] = None,
    apply_variable: Annotated[str | None, typer.Option(help="The same for applies; unset: AWS_APPLY_ROLE_ARN.")] = None,
) -> None:
    """Write a workflow that plans on pull requests and rolls out region by region; one file for an application."""
    applications = load_all(program)
    application = picked(applications, named, program=program)
    from latitude.operate.binary import is_opentofu  # noqa: PLC0415  loaded for a description without faults
    from latitude.operate.order import require_command_line, stages  # noqa: PLC0415  the same
    from latitude.operate.workflow import workflow  # noqa: PLC0415  the same
    from latitude.operate.workflow_settings import Settings  # noqa: PLC0415  the same
    from latitude.stacks import synthesize  # noqa: PLC0415  the same

    require_command_line(application)
    where = _given({"--program": _in_repository(program), "--application": named if len(applications) > 1 else None})
    options = {
        "--out": None if out == _WORKFLOWS else out.as_posix(),
        "--first": first,
        "--install": None if install == _INSTALL else install,
        "--branch": branch,
        "--environment": environment,
        "--plan-variable": plan_variable,
        "--apply-variable": apply_variable,
    }
    settings = Settings(
        opentofu=is_opentofu(os.environ),
        arguments=where,
        line=("latitude", "pipeline", kind, *where, *_given(options)),
        branch=branch,
        environment=environment,
        plan_variable=plan_variable,
        apply_variable=apply_variable,
    ).checked(application)
    make_folder(out)
    with tempfile.TemporaryDirectory() as folder:
        names = synthesize(*applications, outdir=Path(folder), only=application)
    leading = None if application.layout == "single" else application.home_region if first is None else first
    written = out / f"{application.name}-{kind}.yml"
    order = stages(application, names, first=leading)
    write_text(written, workflow(application, order, install=install, settings=settings))
    typer.echo(str(written))


def _in_repository(program: Path) -> str | None:
    """Return the program as a job finds it, which runs in the repository's folder; none for the usual one.

    Raises:
        ValueError: the program is not below the folder that this runs in.

    """
    try:
        below = program.resolve().relative_to(Path.cwd().resolve())
    except ValueError:
        raise ValueError(
            f"--program: must be below this folder, which has to be the repository's: the workflow runs it there, got "
            f"{str(program)!r}"
        ) from None
    return None if below == DEFAULT_PROGRAM else below.as_posix()


def _given(options: Mapping[str, str | None]) -> tuple[str, ...]:
    return tuple(word for name, value in options.items() if value is not None for word in (name, value))
