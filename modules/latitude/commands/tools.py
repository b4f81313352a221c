"""Programs that commands run, beside Python's own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import typer


def require_terraform() -> None:
    """Say before anything else is done that a command has no Terraform to run.

    Raises:
        ValueError: there is none.

    """
    if shutil.which("terraform") is None:
        raise ValueError("terraform: must be on the PATH for this command; install Terraform 1.11 or newer")


def terraform_environment() -> dict[str, str]:
    """Return the environment for the command's Terraform, and say so where something stated is left out of it.

    Raises:
        ValueError: ``LATITUDE_PROVIDER_MIRROR`` names no folder with providers.

    """
    from latitude.operate.cli_config import absent_configuration, usable_environment  # noqa: PLC0415  only what runs Terraform needs these

    absent = absent_configuration(os.environ)
    if absent is not None:
        typer.echo(absent, err=True)
    return usable_environment(os.environ, Path(".latitude").resolve())
