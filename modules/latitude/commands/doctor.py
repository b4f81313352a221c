"""``latitude doctor``."""

from __future__ import annotations

import os
from pathlib import Path

import typer

_SIGNS = {"ok": "[green]✓[/]", "note": "[yellow]![/]", "stops": "[red]✗[/]"}
_WORDS = {"ok": "[green]ok[/]", "note": "[yellow]note[/]", "stops": "[red]stops[/]"}
"""Where the terminal's encoding has no such signs."""


def doctor() -> None:
    """Say whether this machine has what Latitude needs, with a remedy for what it lacks; status 1 if it cannot work."""
    from rich.console import Console  # noqa: PLC0415  only commands that show tables need it
    from rich.table import Table  # noqa: PLC0415  the same

    from latitude.operate.checkup import Checkup  # noqa: PLC0415  only this command needs it
    from latitude.operate.cli_config import usable_environment  # noqa: PLC0415  the same

    usable = usable_environment(os.environ, Path(".latitude").resolve())
    found = list(Checkup(environment=os.environ, terraform_environment=usable, home=Path.home()).findings())
    table = Table("", "what", "found", "remedy")
    console = Console(highlight=False)
    signs = _SIGNS if console.encoding.startswith("utf") else _WORDS
    for each in found:
        table.add_row(signs[each.verdict], each.subject, each.found, each.remedy)
    console.print(table)
    if any(each.verdict == "stops" for each in found):
        raise typer.Exit(1)
