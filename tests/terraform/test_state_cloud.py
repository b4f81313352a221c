"""An application in HCP Terraform, as far as the real Terraform gets without HCP and its provider."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Final

import pytest
from typer.testing import CliRunner

from latitude.cli import app
from latitude.operate.cli_config import usable_environment
from latitude.operate.terraform import Terraform, TerraformError

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.terraform

PROGRAM: Final = """
from tests.support.applications import in_cloud
application = in_cloud()
"""
STACKS: Final = ("site-registry", "site-data", "site-eu-west-2", "site-us-east-2")
HOST: Final = "tfe.acme.example"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folders of the stacks, as the command writes them for the platform of this machine."""
    made = tmp_path_factory.mktemp("in_cloud")
    (made / "main.py").write_text(PROGRAM)
    platform = json.loads(terraform(made).run("version", "-json").stdout)["platform"]
    done = CliRunner().invoke(
        app, ["synth", "-p", str(made / "main.py"), "-o", str(made / "out"), "--platform", platform]
    )
    assert done.exit_code == 0, done.output
    return made / "out" / "stacks"


def terraform(directory: Path) -> Terraform:
    """Return what runs Terraform in a folder."""
    return Terraform(directory=directory, environment=usable_environment(os.environ, directory / "home"))


@pytest.mark.parametrize("stack", STACKS)
def test_stack_is_valid_with_the_lock_file_as_it_was_written(folder: Path, stack: str) -> None:
    """Terraform alone installs what the lock file names, changes nothing in it, and takes the configuration."""
    cell = terraform(folder / stack)
    cell.init("-backend=false", "-lockfile=readonly")
    cell.validate()


@pytest.mark.parametrize("stack", STACKS)
def test_cloud_block_gets_as_far_as_the_host(folder: Path, stack: str, tmp_path: Path) -> None:
    """Terraform takes the block and complains of nothing but the host, which it cannot reach."""
    shutil.copy(folder / stack / "cdk.tf.json", tmp_path)
    with pytest.raises(TerraformError) as failed:
        terraform(tmp_path).init()
    said = failed.value.output
    assert said.count("Error:") == 1, said
    assert f"https://{HOST}/.well-known/terraform.json" in said


def test_workspaces_miss_their_provider_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    """Where no registry has the provider of HCP Terraform, that is all that Terraform complains of."""
    shutil.copy(folder / "site-workspaces" / "cdk.tf.json", tmp_path)
    reached = terraform(tmp_path).run("init", "-no-color", allowed=(0, 1))
    if reached.returncode == 0:
        terraform(tmp_path).validate()
        return
    assert reached.stderr.count("Error:") == 1, reached.stderr
    assert "hashicorp/tfe" in reached.stderr


def test_roles_of_runs_are_valid(folder: Path, tmp_path: Path) -> None:
    """The half of the workspaces' stack that is made in AWS is as the AWS provider wants it."""
    document = json.loads((folder / "site-workspaces" / "cdk.tf.json").read_text())
    for block in ("resource", "data"):
        document[block] = {kind: made for kind, made in document[block].items() if not kind.startswith("tfe_")}
    for block in (document["provider"], document["terraform"]["required_providers"]):
        del block["tfe"]
    del document["output"]
    assert set(document["resource"]) == {"aws_iam_role", "aws_iam_role_policy_attachment"}
    (tmp_path / "cdk.tf.json").write_text(json.dumps(document))
    roles = terraform(tmp_path)
    roles.init("-backend=false")
    roles.validate()
