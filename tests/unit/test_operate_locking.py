"""Lock files of the synthesized folders, with a stand-in for Terraform that writes down how it was run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import pytest
from typer.testing import CliRunner

from latitude.cli import app
from latitude.operate.cli_config import mirror_arguments
from latitude.stacks.locks import copy_locks

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

PROGRAM: Final = """
from latitude import Application, CloudState, PublicImage, Service, Workspaces
application = Application(
    name="site",
    regions=("us-east-1", "us-west-2"),
    services=(Service(name="web", image=PublicImage(identifier="public.ecr.aws/nginx/nginx:1")),),
    state=CloudState(organization="acme", workspaces=Workspaces()),
)
"""
TERRAFORM: Final = """#!/bin/sh
echo "$@" >> "$STAND_IN_LOG"
for source; do :; done
case "$* $STAND_IN_FAILS" in
*solaris_sparc*) echo "some providers could not be installed: - r/$source: it is not available for solaris_sparc." >&2
  exit 1 ;;
*unreachable*) echo "some providers could not be installed: - r/$source: could not connect." >&2; exit 1 ;;
esac
printf '\\nprovider "registry.terraform.io/%s" {\\n  version = "1.2.3"\\n  hashes = [\\n    "h1:x",\\n  ]\\n}\\n' \\
  "$source" >> .terraform.lock.hcl
"""
STACKS: Final = ("site-workspaces", "site-us-east-1", "site-us-west-2")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a program, where ``terraform`` is the stand-in and nothing else is configured."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "terraform").write_text(TERRAFORM)
    (tmp_path / "bin" / "terraform").chmod(0o755)
    (tmp_path / "main.py").write_text(PROGRAM)
    (tmp_path / "tfrc").write_text("")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(tmp_path / "tfrc"))
    monkeypatch.setenv("STAND_IN_LOG", str(tmp_path / "log"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def synth(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, ["synth", *arguments])


def runs(folder: Path) -> list[str]:
    """Return how Terraform was run."""
    log = folder / "log"
    return log.read_text().splitlines() if log.exists() else []


def locked(folder: Path, out: str, stack: str) -> list[str]:
    """Return the providers in a stack's lock file."""
    lines = (folder / out / "stacks" / stack / ".terraform.lock.hcl").read_text().splitlines()
    return [line.split('"')[1].rpartition("registry.terraform.io/")[2] for line in lines if line.startswith("provider")]


def test_lock_asks_once_a_provider_and_a_platform(folder: Path) -> None:
    """Three stacks, two providers, two platforms: four runs; every folder gets the providers that it requires."""
    done = synth("--out", "ready", "--platform", "linux_amd64", "--platform", "darwin_arm64")
    assert (done.exit_code, done.stderr) == (0, "")
    assert runs(folder) == [
        f"providers lock -no-color -platform={platform} hashicorp/{name}"
        for name in ("aws", "tfe")
        for platform in ("linux_amd64", "darwin_arm64")
    ]
    assert locked(folder, "ready", "site-workspaces") == ["hashicorp/tfe"]
    assert locked(folder, "ready", "site-us-east-1") == ["hashicorp/aws"]


def test_lock_that_is_there_is_copied_without_terraform(folder: Path) -> None:
    """The file beside the output folder, which can be committed, is what every later synth takes."""
    synth("--out", "ready")
    (folder / "log").unlink()
    assert synth("--out", "again").exit_code == 0
    assert synth().exit_code == 0
    assert runs(folder) == []
    for out in ("again", "cdktf.out"):
        assert locked(folder, out, "site-us-west-2") == ["hashicorp/aws"]


def test_synth_without_out_makes_no_lock(folder: Path) -> None:
    """To look at a plan at home nothing has to be fetched for other platforms."""
    assert synth().exit_code == 0
    assert synth("--out", "ready", "--no-lock").exit_code == 0
    assert runs(folder) == []
    assert list(folder.rglob("*terraform.lock.hcl")) == []


def test_lock_that_cannot_be_made_is_said_and_fails_only_if_asked_for(folder: Path) -> None:
    """One message names providers, platforms and Terraform's reason; the platforms that can be locked are."""
    arguments = ("--out", "ready", "--platform", "linux_amd64", "--platform", "solaris_sparc")
    said = (
        "Not in the lock files:\n"
        "  hashicorp/aws for solaris_sparc: it is not available for solaris_sparc.\n"
        "  hashicorp/tfe for solaris_sparc: it is not available for solaris_sparc.\n"
    )
    tried = synth(*arguments)
    assert (tried.exit_code, tried.stderr) == (0, said)
    assert locked(folder, "ready", "site-us-east-1") == ["hashicorp/aws"]
    asked = synth(*arguments, "--lock")
    assert (asked.exit_code, asked.stderr) == (1, said)


def test_lock_gives_up_on_a_registry_that_cannot_be_reached(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same time-out is not waited for once a platform."""
    monkeypatch.setenv("STAND_IN_FAILS", "unreachable")
    done = synth("--out", "ready")
    assert done.exit_code == 0
    assert "hashicorp/aws for linux_amd64, linux_arm64, darwin_arm64: could not connect." in done.stderr
    assert len(runs(folder)) == 2
    assert list(folder.rglob("*terraform.lock.hcl")) == []


def test_lock_without_terraform_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Synth needs no Terraform; only the lock files are missing then."""
    monkeypatch.setenv("PATH", str(folder))
    done = synth("--out", "ready", "--platform", "linux_amd64")
    assert done.exit_code == 0
    assert "hashicorp/aws for linux_amd64: terraform is not on the PATH" in done.stderr


def test_lock_of_a_stack_stays_where_the_application_has_none(folder: Path) -> None:
    """What `terraform init` wrote in a folder is not touched."""
    assert synth().exit_code == 0
    own = folder / "cdktf.out" / "stacks" / "site-us-east-1" / ".terraform.lock.hcl"
    own.write_text("# own\n")
    assert not copy_locks(folder / "cdktf.out", STACKS)
    assert own.read_text() == "# own\n"


@pytest.mark.parametrize(
    ("configuration", "arguments"),
    [
        ("", ()),
        ('provider_installation {\n  filesystem_mirror {\n    path = "/m"\n  }\n  direct {}\n}\n', ("-fs-mirror=/m",)),
        (
            'provider_installation {\n  network_mirror {\n    url = "https://m.example/"\n  }\n}\n',
            ("-net-mirror=https://m.example/",),
        ),
        ("provider_installation {\n  direct {}\n}\n", ()),
        (
            (
                'provider_installation {\n  dev_overrides {\n    "hashicorp/aws" = "/own"\n  }\n'
                '  filesystem_mirror {\n    path = "/m"\n  }\n}\n'
            ),
            ("-fs-mirror=/m",),
        ),
    ],
)
def test_mirror_of_the_configuration_is_named_to_terraform(
    tmp_path: Path, configuration: str, arguments: tuple[str, ...]
) -> None:
    """`terraform providers lock` goes past the configuration to the registry unless the mirror is an argument."""
    (tmp_path / "tfrc").write_text(configuration)
    assert mirror_arguments({"TF_CLI_CONFIG_FILE": str(tmp_path / "tfrc")}) == arguments


@pytest.mark.parametrize("configuration", [b"provider_installation {", b"\xff\xfe", b'credentials "a" { "b" = 1 }'])
def test_configuration_that_cannot_be_read_is_one_line(tmp_path: Path, configuration: bytes) -> None:
    """Terraform would say more of it; here it is named, without a traceback."""
    (tmp_path / "tfrc").write_bytes(configuration)
    with pytest.raises(ValueError, match=r"tfrc: must be a configuration of Terraform's command line") as refused:
        mirror_arguments({"TF_CLI_CONFIG_FILE": str(tmp_path / "tfrc")})
    assert len(str(refused.value).splitlines()) == 1
