"""Programs that commands run, beside Python's own."""

from __future__ import annotations

import shutil


def require_terraform() -> None:
    """Say before anything else is done that a command has no Terraform to run.

    Raises:
        ValueError: there is none.

    """
    if shutil.which("terraform") is None:
        raise ValueError("terraform: must be on the PATH for this command; install Terraform 1.11 or newer")
