"""``latitude deploy`` while a region does not answer: the other is deployed, and the next run does the rest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from latitude.operate.cli_config import usable_environment
from latitude.sandbox.pytest_plugin import control, sandbox
from latitude.stacks.stack import MAX_RETRIES
from tests.support.handmade import EAST, WEST, Handmade

if TYPE_CHECKING:
    from pathlib import Path

    from latitude.sandbox.control import Control
    from latitude.sandbox.server import Sandbox

__all__ = ["control", "sandbox"]
pytestmark = pytest.mark.e2e


def reads_its_region(handmade: Handmade, stack: str, region: str) -> None:
    """Let a stack read something in a region whenever it is planned, with a provider as the synthesized ones are."""
    path = handmade.directory(stack) / "cdk.tf.json"
    document = json.loads(path.read_text())
    document["terraform"]["required_providers"] = {"aws": {"source": "hashicorp/aws", "version": "~> 5.100"}}
    document["provider"] = {"aws": [{"region": region, "max_retries": MAX_RETRIES}]}
    document["data"] = {"aws_vpcs": {"all": {}}}
    path.write_text(json.dumps(document))


def test_dark_region_holds_up_its_own_stack_alone(
    tmp_path: Path, sandbox: Sandbox, control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dark cell is left out, in so many words, and the other is deployed; nothing is lost, or made twice."""
    for name, value in usable_environment(sandbox.child_environment(), tmp_path).items():
        monkeypatch.setenv(name, value)
    handmade = Handmade(tmp_path)
    handmade.stack(EAST, "true")
    handmade.stack(WEST, "true")
    reads_its_region(handmade, WEST, "us-west-2")
    control.set_region_dark("us-west-2", dark=True)
    dark = handmade.deploy()
    assert dark.returncode == 1
    assert f"{WEST}: still planning, " in dark.stdout
    assert f"{WEST} cannot be planned, and is left out:" in dark.stdout, dark.stdout
    assert f"exceeded maximum number of attempts, {MAX_RETRIES}" in dark.stdout
    assert dark.stdout.endswith(f"  done: {EAST}\n  stopped at: {WEST}\n")
    assert handmade.made() == [f"{EAST}.0"]

    control.set_region_dark("us-west-2", dark=False)
    again = handmade.deploy()
    assert again.returncode == 0, again.stdout
    assert handmade.made() == [f"{EAST}.0", f"{WEST}.0"]
