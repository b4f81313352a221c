"""Which program is run as Terraform: one setting for every command, script and workflow."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml
from typer.testing import CliRunner

from latitude import cli
from latitude.operate.binary import absent, binary, is_opentofu
from latitude.operate.checkup import Checkup
from latitude.operate.terraform import Terraform, TerraformError
from latitude.operate.words import terraform_line
from tests.support.beside_program import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RUN: Final = [("deploy", "--yes"), ("bootstrap", "--yes"), ("synth", "--lock")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a program, a PATH without Terraform, and a ``tofu`` that says what it is asked."""
    (tmp_path / "main.py").write_text(PROGRAM)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "tofu").write_text(f'#!/bin/sh\necho "$*" >> {tmp_path}/asked\nexit 1\n')
    (tmp_path / "bin" / "tofu").chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path / "bin"), "/usr/bin", "/bin"]))
    for name in ("TERRAFORM_BINARY_NAME", "TF_CLI_CONFIG_FILE", "TF_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Any:
    """Run a command."""
    return CliRunner().invoke(cli.app, arguments)


@pytest.mark.parametrize(
    ("named", "found"),
    [(None, "terraform"), ("", "terraform"), ("tofu", "tofu"), ("/opt/tofu/bin/tofu", "/opt/tofu/bin/tofu")],
)
def test_binary_is_the_one_that_is_named(named: str | None, found: str) -> None:
    """An empty value is none, as for cdktf."""
    environment = {} if named is None else {"TERRAFORM_BINARY_NAME": named}
    assert binary(environment) == found
    assert is_opentofu(environment) is ("tofu" in found)


def test_path_counts_from_where_the_command_is_run(folder: Path) -> None:
    """Terraform runs in a stack's folder, where ``bin/tofu`` would be another file."""
    found = binary({"TERRAFORM_BINARY_NAME": "bin/tofu"})
    assert found == str(folder / "bin" / "tofu")
    assert absent({"TERRAFORM_BINARY_NAME": "bin/tofu", "PATH": ""}) is None


@pytest.mark.parametrize("arguments", RUN, ids=lambda arguments: arguments[0])
@pytest.mark.parametrize("named", ["tofu", "bin/tofu"])
def test_every_command_runs_the_program_that_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: Sequence[str], named: str
) -> None:
    """There is no Terraform on this PATH, and none is missed."""
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", named)
    said = run(*arguments)
    assert not isinstance(said.exception, ValueError | OSError), said.exception
    assert (folder / "asked").read_text().split()[0] in {"init", "providers"}


@pytest.mark.parametrize("arguments", [*RUN[:2], ("demo",)], ids=lambda arguments: arguments[0])
@pytest.mark.parametrize(
    ("named", "words"),
    [
        (None, "terraform is not on the PATH: install Terraform 1.11 or newer, or name another program with "),
        (
            "opentofu",
            "TERRAFORM_BINARY_NAME=opentofu names no program that can be run: install Terraform 1.11 or newer",
        ),
    ],
)
def test_command_without_terraform_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: Sequence[str], named: str | None, words: str
) -> None:
    """One line, before anything is written."""
    if named is not None:
        monkeypatch.setenv("TERRAFORM_BINARY_NAME", named)
    said = run(*arguments)
    assert isinstance(said.exception, ValueError)
    assert str(said.exception).startswith(words)
    assert not (folder / "cdktf.out").exists()


def test_lock_without_terraform_says_so(folder: Path) -> None:
    """The stacks are written, the lock files are not."""
    said = run("synth", "--lock")
    assert said.exit_code == 1
    assert (
        "hashicorp/aws for linux_amd64, linux_arm64, darwin_arm64: terraform is not on the PATH: install" in said.stderr
    )
    assert (folder / "cdktf.out" / "stacks" / "orders-us-east-1").is_dir()


def test_terraform_that_vanishes_is_an_error_of_terraforms(folder: Path) -> None:
    """Between the look and the run: no traceback of the system's."""
    with pytest.raises(TerraformError, match=r"terraform init failed in .*\nterraform: No such file or directory"):
        Terraform(directory=folder, environment={"PATH": str(folder)}).init()


def test_folder_that_vanishes_is_not_taken_for_a_program(folder: Path) -> None:
    """The system has one error for both."""
    with pytest.raises(FileNotFoundError):
        Terraform(directory=folder / "none", environment={**os.environ, "TERRAFORM_BINARY_NAME": "tofu"}).init()


def test_remedies_name_the_program_that_is_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a message says to run is what runs here."""
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", "tofu")
    assert terraform_line(folder, "force-unlock", "1") == f"tofu -chdir={folder} force-unlock 1"
    with pytest.raises(TerraformError, match=r"^tofu plan failed in "):
        Terraform(directory=folder, environment=os.environ).plan()


@pytest.mark.parametrize("arguments", [("recover",), ("migrate", "main.py", "main.py")], ids=lambda given: given[0])
def test_script_runs_the_program_that_is_named_when_it_is_run(folder: Path, arguments: Sequence[str]) -> None:
    """`terraform` in it is what ``TERRAFORM_BINARY_NAME`` says, or Terraform."""
    script = run(*arguments).stdout
    for program in ("aws", "terraform"):
        (folder / "bin" / program).write_text(f'#!/bin/sh\necho "{program} $*" >> {folder}/other\nexit 1\n')
        (folder / "bin" / program).chmod(0o755)
    (folder / "bin" / "aws").write_text("#!/bin/sh\necho 123456789012\n")
    for named, log in (("tofu", "asked"), ("", "other")):
        environment = {**os.environ, "TERRAFORM_BINARY_NAME": named}
        subprocess.run(["bash", "-c", script], env=environment, cwd=folder, capture_output=True, check=False)
        assert "init -input=false" in (folder / log).read_text()
        (folder / log).unlink()
        subprocess.run(["rm", "-rf", "states"], cwd=folder, check=True)


def test_script_refuses_a_workspace_of_terraforms(folder: Path) -> None:
    """Its imports would go elsewhere."""
    (folder / "bin" / "aws").write_text("#!/bin/sh\necho 123456789012\n")
    (folder / "bin" / "aws").chmod(0o755)
    for arguments in (("recover",), ("migrate", "main.py", "main.py")):
        environment = {**os.environ, "TERRAFORM_BINARY_NAME": "tofu", "TF_WORKSPACE": "blue"}
        command = ["bash", "-c", run(*arguments).stdout]
        ran = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
        assert ran.returncode == 1
        assert ran.stderr == "TF_WORKSPACE must be unset: in another workspace the states are elsewhere\n"
    assert not (folder / "asked").exists()


def test_workflow_for_opentofu_runs_opentofu(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its action sets it up, each line runs it, and Latitude is told there; the line that writes it says so too."""
    run("pipeline", "github", "--out", "terraform")
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", "/usr/local/bin/tofu")
    run("pipeline", "github", "--out", "tofu")
    plain = (folder / "terraform" / "orders-github.yml").read_text()
    text = (folder / "tofu" / "orders-github.yml").read_text()
    assert text.splitlines()[1] == "# TERRAFORM_BINARY_NAME=tofu latitude pipeline github --out tofu"
    assert yaml.safe_load(text)["env"] == {"TERRAFORM_BINARY_NAME": "tofu"}
    assert text.count("tofu -chdir") == plain.count("terraform -chdir") > 0
    assert text.count("opentofu/setup-opentofu@v1") == plain.count("hashicorp/setup-terraform@v4") > 0
    assert "@" not in "".join(line for line in text.splitlines() if "uses:" not in line)
    assert "env" not in yaml.safe_load(plain)


@pytest.mark.parametrize(
    ("version", "verdict", "found"),
    [
        ('{"terraform_version": "1.10.6"}', "ok", "1.10.6, TERRAFORM_BINARY_NAME=tofu"),
        ('{"terraform_version": "1.9.1"}', "stops", "1.9.1, TERRAFORM_BINARY_NAME=tofu"),
        ("version -json", "stops", "tofu is not Terraform"),
        ("[]", "stops", "tofu is not Terraform"),
        (None, "stops", "TERRAFORM_BINARY_NAME=tofu does not run"),
    ],
)
def test_doctor_looks_at_the_program_that_is_named(
    tmp_path: Path, version: str | None, verdict: str, found: str
) -> None:
    """And at OpenTofu's registry, where the program is OpenTofu."""
    asked: list[str] = []

    def answer(command: Sequence[str]) -> str | None:
        asked.append(command[0])
        return version if command[0] == "tofu" else "v22.1.0"

    environment = {"TERRAFORM_BINARY_NAME": "tofu"}
    checkup = Checkup(
        environment=environment,
        terraform_environment={"TF_CLI_CONFIG_FILE": "none"},
        home=tmp_path,
        answer=answer,
        reached=lambda _: True,
    )
    findings = {each.subject: each for each in checkup.findings()}
    assert (findings["Terraform"].verdict, findings["Terraform"].found) == (verdict, found)
    assert findings["The AWS provider"].found == "from https://registry.opentofu.org/.well-known/terraform.json"
    assert "terraform" not in asked


def test_environment_of_terraform_has_the_options_for_everybody(folder: Path) -> None:
    """``TF_CLI_ARGS_plan`` is Terraform's own: it gets the environment as it is."""
    (folder / "bin" / "tofu").write_text("#!/bin/sh\nenv\n")
    stated = {"TERRAFORM_BINARY_NAME": "tofu", "TF_CLI_ARGS_plan": "-parallelism=20"}
    said = Terraform(directory=folder, environment={**os.environ, **stated}).run("plan").stdout
    assert "TF_CLI_ARGS_plan=-parallelism=20\n" in said
