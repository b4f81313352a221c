"""The pieces of docs/environments.md are run: its program, its commands with what they print, and those for GitLab."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from typer.testing import CliRunner

import latitude
from latitude import cli
from latitude.commands.program import load_all

PAGE: Final = (Path(__file__).parents[2] / "docs" / "environments.md").read_text("utf-8")
SHELL: Final = re.findall(r"^```sh\n(.*?)^```$(?:\n\n```\n(.*?)^```$)?", PAGE, re.MULTILINE | re.DOTALL)
PROGRAM, REGISTRY, PIPELINE = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
(GITLAB,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
WRONG_USE: Final = 2
"""The exit status of a command that doesn't know its options (click)."""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run what the guide shows beside its program, with a Terraform that fails whatever it is asked."""
    (tmp_path / "main.py").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "terraform").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "terraform").chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path), os.environ["PATH"]]))
    monkeypatch.delenv("TF_CLI_CONFIG_FILE", raising=False)
    monkeypatch.chdir(tmp_path)


def run(line: str) -> Any:
    """Run a line of the guide that begins with ``latitude``."""
    command, *arguments = shlex.split(line)
    assert command == "latitude"
    return CliRunner().invoke(cli.app, arguments)


def test_program_of_the_guide_writes_both_environments(tmp_path: Path) -> None:
    """As ``python main.py``, in names and buckets of their own."""
    subprocess.run([sys.executable, "main.py"], cwd=tmp_path, check=True)
    assert sorted(path.name for path in (tmp_path / "cdktf.out" / "stacks").iterdir()) == [
        *(f"orders-dev-{part}" for part in ("registry", "state", "us-east-1")),
        *(f"orders-prod-{part}" for part in ("registry", "state", "us-east-1", "us-west-2")),
    ]
    found = {each.name: each.account for each in load_all(tmp_path / "main.py")}
    assert {name: account.id for name, account in found.items() if account is not None} == {
        "orders-dev": "111111111111",
        "orders-prod": "222222222222",
    }


@pytest.mark.parametrize(("lines", "printed"), SHELL)
def test_commands_of_the_guide_print_what_it_shows(lines: str, printed: str) -> None:
    """Where it shows nothing, Terraform is asked: the options are known, and so is the application."""
    said = [run(line) for line in lines.splitlines()]
    assert [each.exit_code for each in said if each.exit_code == WRONG_USE] == []
    if printed:
        assert "".join(each.stdout for each in said) == printed
    else:
        assert all(not isinstance(each.exception, ValueError) for each in said), said


def test_roles_of_the_guide_are_what_its_workflow_is_told() -> None:
    """The command refuses anything else."""
    written: dict[str, Any] = {}
    exec(PIPELINE, {"GithubRoles": latitude.GithubRoles}, written)  # noqa: S102  the guide's own code
    roles = written["pipeline"]
    (line,) = [line for lines, _ in SHELL for line in lines.splitlines() if "pipeline" in line and "prod" in line]
    words = shlex.split(line)
    assert roles.branch == words[words.index("--branch") + 1]
    assert roles.environment == words[words.index("--environment") + 1]
    assert "repo:acme/orders:ref:refs/heads/main" in roles.subjects_of_plans()


def test_jobs_for_gitlab_run_commands_that_there_are() -> None:
    """Each of Latitude's lines has options that it knows; applies are one at a time."""
    jobs = yaml.safe_load(GITLAB)
    lines = [line for job in jobs.values() if "script" in job for line in job["script"] if line.startswith("latitude")]
    assert [shlex.split(line)[1] for line in lines] == ["check", "synth", "deploy"]
    for line in lines:
        said = run(line)
        assert said.exit_code != WRONG_USE, said.output
        assert not isinstance(said.exception, ValueError), line
    assert jobs["apply"]["resource_group"] == "orders-prod"
    for job in jobs.values():
        if isinstance(job, dict):
            for shell in (*job.get("before_script", ()), *job.get("script", ())):
                subprocess.run(["bash", "-n"], input=shell, text=True, check=True)
