"""The state's buckets, from nothing to their own state, on the embedded AWS."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from latitude import Application, S3State, StateBucket, synthesize
from latitude.operate import processes
from latitude.operate.bootstrap import Bootstrap, BootstrapError, Outcome
from latitude.operate.cli_config import usable_environment
from latitude.operate.terraform import Terraform, TerraformError
from latitude.sandbox.pytest_plugin import ClientFactory, client, sandbox

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from latitude.sandbox.server import Sandbox

__all__ = ["client", "sandbox"]
pytestmark = pytest.mark.e2e

BUCKET = "orders-terraform-state-us-east-1"
KEY = "orders/orders-state.tfstate"
FOLDER = "cdktf.out/stacks/orders-state"
STATE = S3State(
    bucket="orders-terraform-state-{region}",
    create=StateBucket(principals=("arn:aws:iam::123456789012:user/*",), replica_region="us-east-2"),
)
APPLICATION = Application(name="orders", regions=("us-east-1",), state=STATE)


def walk(folder: Path, sandbox: Sandbox, *, answer: bool = True, hear: Callable[[str], None] | None = None) -> Outcome:
    """Synthesize and bootstrap as the command does; ``hear`` gets what Terraform says."""
    synthesize(APPLICATION, folder / "cdktf.out")
    environment = usable_environment({**os.environ, **sandbox.child_environment()}, folder)
    return Bootstrap(
        terraform=Terraform(directory=folder / FOLDER, environment=environment, hear=hear),
        local_state=folder / "terraform.orders-state.tfstate",
        tell=lambda _: None,
        confirm=lambda _: answer,
    ).run()


def kill_in_mid_apply(line: str) -> None:
    """Kill Terraform and its providers at once, as a machine that loses its power does."""
    # By then nothing else is being made: what AWS has, and the state lacks, would be in the way of the next run.
    if "aws_s3_bucket_lifecycle_configuration.state_us_east_1: Still creating... [20s" in line:
        for child in tuple(processes._running):
            os.killpg(child.process.pid, signal.SIGKILL)


def test_bootstrap_killed_and_run_again_makes_guarded_buckets(
    tmp_path: Path, sandbox: Sandbox, client: ClientFactory
) -> None:
    """It goes on from where it was killed; the state ends in its bucket, and nobody deletes or weakens the bucket."""
    with pytest.raises(TerraformError):
        walk(tmp_path, sandbox, hear=kill_in_mid_apply)
    assert (tmp_path / "terraform.orders-state.tfstate").exists()
    # What Latitude removes when Terraform alone is killed.
    (tmp_path / FOLDER / "bootstrap_override.tf.json").write_text("{}")

    assert walk(tmp_path, sandbox) == "made"
    s3 = client("s3")
    state = s3.head_object(Bucket=BUCKET, Key=KEY)
    key = client("kms").describe_key(KeyId="alias/orders-terraform-state")["KeyMetadata"]["Arn"]
    assert (state["ServerSideEncryption"], state["SSEKMSKeyId"]) == ("aws:kms", key)
    assert s3.get_bucket_versioning(Bucket=BUCKET)["Status"] == "Enabled"
    assert all(s3.get_public_access_block(Bucket=BUCKET)["PublicAccessBlockConfiguration"].values())
    rule = s3.get_bucket_replication(Bucket=BUCKET)["ReplicationConfiguration"]["Rules"][0]
    assert rule["Destination"]["Bucket"] == f"arn:aws:s3:::{BUCKET}-replica"
    assert not (tmp_path / "terraform.orders-state.tfstate").exists()
    with pytest.raises(ClientError) as refused:
        s3.delete_bucket(Bucket=BUCKET)
    assert refused.value.response["Error"]["Code"] == "AccessDenied"
    with pytest.raises(ClientError) as refused:
        s3.put_object(Bucket=BUCKET, Key="x", Body=b"", ServerSideEncryption="AES256")
    assert refused.value.response["Error"]["Code"] == "403"

    assert walk(tmp_path, sandbox) == "unchanged"


def test_bootstrap_applies_nothing_when_declined(tmp_path: Path, sandbox: Sandbox, client: ClientFactory) -> None:
    """Without the operator's yes there is no bucket, and no override is left in the folder."""
    assert walk(tmp_path, sandbox, answer=False) == "declined"
    assert client("s3").list_buckets()["Buckets"] == []
    assert not list(tmp_path.rglob("bootstrap_override.tf.json"))


def test_bootstrap_refuses_a_bucket_that_someone_else_made(
    tmp_path: Path, sandbox: Sandbox, client: ClientFactory
) -> None:
    """A bucket without the stack's state is not taken over."""
    client("s3").create_bucket(Bucket=BUCKET)
    with pytest.raises(BootstrapError, match="the bucket is there, but has no state of this stack"):
        walk(tmp_path, sandbox)
