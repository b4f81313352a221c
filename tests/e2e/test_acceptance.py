"""``latitude acceptance`` on the embedded AWS: the same command that somebody runs on an account."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from latitude.acceptance.small import ABSENT_IMAGE
from latitude.cli import app
from latitude.operate.cli_config import usable_environment
from latitude.trial.clients import EndpointClients
from latitude.trial.inventory import inventory

if TYPE_CHECKING:
    from pathlib import Path

    from latitude.sandbox.control import Control
    from latitude.sandbox.server import Sandbox

pytestmark = pytest.mark.e2e
_REGIONS = ("us-east-1", "us-west-2")
_PROBE = """
import os, sys
from latitude.sandbox.control import Control
services = Control(os.environ["AWS_ENDPOINT_URL"]).status()["services"]
sys.exit(not any(each["url"] in sys.argv[1] and each["healthy"] for each in services))
"""


def test_acceptance_goes_through_and_leaves_nothing_but_its_report(
    aws: Sandbox, control: Control, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a domain: made, used, badly released, drained, destroyed. The report tells each step, and no account."""
    monkeypatch.chdir(tmp_path)
    for name, value in usable_environment(aws.child_environment(), tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    control.make_resource("arn:aws:route53:::hostedzone/Z0EXAMPLE00000000001", name="example.com")
    for region in _REGIONS:
        control.set_image_health(ABSENT_IMAGE, region=region, healthy=False)
    before = inventory(EndpointClients(aws.url), _REGIONS)
    (tmp_path / "probe.py").write_text(_PROBE, encoding="utf-8")
    regions = [word for region in _REGIONS for word in ("--region", region)]
    probe = f"{sys.executable} {tmp_path / 'probe.py'}"
    ran = CliRunner().invoke(app, ["acceptance", *regions, "--zone", "example.com", "--yes", "--probe", probe])
    assert ran.exit_code == 0, ran.output
    assert "costs less than one US dollar" in ran.output
    assert "Resource postcondition failed" in ran.output
    assert inventory(EndpointClients(aws.url), _REGIONS) == before
    report = (tmp_path / "latitude-acceptance.md").read_text("utf-8")
    assert "- Everything worked." in report
    assert len([line for line in report.splitlines() if line.startswith("| ")]) == 2 + 11
    assert "123456789012" not in report
