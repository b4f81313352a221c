"""``latitude deploy``: the first run, a wave that meets an unhealthy cell, and a wave that goes through."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
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
import json, os, sys, time
from pathlib import Path
from latitude.sandbox.control import Control
import boto3
control = Control(os.environ["AWS_ENDPOINT_URL"])
service = next(each for each in control.status()["services"] if each["url"] in sys.argv[1])
if Path("break").exists():
    control.set_service_health(service["arn"], healthy=False)
    sys.exit(1)
if Path("revert").exists():
    apprunner = boto3.client("apprunner", region_name=service["region"])
    source = json.loads(Path("revert").read_text())
    apprunner.update_service(ServiceArn=service["arn"], SourceConfiguration=source)
    while apprunner.describe_service(ServiceArn=service["arn"])["Service"]["Status"] != "RUNNING":
        time.sleep(0.1)
    Path("revert").unlink()
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


def wave(folder: Path) -> list[str]:
    """Return the command's arguments, with a probe that asks the sandbox whether a service is healthy."""
    probe = f"{sys.executable} {folder / 'probe.py'}"
    return ["deploy", "--wave", "--yes", "--bake-seconds", "0", "--bake-interval", "0.1", "--probe", probe]


def deploy(folder: Path) -> Any:
    """Run the command."""
    return CliRunner().invoke(app, wave(folder))


def killed_while_it_makes(address: str, folder: Path) -> None:
    """Kill a run of the command, and not its Terraform, once that makes the object of the second cell."""
    log = folder / "cdktf.out" / "stacks" / "orders-us-west-2" / "latitude.running.log"
    command = [sys.executable, "-c", "from latitude.cli import main; main()", *wave(folder)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True) as running:
        while not (log.exists() and f"{address}: Creating..." in log.read_text()):
            assert running.poll() is None, "the run has ended"
            time.sleep(0.05)
        running.kill()
    assert log.exists(), "Terraform had ended before the run was killed"


def test_wave_stops_at_an_unhealthy_first_cell(folder: Path, client: ClientFactory, control: Control) -> None:
    """The registry goes first and an absent image ends the run; an unhealthy first cell leaves the second untouched.

    A run that is killed while it makes the second is gone on with by the next, and nothing is made twice. The second
    cell leaves the description: a checkout without its folder still knows of it.
    """
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
    killed_while_it_makes("aws_apprunner_service.web", folder)
    whole = deploy(folder)
    assert whole.exit_code == 0, whole.output
    assert "orders-us-west-2: `terraform apply` of an earlier run is still at work" in whole.output
    assert "orders-us-west-2: it has ended" in whole.output
    assert "Nothing to do: no stack has changes." in whole.output
    assert sorted(service["region"] for service in control.status()["services"]) == ["us-east-1", "us-west-2"]
    kept = client("s3", region="us-west-2").list_objects_v2(Bucket="orders-state-us-west-2")["Contents"]
    assert [each["Key"] for each in kept] == ["orders/orders-us-west-2.tfstate"]

    _go_on_with_releases(folder, client, control)
    _let_a_cell_leave(folder)


def _go_on_with_releases(folder: Path, client: ClientFactory, control: Control) -> None:
    """Show that a release which App Runner rolls back, at once or in the bake, ends the wave in its first cell."""
    east = client("apprunner")
    arn = next(each["arn"] for each in control.status()["services"] if each["region"] == "us-east-1")
    before = east.describe_service(ServiceArn=arn)["Service"]["SourceConfiguration"]
    bad = push_image(client("ecr"), repository="orders/web", tag="2", content=b"two")
    control.set_image_health(bad, region="us-east-1", healthy=False)
    (folder / "main.py").write_text(PROGRAM.replace('tag="1"', 'tag="2"'))
    rolled_back = deploy(folder)
    assert rolled_back.exit_code == 1
    assert "web does not run the version that was asked for." in rolled_back.output
    assert "not done: orders-us-west-2" in rolled_back.output
    assert east.list_operations(ServiceArn=arn)["OperationSummaryList"][0]["Status"] == "ROLLBACK_SUCCEEDED"

    control.set_image_health(bad, region="us-east-1", healthy=True)
    (folder / "revert").write_text(json.dumps(before))
    reverted = deploy(folder)
    assert reverted.exit_code == 1
    assert "orders-us-east-1 does not run what was deployed to it" in reverted.output
    assert _images(client) == ["orders/web@" + before["ImageRepository"]["ImageIdentifier"].partition("@")[2]] * 2

    released = deploy(folder)
    assert released.exit_code == 0, released.output
    assert _images(client) == [f"orders/web@{bad}"] * 2


def _let_a_cell_leave(folder: Path) -> None:
    """Show that a checkout without its folder still knows what a cell that left the description has in its state."""
    shutil.rmtree(folder / "cdktf.out")
    (folder / "main.py").write_text(PROGRAM.replace('tag="1"', 'tag="2"').replace(', "us-west-2"', ","))
    left = CliRunner().invoke(app, ["deploy", "--yes", "--only", "us-east-1"])
    assert left.exit_code == 0, left.output
    assert re.search(r"orders-us-west-2 is no longer in the description, and has \d+ objects in its state", left.output)
    assert "Still there, though not in the description: orders-us-west-2." in left.output


def _images(client: ClientFactory) -> list[str]:
    """Return what the service runs in each region."""
    found = []
    for region in ("us-east-1", "us-west-2"):
        apprunner = client("apprunner", region=region)
        (summary,) = apprunner.list_services()["ServiceSummaryList"]
        service = apprunner.describe_service(ServiceArn=summary["ServiceArn"])["Service"]
        identifier = service["SourceConfiguration"]["ImageRepository"]["ImageIdentifier"]
        found.append(identifier.partition("/")[2])
    return found
