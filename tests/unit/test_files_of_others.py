"""An output folder that others can have written to is refused with one line, and nothing is written there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from latitude import cli

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
from latitude import Application, PublicImage, S3State, Service, StateBucket
application = Application(
    name="orders",
    regions=("us-east-1",),
    services=(Service(name="web", image=PublicImage(identifier="public.ecr.aws/nginx/nginx:latest")),),
    state=S3State(bucket="orders-state", create=StateBucket()),
)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a program and a Terraform that is never run."""
    (tmp_path / "main.py").write_text(PROGRAM)
    (tmp_path / "terraform").write_text(f"#!/bin/sh\ntouch {tmp_path / 'ran'}\nexit 1\n")
    (tmp_path / "terraform").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(folder: Path, command: str) -> str:
    """Return the one line with which a command is refused; nothing is run or written."""
    said = CliRunner().invoke(cli.app, [command])
    assert isinstance(said.exception, ValueError), said.output
    assert not (folder / "ran").exists()
    assert not list(folder.rglob("cdk.tf.json"))
    assert "\n" not in str(said.exception)
    return str(said.exception)


@pytest.mark.parametrize("command", ["synth", "deploy", "bootstrap"])
@pytest.mark.parametrize("place", ["cdktf.out", "cdktf.out/stacks", "cdktf.out/stacks/orders-us-east-1"])
def test_folder_that_everybody_may_write_to_is_refused(command: str, place: str, folder: Path) -> None:
    """What someone puts beside a stack's file, Terraform runs: such as a provider, or a provisioner."""
    (folder / place).mkdir(parents=True)
    (folder / place).chmod(0o777)
    assert refused(folder, command) == (
        f"{(folder / place).resolve()} may be written to by every user, and what is in it would run with your "
        f"credentials: look through it, then `chmod o-w {(folder / place).resolve()}`, or name a folder of your own "
        "with --out"
    )


@pytest.mark.parametrize("command", ["synth", "deploy", "bootstrap"])
def test_folder_of_another_user_is_refused(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its owner can write to it whenever they like; the administrator's folder is as good as one's own."""
    stacks = folder / "cdktf.out" / "stacks"
    stacks.mkdir(parents=True)
    if os.geteuid() == 0:
        os.chown(stacks, 54321, -1)
    else:
        someone = os.geteuid() + 1
        monkeypatch.setattr(os, "geteuid", lambda: someone)
    said = refused(folder, command)
    assert "belongs to another user (" in said
    assert said.endswith("name a folder of your own with --out, or run this as that user")


def test_folder_of_a_group_is_not_refused(folder: Path) -> None:
    """A umask of 002, as Debian's users have it, is no reason to refuse."""
    (folder / "cdktf.out").mkdir()
    (folder / "cdktf.out").chmod(0o775)
    assert CliRunner().invoke(cli.app, ["synth"]).exit_code == 0
    assert list(folder.rglob("cdk.tf.json")) != []
