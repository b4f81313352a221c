"""Programs that commands run, beside Python's own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from latitude.files import make_folder, writing
from latitude.spec import CloudState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from latitude.spec import Application

INTERRUPTED = 130
"""The exit status after Ctrl-C, as shells have it: 128 and the signal's number."""
_DEFAULT = "default"


def own_folder(prefix: str) -> Path:
    """Make a folder for one run, below ``.latitude``, and return its absolute path.

    Raises:
        UnwritableError: there can be none.

    """
    home = make_folder(Path(".latitude"))
    with writing(home):
        return Path(tempfile.mkdtemp(prefix=f"{prefix}-", dir=home)).absolute()


def require_terraform() -> None:
    """Say before anything else is done that a command has no Terraform to run.

    Raises:
        ValueError: there is none, or the system is one on which Latitude cannot run it.

    """
    from latitude.operate.binary import absent  # noqa: PLC0415  only what runs Terraform needs it

    if os.name == "nt":
        raise ValueError(
            "this command runs Terraform, which Latitude does on Linux and macOS: on Windows run it in WSL, or run "
            "Terraform yourself in the folders that `latitude synth` writes"
        )
    why = absent(os.environ)
    if why is not None:
        raise ValueError(why)


def require_default_workspace(application: Application, directories: Iterable[Path]) -> None:
    """Refuse a workspace of Terraform's: the states would be elsewhere, and everything be made a second time.

    Raises:
        ValueError: the environment, or a stack's folder, names another than ``default``.

    """
    if isinstance(application.state, CloudState):
        return
    named = os.environ.get("TF_WORKSPACE", "")
    if named not in {"", _DEFAULT}:
        raise ValueError(
            f"TF_WORKSPACE: must be unset, or {_DEFAULT}, got {named!r}: with it Terraform keeps each state elsewhere "
            "(S3 backend, workspace_key_prefix), finds nothing there, and makes everything again. Unset it; "
            "environments are applications of their own (docs/environments.md)"
        )
    for directory in directories:
        selected = directory / ".terraform" / "environment"
        name = selected.read_text("utf-8", errors="replace").strip() if selected.is_file() else ""
        if name not in {"", _DEFAULT}:
            from latitude.operate.words import terraform_line  # noqa: PLC0415  only what runs Terraform needs it

            raise ValueError(
                f"{directory} is in Terraform's workspace {name!r}, in which its state is elsewhere: "
                f"`{terraform_line(directory, 'workspace', 'select', _DEFAULT)}` leads back"
            )


def terraform_environment() -> dict[str, str]:
    """Return the environment for the command's Terraform, and say so where something stated is left out of it.

    Raises:
        ValueError: ``LATITUDE_PROVIDER_MIRROR`` names no folder with providers.

    """
    from latitude.operate.cli_config import absent_configuration, usable_environment  # noqa: PLC0415  only what runs Terraform needs these

    said = absent_configuration(os.environ)
    if said is not None:
        typer.echo(said, err=True)
    return usable_environment(os.environ, Path(".latitude").resolve())
