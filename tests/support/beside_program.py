"""A folder with a program, in which commands run and no Terraform gets far."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PROGRAM: Final = """
from latitude import Application, Image, S3State, Service, StateBucket
application = Application(
    name="orders",
    regions=("us-east-1",),
    services=(Service(name="web", image=Image(tag="1")),),
    state=S3State(bucket="orders-state", create=StateBucket()),
)
"""


def beside_program(folder: Path, monkeypatch: pytest.MonkeyPatch, *, program: str = PROGRAM) -> None:
    """Go to a folder with a program, and a Terraform that fails whatever it is asked: some commands look for one."""
    (folder / "main.py").write_text(program, encoding="utf-8")
    (folder / "terraform").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (folder / "terraform").chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join([str(folder), os.environ["PATH"]]))
    monkeypatch.delenv("TF_CLI_CONFIG_FILE", raising=False)
    monkeypatch.chdir(folder)
