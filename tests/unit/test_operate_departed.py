"""The record of stacks, and the look for what has left the description, with a stand-in for Terraform."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Final

import pytest
from typer.testing import CliRunner

from latitude import cli
from latitude.operate.departed import Departures

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM: Final = """
from latitude import Application, PublicImage, S3State, Service
application = Application(
    name="orders",
    regions=({regions}),
    services=(Service(name="web", image=PublicImage(identifier="public.ecr.aws/nginx/nginx:latest")),),
    state=S3State(bucket="orders-state-{{region}}"),
)
"""
WEST: Final = {
    "backend": {
        "s3": {
            "bucket": "orders-state-us-west-2",
            "key": "orders/orders-us-west-2.tfstate",
            "region": "us-west-2",
            "use_lockfile": True,
        }
    }
}


def synth(folder: Path, regions: str) -> Any:
    """Run ``latitude synth`` for the regions."""
    (folder / "main.py").write_text(PROGRAM.format(regions=regions))
    said = CliRunner().invoke(cli.app, ["synth"])
    assert said.exit_code == 0, said.output
    return said


def test_record_has_what_left_the_description_and_where_its_state_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever commits it knows of a region that has left, in any checkout: its bucket and its key."""
    monkeypatch.chdir(tmp_path)
    assert synth(tmp_path, "'us-east-1', 'us-west-2'").stderr == ""
    record = tmp_path / "orders.stacks.json"
    assert json.loads(record.read_text())["orders-us-west-2"] == WEST
    left = synth(tmp_path, "'us-east-1',").stderr
    assert left == (
        "orders-us-west-2 has left the description, and is in orders.stacks.json: `latitude deploy` looks whether it "
        "has left anything behind.\n"
    )
    assert json.loads(record.read_text())["orders-us-west-2"] == WEST


def test_record_that_is_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a merge in it, or something else: one line, and the file stays as it was."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.py").write_text(PROGRAM.format(regions="'us-east-1',"))
    for text in ("<<<<<<< HEAD\n", "[]", '{"orders": {"backend": {}, "cloud": {}}}'):
        (tmp_path / "orders.stacks.json").write_text(text)
        said = CliRunner().invoke(cli.app, ["synth"])
        assert isinstance(said.exception, ValueError)
        assert "is not the record of stacks that Latitude wrote: restore it from version control" in str(said.exception)
        assert (tmp_path / "orders.stacks.json").read_text() == text


def look(folder: Path, terraform: str, *, place: Any = WEST, heartbeat_seconds: float = 5.0) -> tuple[list[str], str]:
    """Look for a stack that the record has, with a stand-in for Terraform; return what was found, and what was told."""
    (folder / "terraform").write_text(f"#!/bin/sh\n{terraform}\n")
    (folder / "terraform").chmod(0o755)
    (folder / "orders.stacks.json").write_text(json.dumps({"orders-us-west-2": place}))
    told: list[str] = []
    departures = Departures(
        folder=folder / "cdktf.out" / "stacks",
        application="orders",
        environment={"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"},
        tell=lambda stack, words: told.append(f"{stack}: {words}"),
        heartbeat_seconds=heartbeat_seconds,
    )
    return [str(each) for each in departures.look([])], "\n".join(told)


@pytest.fixture(autouse=True)
def _path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Python find the stand-in: it looks for a command on its own PATH."""
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)


def test_look_goes_on_with_a_heartbeat(tmp_path: Path) -> None:
    """A bucket that does not answer is waited for with words: what is being looked for, and for how long."""
    found, told = look(tmp_path, "sleep 0.4", heartbeat_seconds=0.1)
    assert found == []
    assert (
        "orders-us-west-2: still looking whether it, which has left the description, has left anything behind, " in told
    )


def test_state_that_cannot_be_read_is_named_with_its_place(tmp_path: Path) -> None:
    """Nobody knows that nothing is left: the message says where to look, and how to end it."""
    found, _ = look(tmp_path, "exit 1")
    (only,) = found
    assert only == (
        "orders-us-west-2 is no longer in the description, and has a state that could not be read: put it back into "
        "the description, and destroy it from its folder before it leaves. Its state is in "
        "s3://orders-state-us-west-2/orders/orders-us-west-2.tfstate. Where you know that nothing is left, remove it "
        "from orders.stacks.json."
    )
    assert "orders-us-west-2" in (tmp_path / "orders.stacks.json").read_text()


def test_workspace_of_hcp_terraform_is_named_and_not_made(tmp_path: Path) -> None:
    """``terraform init`` makes a workspace that is not there: nothing is run, and the workspace is named."""
    place = {"cloud": {"organization": "acme", "workspaces": {"name": "orders-us-west-2"}}}
    found, _ = look(tmp_path, f"touch {tmp_path / 'ran'}", place=place)
    assert "Its state is in the workspace orders-us-west-2 of acme in HCP Terraform." in found[0]
    assert not (tmp_path / "ran").exists()


def test_folder_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A folder of a stack whose JSON is broken still stands for something."""
    (tmp_path / "cdktf.out" / "stacks" / "orders-data").mkdir(parents=True)
    (tmp_path / "cdktf.out" / "stacks" / "orders-data" / "cdk.tf.json").write_text("{")
    found, _ = look(tmp_path, "exit 0")
    assert [each.partition(":")[0] for each in found] == [
        "orders-data is no longer in the description, and has a state that could not be read"
    ]
