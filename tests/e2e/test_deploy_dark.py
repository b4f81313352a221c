"""``latitude deploy`` while a region does not answer: the other is deployed, and the next run does the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from latitude.cli import app
from latitude.operate.cli_config import usable_environment
from latitude.sandbox.pytest_plugin import ClientFactory, client, control, sandbox

if TYPE_CHECKING:
    from pathlib import Path

    from latitude.sandbox.control import Control
    from latitude.sandbox.server import Sandbox

__all__ = ["client", "control", "sandbox"]
pytestmark = pytest.mark.e2e

PROGRAM = """
from latitude import Application, PublicImage, Service, Table
application = Application(
    name="orders",
    regions=("us-east-1", "us-west-2"),
    services=(Service(name="web", image=PublicImage(identifier="public.ecr.aws/nginx/nginx:latest")),),
    tables=(Table(name="carts", hash_key="id", attributes={"id": "S"}),),
)
"""


def deploy() -> Any:
    """Run ``latitude deploy --yes``."""
    return CliRunner().invoke(app, ["deploy", "--yes"])


def test_dark_region_holds_up_its_own_stacks_alone(
    tmp_path: Path, sandbox: Sandbox, control: Control, client: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What spans the regions and the dark cell are left out, in so many words; nothing is lost, or made twice."""
    for name, value in usable_environment(sandbox.child_environment(), tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.py").write_text(PROGRAM)
    control.set_region_dark("us-west-2", dark=True)
    first = deploy()
    assert first.exit_code == 1
    assert "orders-data: still planning, " in first.output
    assert "orders-data cannot be planned, and is left out:" in first.output
    assert first.output.endswith("  done: orders-us-east-1\n  stopped at: orders-data, orders-us-west-2\n")

    control.set_region_dark("us-west-2", dark=False)
    second = deploy()
    assert second.exit_code == 0, second.output
    assert "Nothing to do" in deploy().output
    assert sorted(service["region"] for service in control.status()["services"]) == ["us-east-1", "us-west-2"]
    for region in ("us-east-1", "us-west-2"):
        assert client("dynamodb", region=region).list_tables()["TableNames"] == ["orders-carts"]
