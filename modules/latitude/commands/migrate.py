"""``latitude migrate``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from latitude.commands.printed import print_file
from latitude.commands.program import ApplicationName, load_all, picked
from latitude.files import make_folder

_File = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]


def migrate(
    old: _File,
    new: _File,
    old_out: Annotated[Path, typer.Option(help="Where the old description is synthesized to.")] = Path("cdktf.old"),
    new_out: Annotated[Path, typer.Option(help="Where the new description is synthesized to.")] = Path("cdktf.new"),
    *,
    named: ApplicationName = None,
) -> None:
    """Print the script that moves state from one layout or backend to another, from two programs; it changes no AWS."""
    programs = {old: load_all(old), new: load_all(new)}
    before, after = (picked(programs[program], named, program=program) for program in (old, new))
    for out in (old_out, new_out):
        make_folder(out)
    from latitude.operate.migration import addresses, migration, script  # noqa: PLC0415  for descriptions without faults
    from latitude.stacks import synthesize  # noqa: PLC0415  the same

    synthesize(*programs[old], outdir=old_out, only=before)
    synthesize(*programs[new], outdir=new_out, only=after)
    found = migration(before, addresses(old_out), after, addresses(new_out))
    print_file(script(found, old=old_out, new=new_out))
