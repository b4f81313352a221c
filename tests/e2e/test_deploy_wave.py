"""``latitude deploy``: the first run, a wave that meets an unhealthy cell, and a wave that goes through."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from latitude.cli import app
from latitude.sandbox.ecr.push import push_image
from latitude.sandbox.pytest_plugin import ClientFactory, client, control, sandbox

if TYPE_CHECKING:
    from pathlib import Path

    from latitude.sandbox.control import Control
    from latitude.sandbox.server import Sandbox

__all__ = ["client", "control", "sandbox"]
pytestmark = pytest.mark.e2e

PROGRAM = """
from latitude import Application, Image, S3State, Service
application = Application(
    name="orders",
    regions=("us-east-1", "us-west-2"),
    services=(Service(name="web", image=Image(tag="1")),),
    state=S3State(bucket="orders-state-{region}"),
)
"""
PROBE = """
import os, sys
from pathlib import Path
from latitude.sandbox.control import Control
control = Control(os.environ["AWS_ENDPOINT_URL"])
service = next(each for each in control.status()["services"] if each["url"] in sys.argv[1])
if Path("break").exists():
    control.set_service_health(service["arn"], healthy=False)
    sys.exit(1)
sys.exit(not service["healthy"])
"""


@pytest.fixture
def folder(tmp_path: Path, sandbox: Sandbox, client: ClientFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a program, in which the environment leads to an AWS with buckets for its state."""
    for name, value in sandbox.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.py").write_text(PROGRAM)
    (tmp_path / "probe.py").write_text(PROBE)
    client("s3").create_bucket(Bucket="orders-state-us-east-1")
    where = {"LocationConstraint": "us-west-2"}
    client("s3", region="us-west-2").create_bucket(Bucket="orders-state-us-west-2", CreateBucketConfiguration=where)
    return tmp_path


def deploy(folder: Path) -> Any:
    """Run the command, with a probe that asks the sandbox whether a service is healthy."""
    probe = f"{sys.executable} {folder / 'probe.py'}"
    arguments = ["deploy", "--wave", "--yes", "--bake-seconds", "0", "--bake-interval", "0.1", "--probe", probe]
    return CliRunner().invoke(app, arguments)


def test_wave_stops_at_an_unhealthy_first_cell(folder: Path, client: ClientFactory, control: Control) -> None:
    """The registry goes first and an absent image ends the run; an unhealthy first cell leaves the second untouched."""
    first = deploy(folder)
    assert first.exit_code == 1
    assert "orders-us-east-1 cannot be planned: the image orders/web:1 is not in us-east-1." in first.output
    assert "done: orders-registry" in first.output
    assert "not done: orders-us-west-2" in first.output

    push_image(client("ecr"), repository="orders/web", tag="1", content=b"one")
    (folder / "break").touch()
    unhealthy = deploy(folder)
    assert unhealthy.exit_code == 1
    assert "web is unhealthy in orders-us-east-1" in unhealthy.output
    assert "not done: orders-us-west-2" in unhealthy.output
    assert [service["region"] for service in control.status()["services"]] == ["us-east-1"]

    (folder / "break").unlink()
    control.set_service_health(control.status()["services"][0]["arn"], healthy=True)
    whole = deploy(folder)
    assert whole.exit_code == 0, whole.output
    assert "Everything is applied." in whole.output
    assert sorted(service["region"] for service in control.status()["services"]) == ["us-east-1", "us-west-2"]

    again = deploy(folder)
    assert again.exit_code == 0, again.output
    assert "Nothing to do: no stack has changes." in again.output
