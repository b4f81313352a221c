"""A workspace of Terraform's other than ``default`` is refused where it would send states elsewhere."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import pytest
from typer.testing import CliRunner

from latitude import cli
from latitude.operate.terraform import TerraformError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PROGRAM: Final = """
from latitude import Application, CloudState, Image, LocalState, S3State, Service, StateBucket
application = Application(
    name="orders",
    regions=("us-east-1",),
    services=(Service(name="web", image=Image(tag="1")),),
    state={},
)
"""
S3: Final = "S3State(bucket='orders-state', create=StateBucket())"
COMMANDS: Final = [("deploy", "--yes"), ("bootstrap", "--yes"), ("demo",)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a program whose state is in S3, and a Terraform that fails."""
    (tmp_path / "main.py").write_text(PROGRAM.format(S3))
    (tmp_path / "terraform").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "terraform").chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path), os.environ["PATH"]]))
    for name in ("TERRAFORM_BINARY_NAME", "TF_CLI_CONFIG_FILE", "TF_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_workspace_of_the_environment_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: Sequence[str]
) -> None:
    """Everything would be made a second time: one line, and nothing is written."""
    monkeypatch.setenv("TF_WORKSPACE", "blue")
    said = CliRunner().invoke(cli.app, arguments)
    assert isinstance(said.exception, ValueError)
    assert str(said.exception).startswith(
        "TF_WORKSPACE: must be unset, or default, got 'blue': with it Terraform keeps "
    )
    assert not (folder / "cdktf.out").exists()


@pytest.mark.parametrize(("command", "stack"), [("deploy", "orders-us-east-1"), ("bootstrap", "orders-state")])
def test_workspace_that_was_selected_in_a_folder_is_refused(folder: Path, command: str, stack: str) -> None:
    """``terraform workspace select`` is remembered there; the line that leads back is in the message."""
    remembered = folder / "cdktf.out" / "stacks" / stack / ".terraform"
    remembered.mkdir(parents=True)
    (remembered / "environment").write_text("blue")
    said = CliRunner().invoke(cli.app, [command, "--yes"])
    assert str(said.exception) == (
        f"cdktf.out/stacks/{stack} is in Terraform's workspace 'blue', in which its state is elsewhere: `terraform "
        f"-chdir=cdktf.out/stacks/{stack} workspace select default` leads back"
    )


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("named", ["", "default"])
def test_default_workspace_is_none(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    """As far as Terraform, which fails here."""
    monkeypatch.setenv("TF_WORKSPACE", named)
    for command in ("deploy", "bootstrap"):
        said = CliRunner().invoke(cli.app, [command, "--yes"])
        assert said.exit_code == 1
        assert isinstance(said.exception, SystemExit | TerraformError), said.exception


def test_workspace_of_hcp_terraform_is_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There ``TF_WORKSPACE`` has another meaning, and Terraform itself compares it with the stack's."""
    (folder / "main.py").write_text(PROGRAM.format("CloudState(organization='acme')"))
    monkeypatch.setenv("TF_WORKSPACE", "blue")
    assert not isinstance(CliRunner().invoke(cli.app, ["deploy", "--yes"]).exception, ValueError)
