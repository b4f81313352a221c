"""``latitude emit``."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # typer reads it
from typing import Annotated

import typer

from modules.spec.regions import APP_RUNNER_REGIONS


def emit(
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write to.")],
    regions: Annotated[str, typer.Option("--regions", "-r", help="The regions, with commas; the home region first.")],
    *,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail if what is there is stale.")] = False,
) -> None:
    """Write HCL modules, for teams who write HCL."""
    named = list(dict.fromkeys(regions.replace(" ", "").split(",")))
    unknown = [region for region in named if region not in APP_RUNNER_REGIONS]
    if unknown:
        raise ValueError(f"--regions: must be among {', '.join(APP_RUNNER_REGIONS)}, got {', '.join(unknown)}")
    from modules.hcl.emit import emitted  # noqa: PLC0415  # cdktf is loaded only for what is going to be emitted

    files = emitted(named)
    stale = [name for name, text in files.items() if not _is(out / name, text)]
    if check and stale:
        again = f"latitude emit --out {out} --regions {','.join(named)}"
        raise ValueError(f"stale: {', '.join(stale)}; `{again}` renews them")
    for name in () if check else stale:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(files[name], encoding="utf-8")
    typer.echo(f"{out}: {len(files)} files, {0 if check else len(stale)} written")


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text
