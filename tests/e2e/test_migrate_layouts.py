"""``latitude migrate``: from cells with local state to one stack in S3, and back, on the embedded AWS."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from latitude.cli import app
from latitude.operate.cli_config import usable_environment
from latitude.operate.terraform import Terraform
from latitude.sandbox.ecr.push import push_image
from latitude.sandbox.pytest_plugin import ClientFactory, client, sandbox
from tests.support.hcp import Hcp

if TYPE_CHECKING:
    from pathlib import Path

    from latitude.sandbox.server import Sandbox

__all__ = ["client", "sandbox"]
pytestmark = pytest.mark.e2e

PROGRAM = """
from latitude import Application, Image, LocalState, S3State, Service, Table
application = Application(
    name="orders",
    regions=("us-east-1", "us-west-2"),
    services=(Service(name="web", image=Image(tag="1")),),
    tables=(Table(name="orders", hash_key="id", attributes={"id": "S"}, deletion_protection=False),),
    layout="LAYOUT",
    state=STATE,
)
"""


def migrated(folder: Path, environment: dict[str, str], old: str, new: str) -> list[str]:
    """Run the script that the command prints, and return what the plans of the new stacks would do."""
    for name in ("cdktf.old", "cdktf.new", "states"):
        shutil.rmtree(folder / name, ignore_errors=True)
    printed = CliRunner().invoke(app, ["migrate", old, new])
    assert printed.exit_code == 0, printed.output
    assert "No place in the new description" not in printed.output
    (folder / "migrate.sh").write_text(printed.stdout)
    ran = subprocess.run(
        ["bash", "migrate.sh"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    actions = []
    for stack in sorted((folder / "cdktf.new" / "stacks").iterdir()):
        terraform = Terraform(directory=stack, environment=environment)
        terraform.plan(out=stack / "check.tfplan")
        changes = terraform.show(stack / "check.tfplan")["resource_changes"]
        actions += [f"{change['address']} {change['change']['actions']}" for change in changes]
    return [action for action in actions if "no-op" not in action and "'read'" not in action]


def test_migrate_between_layouts_and_backends_destroys_nothing(
    tmp_path: Path, sandbox: Sandbox, client: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cells with local state become one stack in S3, and cells again: nothing is created, destroyed or replaced."""
    monkeypatch.chdir(tmp_path)
    environment = usable_environment({**os.environ, **sandbox.child_environment()}, tmp_path / "home")
    (tmp_path / "cells.py").write_text(PROGRAM.replace("LAYOUT", "cells").replace("STATE", "LocalState()"))
    single = PROGRAM.replace("LAYOUT", "single").replace("STATE", 'S3State(bucket="orders-state")')
    (tmp_path / "single.py").write_text(single)
    client("s3").create_bucket(Bucket="orders-state")
    assert CliRunner().invoke(app, ["synth", "-p", "cells.py", "-o", "cdktf.out"]).exit_code == 0
    for stack in ("orders-registry", "orders-data", "orders-us-east-1", "orders-us-west-2"):
        terraform = Terraform(directory=tmp_path / "cdktf.out" / "stacks" / stack, environment=environment)
        terraform.init()
        terraform.apply()
        if stack == "orders-registry":
            push_image(client("ecr"), repository="orders/web", tag="1", content=b"one")

    assert migrated(tmp_path, environment, "cells.py", "single.py") == []
    assert migrated(tmp_path, environment, "single.py", "cells.py") == []


HCP_PROGRAM = """
from latitude import Application, CloudState, Image, PublicImage, S3State, Service
application = Application(
    name="orders",
    regions=("us-east-1",),
    services=(Service(name="web", image=PublicImage(identifier="public.ecr.aws/nginx/nginx:1")),),
    layout="LAYOUT",
    state=STATE,
)
"""


def managed_in(state: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the resources that a state manages; what it only reads is read again anywhere."""
    return [resource for resource in state["resources"] if resource["mode"] == "managed"]


def test_migrate_into_hcp_terraform_destroys_nothing(
    tmp_path: Path, sandbox: Sandbox, client: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cell in S3 goes to a workspace as it is, and then into layout single's, before a stand-in for HCP Terraform."""
    monkeypatch.chdir(tmp_path)
    with Hcp(tmp_path, "acme") as hcp:
        inherited = usable_environment({**os.environ, **sandbox.child_environment()}, tmp_path / "home")
        environment = hcp.environment(inherited)
        cloud = f'CloudState(organization="acme", hostname="{hcp.hostname}")'
        for name, layout, state in (
            ("s3", "cells", 'S3State(bucket="orders-state")'),
            ("cells", "cells", cloud),
            ("single", "single", cloud),
        ):
            (tmp_path / f"{name}.py").write_text(HCP_PROGRAM.replace("LAYOUT", layout).replace("STATE", state))
        client("s3").create_bucket(Bucket="orders-state")
        assert CliRunner().invoke(app, ["synth", "-p", "s3.py"]).exit_code == 0
        cell = Terraform(directory=tmp_path / "cdktf.out" / "stacks" / "orders-us-east-1", environment=environment)
        cell.init()
        cell.apply()
        outputs = cell.outputs()
        assert set(outputs) == {"service_arns", "service_urls"}

        assert migrated(tmp_path, environment, "s3.py", "cells.py") == []
        moved = Terraform(directory=tmp_path / "cdktf.new" / "stacks" / "orders-us-east-1", environment=environment)
        assert moved.outputs() == outputs
        assert migrated(tmp_path, environment, "cells.py", "single.py") == []

        held = {name: json.loads(workspace.state) for name, workspace in hcp.workspaces.items()}
        managed = {name: {each["type"] for each in managed_in(state)} for name, state in held.items()}
        assert "aws_apprunner_service" in managed["orders"]
        assert managed["orders-us-east-1"] == set()
        assert all(state["lineage"] for state in held.values())
