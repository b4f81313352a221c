"""``latitude doctor``."""

from __future__ import annotations

import os
from pathlib import Path

import typer


def doctor() -> None:
    """Say whether this machine has what Latitude needs, with a remedy for what it lacks; status 1 if it cannot work."""
    from rich.console import Console  # noqa: PLC0415  only commands that show tables need it
    from rich.table import Table  # noqa: PLC0415  the same

    from latitude.operate.checkup import Checkup  # noqa: PLC0415  only this command needs it
    from latitude.operate.cli_config import usable_environment  # noqa: PLC0415  the same

    usable = usable_environment(os.environ, Path(".latitude").resolve())
    found = list(Checkup(environment=os.environ, terraform_environment=usable, home=Path.home()).findings())
    table = Table("", "what", "found", "remedy")
    marks = {"ok": "[green]✓[/]", "note": "[yellow]![/]", "stops": "[red]✗[/]"}
    for each in found:
        table.add_row(marks[each.verdict], each.subject, each.found, each.remedy)
    Console(highlight=False).print(table)
    if any(each.verdict == "stops" for each in found):
        raise typer.Exit(1)
