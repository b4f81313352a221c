"""``latitude check`` and ``latitude synth``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from latitude.commands.program import DEFAULT_PROGRAM, OneOrAll, ProgramFile, load_all, picked, wanted
from latitude.commands.tools import terraform_environment
from latitude.spec.quotas import quota_notes

if TYPE_CHECKING:
    from collections.abc import Sequence


def check(program: ProgramFile = DEFAULT_PROGRAM, *, named: OneOrAll = None) -> None:
    """Check the description, and write nothing."""
    applications = load_all(program)
    for application in wanted(applications, named, program=program):
        regions = ", ".join(application.regions)
        typer.echo(f"{application.name}: no faults; regions {regions}, layout {application.layout}.")
    for note in quota_notes(applications):
        typer.echo(f"Note: {note}.")


def synth(
    program: ProgramFile = DEFAULT_PROGRAM,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The folder to write to; unset: cdktf.out, without lock files.")
    ] = None,
    *,
    named: OneOrAll = None,
    lock: Annotated[
        bool | None, typer.Option(help="Make Terraform's lock files, or fail; unset: where it can be done, with --out.")
    ] = None,
    platform: Annotated[
        list[str] | None, typer.Option(help="A platform that runs the folders, such as linux_amd64; may be repeated.")
    ] = None,
) -> None:
    """Write Terraform JSON, one folder per stack, with Terraform's lock file."""
    applications = load_all(program)
    only = None if named is None else picked(applications, named, program=program)
    from latitude.operate.stack_record import StackRecord  # noqa: PLC0415  # loaded for a description without faults
    from latitude.spec.every_stack import every_stack  # noqa: PLC0415  the same
    from latitude.stacks import synthesize  # noqa: PLC0415  the same
    from latitude.stacks.locks import copy_locks  # noqa: PLC0415  the same

    folder = Path("cdktf.out") if out is None else out
    names = synthesize(*applications, outdir=folder, only=only)
    for name in names:
        typer.echo(str(folder / "stacks" / name))
    for application in applications if only is None else [only]:
        record = StackRecord.beside(folder, application.name)
        for name in record.renew(folder, every_stack(application)):
            typer.echo(
                f"{name} has left the description, and is in {record.path.name}: `latitude deploy` looks whether it "
                "has left anything behind.",
                err=True,
            )
    wanted = lock if lock is not None else out is not None and (bool(platform) or not copy_locks(folder, names))
    if wanted and not _locked(folder, names, platform) and lock:
        raise typer.Exit(1)


def _locked(folder: Path, names: Sequence[str], platforms: Sequence[str] | None) -> bool:
    """Lock the providers, and say which are not; return whether all of them are."""
    from latitude.operate.locking import PLATFORMS, lock  # noqa: PLC0415  only what runs Terraform needs it

    environment = terraform_environment()
    missing = lock(folder, names, environment=environment, platforms=PLATFORMS if platforms is None else platforms)
    if missing:
        typer.echo("\n  ".join(["Not in the lock files:", *map(str, missing)]), err=True)
    return not missing
