"""``latitude emit``."""

from __future__ import annotations

import shlex
from pathlib import Path  # noqa: TC003  # typer reads it
from typing import Annotated

import typer

from latitude.files import make_folder
from latitude.hcl.tree import differences, renew
from latitude.spec.app_runner import APP_RUNNER


def emit(
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write to.")],
    regions: Annotated[str, typer.Option("--regions", "-r", help="The regions, with commas; the home region first.")],
    *,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail if it would change anything.")] = False,
) -> None:
    """Write HCL modules, for teams who write HCL."""
    named = list(dict.fromkeys(regions.replace(" ", "").split(",")))
    unknown = [region for region in named if region not in APP_RUNNER.regions]
    if unknown:
        raise ValueError(f"--regions: must be among {', '.join(APP_RUNNER.regions)}, got {', '.join(unknown)}")
    if not check:
        make_folder(out)
    from latitude.hcl.emit import emitted  # noqa: PLC0415  # nothing is loaded for regions that are refused

    files = emitted(named)
    if not check:
        found = renew(files, out)
        written = len(found.missing) + len(found.stale)
        typer.echo(f"{out}: {len(files)} files, {written} written, {len(found.left)} removed")
        return
    found = differences(files, out)
    if str(found):
        again = shlex.join(["latitude", "emit", "--out", str(out), "--regions", ",".join(named)])
        raise ValueError(f"{out} is not what is emitted now: {found}; `{again}` renews it")
    typer.echo(f"{out}: {len(files)} files, as they are emitted now")
