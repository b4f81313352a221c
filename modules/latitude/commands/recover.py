"""``latitude recover``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from latitude.commands.printed import print_file
from latitude.commands.program import DEFAULT_PROGRAM, ApplicationName, ProgramFile, load_all, picked


def recover(
    stacks: Annotated[list[str] | None, typer.Argument(help="The stacks whose state was lost; unset: all.")] = None,
    program: ProgramFile = DEFAULT_PROGRAM,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to synthesize to.")] = Path("cdktf.out"),
    *,
    named: ApplicationName = None,
) -> None:
    """Print the script that imports what exists in AWS into states that were lost; it changes no AWS."""
    applications = load_all(program)
    application = picked(applications, named, program=program)
    from latitude.operate.recovery import recovery  # noqa: PLC0415  for a description without faults
    from latitude.stacks import synthesize  # noqa: PLC0415  the same

    names = synthesize(*applications, outdir=out, only=application)
    unknown = [stack for stack in stacks or () if stack not in names]
    if unknown:
        raise ValueError(f"stacks: must be among {', '.join(names)}, got {', '.join(unknown)}")
    wanted = names if not stacks else [name for name in names if name in stacks]
    print_file(recovery(wanted, folder=out / "stacks"))
