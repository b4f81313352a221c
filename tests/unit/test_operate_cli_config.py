"""Which configuration Terraform's command line gets: what was named, and nothing that was found."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from latitude import cli
from latitude.operate.cli_config import MIRROR, mirror_arguments, usable_environment

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
def mirror(tmp_path: Path) -> Path:
    """Return a mirror with a provider in it, in a folder whose name Terraform and HCL could misread."""
    folder = tmp_path / 'a "mirror" of ${mine}'
    (folder / "registry.terraform.io" / "hashicorp" / "aws").mkdir(parents=True)
    return folder


def test_mirror_that_nobody_named_is_not_used(mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider runs with your credentials: a folder that lies somewhere is no reason to take it from there."""
    monkeypatch.setenv("HOME", str(mirror))
    monkeypatch.setattr(Path, "iterdir", lambda folder: pytest.fail(f"{folder} was looked through"))
    monkeypatch.setattr("os.scandir", lambda folder: pytest.fail(f"{folder} was looked through"))
    for named in ({}, {MIRROR: ""}):
        assert usable_environment({"PATH": "/bin", **named}, tmp_path / "own") == {"PATH": "/bin", **named}
    assert not (tmp_path / "own").exists()


def test_mirror_that_was_named_is_the_only_source(mirror: Path, tmp_path: Path) -> None:
    """The configuration has the one method, so that Terraform asks no registry; quotes and templates are literal."""
    usable = usable_environment({MIRROR: str(mirror)}, tmp_path / "own")
    written = Path(usable["TF_CLI_CONFIG_FILE"])
    assert written.parent == tmp_path / "own"
    assert "direct" not in written.read_text("utf-8")
    assert r'path = "' in written.read_text("utf-8")
    assert r'a \"mirror\" of $${mine}"' in written.read_text("utf-8")


def test_mirror_without_providers_is_refused(tmp_path: Path) -> None:
    """The message names the variable, what it has to be, and what it was."""
    with pytest.raises(ValueError, match=rf"^{MIRROR}: must be a folder with providers .*, got '.*nothing' "):
        usable_environment({MIRROR: str(tmp_path / "nothing")}, tmp_path)


def test_configuration_of_terraform_wins(mirror: Path, tmp_path: Path) -> None:
    """A file that TF_CLI_CONFIG_FILE names stays; a variable that names none is left out."""
    own = tmp_path / "own.tfrc"
    own.write_text("")
    stated = {"TF_CLI_CONFIG_FILE": str(own), MIRROR: str(mirror)}
    assert usable_environment(stated, tmp_path / "written") == stated
    assert usable_environment({"TF_CLI_CONFIG_FILE": str(tmp_path / "none")}, tmp_path) == {}


def test_mirror_that_was_named_is_named_to_providers_lock(mirror: Path, tmp_path: Path) -> None:
    """`terraform providers lock` goes past the configuration, so that the mirror is an argument as well."""
    usable = usable_environment({MIRROR: str(mirror)}, tmp_path / "own")
    assert mirror_arguments(usable) == (f"-fs-mirror={mirror}",)


def test_simultaneous_runs_have_a_configuration_each(mirror: Path, tmp_path: Path) -> None:
    """A run with another mirror does not write over the file that this one's Terraform still reads."""
    other = tmp_path / "other"
    (other / "registry.terraform.io" / "hashicorp" / "aws").mkdir(parents=True)
    one, two, again = (usable_environment({MIRROR: str(each)}, tmp_path / "own") for each in (mirror, other, mirror))
    assert one["TF_CLI_CONFIG_FILE"] == again["TF_CLI_CONFIG_FILE"] != two["TF_CLI_CONFIG_FILE"]
    assert mirror_arguments(one) == (f"-fs-mirror={mirror}",)
    assert mirror_arguments(two) == (f"-fs-mirror={other}",)


@pytest.mark.parametrize("command", [["deploy"], ["bootstrap"], ["synth", "--lock"]])
def test_configuration_that_is_no_file_is_said_in_one_line(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Terraform goes on without what was asked for: whoever asked for it has to know."""
    (tmp_path / "main.py").write_text(PROGRAM)
    (tmp_path / "terraform").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "terraform").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.delenv(MIRROR, raising=False)
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(tmp_path / "none.tfrc"))
    said = CliRunner().invoke(cli.app, command)
    assert (
        f"TF_CLI_CONFIG_FILE={tmp_path / 'none.tfrc'} names no file: Terraform's own configuration counts for this "
        "run. Unset it, or write the file.\n"
    ) in said.stderr
    own = tmp_path / "own.tfrc"
    own.write_text("")
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(own))
    assert "TF_CLI_CONFIG_FILE" not in CliRunner().invoke(cli.app, command).stderr
