from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import time
from typing import TYPE_CHECKING, Any

import pytest

from latitude.operate.terraform import TerraformError
from latitude.trial.domains import await_domains
from tests.support.applications import example

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from latitude.sandbox.control import Control
    from latitude.trial.trial import Trial
    from tests.e2e.conftest import Stage

pytestmark = pytest.mark.e2e

# From the first resource on, Terraform writes an unfinished state to S3 every 20 s, with the next resource that is made
# (internal/backend/local/hook_state.go).
_PERSISTED_SECONDS = 32.0
_PATIENCE_SECONDS = 180.0
_KEY = "orders/orders-registry.tfstate"


def _wait_until(holds: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"not within {_PATIENCE_SECONDS} s: {what}"
        time.sleep(0.1)


def _struck(control: Control) -> bool:
    return any(fault["strikes"] > 0 for fault in control.status()["faults"])


@contextlib.contextmanager
def _applying(trial: Trial, stack: str, output: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Apply a stack in a process group of its own, of which nothing is left afterwards."""
    terraform = trial.deployment.terraform(stack)
    with output.open("wb") as log:
        child = subprocess.Popen(
            ["terraform", "apply", "-auto-approve", "-no-color", "-input=false"],
            cwd=terraform.directory,
            env=dict(terraform.environment),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield child
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _state_has(trial: Trial, text: str) -> bool:
    s3: Any = trial.aws.clients("s3", "us-east-1")
    try:
        body: bytes = s3.get_object(Bucket="orders-terraform-state-us-east-1", Key=_KEY)["Body"].read()
    except s3.exceptions.NoSuchKey:
        return False
    return text.encode() in body


def _has_lifecycle_policy(trial: Trial) -> bool:
    ecr: Any = trial.aws.clients("ecr", "us-east-1")
    try:
        ecr.get_lifecycle_policy(repositoryName="orders/web")
    except (ecr.exceptions.RepositoryNotFoundException, ecr.exceptions.LifecyclePolicyNotFoundException):
        return False
    return True


def test_state_of_a_killed_apply_is_locked_and_the_next_apply_finishes_the_work(
    stage: Stage, control: Control, tmp_path: Path
) -> None:
    """While an apply holds the lock, and after SIGKILL, others hear so; force-unlock and an apply converge."""
    with stage(example()) as trial:
        terraform = trial.deployment.terraform("orders-registry")
        # One repository comes late enough for the unfinished state to be written, and the replication not at all.
        control.add_fault(kind="latency", service="ecr", region="us-west-2", seconds=_PERSISTED_SECONDS)
        with _applying(trial, "orders-registry", tmp_path / "killed.log") as apply:
            _wait_until(lambda: _struck(control), "the repository is asked for")
            control.clear_faults()
            _wait_until(lambda: _has_lifecycle_policy(trial), "the home region's part is made")
            with pytest.raises(TerraformError, match="Error acquiring the state lock") as second:
                terraform.apply()
            assert _KEY in second.value.output
            control.add_fault(kind="throttle", service="ecr", region="us-east-1")
            _wait_until(lambda: _state_has(trial, "arn:aws:ecr:us-west-2:"), "the repository is in the state")
            assert apply.poll() is None
            os.kill(apply.pid, signal.SIGKILL)
            apply.wait()
        control.clear_faults()

        with pytest.raises(TerraformError, match="Error acquiring the state lock") as locked:
            terraform.plan()
        lock = re.search(r"ID:\s+([0-9a-f-]{36})", locked.value.output)
        assert lock is not None
        terraform.run("force-unlock", "-force", lock[1])
        terraform.apply()
        assert terraform.plan() is False
        registry = trial.aws.clients("ecr", "us-east-1").describe_registry()["replicationConfiguration"]
        assert [[each["region"] for each in rule["destinations"]] for rule in registry["rules"]] == [["us-west-2"]]
        for region in ("us-east-1", "us-west-2"):
            repositories = trial.aws.clients("ecr", region).describe_repositories()["repositories"]
            assert [each["repositoryName"] for each in repositories] == ["orders/web"]


def test_cell_is_planned_only_with_its_image_and_applied_with_the_other_region_dark(
    stage: Stage, control: Control
) -> None:
    """Without the image a plan fails and says image and region; with it us-west-2 comes up while us-east-1 is dark."""
    with stage(example()) as trial:
        trial.apply_shared()
        cell = trial.deployment.terraform("orders-us-west-2")
        with pytest.raises(TerraformError) as missing:
            cell.plan()
        assert "data.aws_ecr_image.web_image_1_0_0_in_us_west_2" in missing.value.output
        assert "couldn't find resource" in missing.value.output
        assert control.status()["services"] == []
        trial.push_images()

        control.set_region_dark("us-east-1", dark=True)
        cell.init("-reconfigure")
        cell.apply()
        await_domains(trial.aws.clients, ["us-west-2"])
        cell.apply()
        assert cell.plan() is False
        # The region that is dark has never been there: nothing may lead to it.
        trial.deployment.apply("orders-routing", variables={"draining": ["us-east-1"]})
        assert [(each["region"], each["status"]) for each in control.status()["services"]] == [("us-west-2", "RUNNING")]
        assert control.resolve("shop.example.com", place="new york")["region"] == "us-west-2"
