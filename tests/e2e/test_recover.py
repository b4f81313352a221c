"""After an application's states were lost, ``latitude recover`` brings back what exists: nothing is made twice."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from latitude.cli import app
from latitude.operate.cli_config import usable_environment
from latitude.sandbox.pytest_plugin import ClientFactory, client, control, sandbox
from tests.support import aws_cli

if TYPE_CHECKING:
    from pathlib import Path

    from latitude.sandbox.control import Control
    from latitude.sandbox.server import Sandbox

__all__ = ["client", "control", "sandbox"]
pytestmark = pytest.mark.e2e

PROGRAM = """
from latitude import Application, Domain, HostedZone, PublicImage, Service
application = Application(
    name="orders",
    regions=("us-east-1",),
    services=(
        Service(
            name="web",
            image=PublicImage(identifier="public.ecr.aws/nginx/nginx:latest"),
            domain=Domain(name="shop.example.com", hosted_zone=HostedZone(name="example.com")),
        ),
    ),
)
"""


def deploy() -> Any:
    """Run ``latitude deploy --yes``."""
    return CliRunner().invoke(app, ["deploy", "--yes"])


def test_lost_states_are_brought_back_from_names(
    tmp_path: Path, sandbox: Sandbox, control: Control, client: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything is imported but records that are written over; the next run makes those, and destroys nothing."""
    environment = usable_environment(sandbox.child_environment(), tmp_path)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.py").write_text(PROGRAM)
    client("route53").create_hosted_zone(Name="example.com", CallerReference="example.com")
    made = deploy()
    assert made.exit_code == 0, made.output

    for state in tmp_path.glob("terraform.*.tfstate*"):
        state.unlink()
    script = CliRunner().invoke(app, ["recover"])
    assert script.exit_code == 0, script.output
    (tmp_path / "recover.sh").write_text(script.output)
    path = os.pathsep.join([str(aws_cli.install(tmp_path / "bin")), os.environ["PATH"]])
    ended = subprocess.run(
        ["bash", "recover.sh"],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    wanted = re.findall(r"^bring '?([^\s']+)", script.output, re.MULTILINE)
    assert re.findall(r"^imported: \S+ (\S+)$", ended.stdout, re.MULTILINE) == wanted

    again = deploy()
    assert again.exit_code == 0, again.output
    assert re.search(r"orders-us-east-1\s+│\s+3\s+│\s+\d\s+│\s+0\s+│", again.output), again.output
    assert "destroys" not in again.output
    assert "replaces" not in again.output
    assert "Nothing to do" in deploy().output
    assert len(control.status()["services"]) == 1
    assert len(client("route53").list_health_checks()["HealthChecks"]) == 1
