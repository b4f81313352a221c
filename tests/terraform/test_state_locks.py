"""Terraform's lock file and versions of state, with the backend that Latitude emits, on the embedded AWS."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from latitude import Application, S3State, Service, synthesize
from latitude.operate.terraform import Terraform, TerraformError
from latitude.sandbox.pytest_plugin import ClientFactory, client, sandbox
from latitude.spec import PublicImage

if TYPE_CHECKING:
    from pathlib import Path

    from latitude.sandbox.server import Sandbox

__all__ = ["client", "sandbox"]
pytestmark = pytest.mark.terraform

BUCKET, KEY = "orders-state", "orders/orders-us-east-1.tfstate"
LOCK = f"{KEY}.tflock"


@pytest.fixture
def writers(tmp_path: Path, sandbox: Sandbox, client: ClientFactory) -> tuple[Terraform, Terraform]:
    """Return two folders with a cell's backend, and one resource that needs no provider to be installed."""
    service = Service(name="web", image=PublicImage(identifier="public.ecr.aws/nginx/nginx:1"))
    state = S3State(bucket=BUCKET)
    synthesize(Application(name="orders", regions=("us-east-1",), services=(service,), state=state), tmp_path / "out")
    cell = json.loads((tmp_path / "out/stacks/orders-us-east-1/cdk.tf.json").read_text())
    client("s3").create_bucket(Bucket=BUCKET)
    client("s3").put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    made = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        slow = {"local-exec": {"command": "sleep ${self.input.seconds}"}}
        configuration = {
            "terraform": {"backend": cell["terraform"]["backend"]},
            "variable": {"word": {"default": "first"}, "seconds": {"default": 0}},
            "resource": {
                "terraform_data": {
                    "it": {
                        "input": {"word": "${var.word}", "seconds": "${var.seconds}"},
                        "triggers_replace": ["${var.word}"],
                        "provisioner": slow,
                    }
                }
            },
            "output": {"word": {"value": "${terraform_data.it.output.word}"}},
        }
        (folder / "main.tf.json").write_text(json.dumps(configuration))
        writer = Terraform(directory=folder, environment={**os.environ, **sandbox.child_environment()})
        writer.init()
        made.append(writer)
    return made[0], made[1]


def start(writer: Terraform, client: ClientFactory) -> subprocess.Popen[bytes]:
    """Begin an apply that takes five minutes, and return when it holds the lock."""
    command = ["terraform", "apply", "-auto-approve", "-var=word=slow", "-var=seconds=300"]
    quiet = subprocess.DEVNULL
    environment = dict(writer.environment)
    running = subprocess.Popen(
        command, cwd=writer.directory, env=environment, stdout=quiet, stderr=quiet, start_new_session=True
    )
    for _ in range(600):
        if "Contents" in client("s3").list_objects_v2(Bucket=BUCKET, Prefix=LOCK):
            return running
        time.sleep(0.1)
    os.killpg(running.pid, signal.SIGKILL)
    raise AssertionError("the lock was not taken within a minute")


def test_state_lock_of_a_killed_writer_holds_until_it_is_forced(
    writers: tuple[Terraform, Terraform], client: ClientFactory
) -> None:
    """A second writer is refused while the first runs, and after it was killed, until someone forces the lock."""
    one, two = writers
    running = start(one, client)
    try:
        with pytest.raises(TerraformError, match="Error acquiring the state lock"):
            two.plan()
    finally:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    with pytest.raises(TerraformError, match="Error acquiring the state lock"):
        two.apply()
    lock = json.loads(client("s3").get_object(Bucket=BUCKET, Key=LOCK)["Body"].read())
    two.run("force-unlock", "-force", lock["ID"])
    two.apply()
    assert two.outputs() == {"word": "first"}
    assert "Contents" not in client("s3").list_objects_v2(Bucket=BUCKET, Prefix=LOCK)


def test_state_version_restored_is_the_state(writers: tuple[Terraform, Terraform], client: ClientFactory) -> None:
    """A version copied over the state is what the next writer finds."""
    one, two = writers
    one.apply()
    kept = client("s3").head_object(Bucket=BUCKET, Key=KEY)["VersionId"]
    one.apply("-var=word=second")
    assert two.outputs() == {"word": "second"}
    client("s3").copy_object(Bucket=BUCKET, Key=KEY, CopySource={"Bucket": BUCKET, "Key": KEY, "VersionId": kept})
    assert two.outputs() == {"word": "first"}
    assert not two.plan()
