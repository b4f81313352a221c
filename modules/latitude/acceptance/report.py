"""What an acceptance found, to send in: nothing in it tells whose account it was."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.spec import Application


def report(
    *, application: Application, terraform: str, took: Mapping[str, float], failure: str | None, account: str
) -> str:
    """Return the report as Markdown, with the seconds that each step took; what failed doesn't name the account."""
    lines = [
        "# An acceptance of Latitude",
        "",
        f"- Latitude {version('latitude')}, {terraform}, Python {platform.python_version()}, {platform.system()}",
        f"- {' and '.join(application.regions)}, {'with' if application.routes else 'without'} a domain",
        f"- {'Everything worked.' if failure is None else 'It failed.'}",
        "",
        "| step | seconds |",
        "| --- | --- |",
        *(f"| {title} | {seconds:.0f} |" for title, seconds in took.items()),
    ]
    if failure is not None:
        lines += ["", "The last step failed:", "", "```", failure.replace(account, "ACCOUNT"), "```"]
    return "\n".join([*lines, ""])
