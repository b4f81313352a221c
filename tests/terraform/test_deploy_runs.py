"""``latitude deploy`` beside another run, after a state that was not saved, and with stacks that cannot be planned."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from latitude.operate.departed import Departures
from tests.support.handmade import EAST, PATIENCE_SECONDS, WEST, Handmade
from tests.support.states import States, states

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["states"]
pytestmark = pytest.mark.terraform


@pytest.fixture
def handmade(tmp_path: Path) -> Handmade:
    """Return a place for stacks."""
    return Handmade(tmp_path)


def asked(running: subprocess.Popen[str]) -> str:
    """Return what a run says up to its question."""
    assert running.stdout is not None
    said = ""
    while not said.endswith("[y/N]: "):
        character = running.stdout.read(1)
        assert character, said
        said += character
    return said


def test_second_run_is_refused_while_the_first_waits_at_its_question(handmade: Handmade) -> None:
    """Who holds the folder is named, to deploy and to synth; plans are for their owner alone, and gone after a no."""
    handmade.stack(EAST, "true")
    first = handmade.start()
    asked(first)
    plans = list(handmade.folder.glob("cdktf.out/latitude-plans-*/*.tfplan"))
    assert [(path.name, stat.S_IMODE(path.stat().st_mode)) for path in plans] == [(f"{EAST}.tfplan", 0o600)]
    holder = rf"cdktf.out is in use by latitude deploy \(process {first.pid}, since .+\): wait until it has ended\n"
    second = handmade.deploy()
    assert second.returncode == 1
    assert re.search(holder, second.stdout)
    command = [sys.executable, "-c", "from latitude.cli import main; main()", "synth"]
    synth = subprocess.run(command, cwd=handmade.folder, capture_output=True, text=True, check=False)
    assert synth.returncode == 1
    assert re.search(holder, synth.stderr)
    said, _ = first.communicate("n\n", timeout=PATIENCE_SECONDS)
    assert said.endswith(f"The plans were not confirmed.\n  not done: {EAST}\n")
    assert (first.returncode, handmade.made(), handmade.left()) == (1, [], [])
    assert handmade.deploy().returncode == 0
    assert handmade.made() == handmade.in_state(EAST) == [f"{EAST}.0"]


def test_state_that_was_not_saved_stops_the_next_run_until_it_is(handmade: Handmade, states: dict[str, Any]) -> None:
    """The line that is printed saves it, and then nothing is made twice."""
    handmade.stack(EAST, "true", "true", backend=states)
    handmade.stack(WEST, "true", needs="mended")
    States.full = True
    assert handmade.deploy().returncode == 1
    States.full = False
    (handmade.folder / "mended").touch()
    refused = handmade.deploy()
    assert refused.returncode == 1
    assert f"{EAST}: Terraform could not save the state of an earlier apply" in refused.stdout
    assert "planning" not in refused.stdout
    lines = [line for line in refused.stdout.splitlines() if "state push" in line]
    unsaved = f"cdktf.out/stacks/{EAST}"
    assert lines == [f"  terraform -chdir={unsaved} state push errored.tfstate && rm {unsaved}/errored.tfstate"]
    subprocess.run(["sh", "-c", lines[0]], cwd=handmade.folder, check=True, capture_output=True)
    again = handmade.deploy()
    assert again.returncode == 0, again.stdout
    assert handmade.made() == [f"{EAST}.0", f"{EAST}.1", f"{WEST}.0"]


def test_stacks_go_on_beside_one_that_cannot_be_planned(handmade: Handmade) -> None:
    """What regions share cannot be planned: the cells are applied; the run says what was left out, and fails."""
    handmade.stack("orders-data", "true", needs="mended")
    handmade.stack(EAST, "true")
    handmade.stack(WEST, "true", needs="mended")
    first = handmade.deploy()
    assert first.returncode == 1
    assert "orders-data cannot be planned, and is left out:" in first.stdout
    assert "no file exists at" in first.stdout
    assert first.stdout.endswith(f"  done: {EAST}\n  stopped at: orders-data, {WEST}\n")
    assert handmade.made() == [f"{EAST}.0"]
    (handmade.folder / "mended").touch()
    again = handmade.deploy()
    assert again.returncode == 0, again.stdout
    assert handmade.made() == ["orders-data.0", f"{EAST}.0", f"{WEST}.0"]


def test_only_works_on_the_stacks_and_regions_that_are_named(handmade: Handmade) -> None:
    """A stack by its name, a cell by its region too; a name that is neither is refused before anything is planned."""
    for name in ("orders-data", EAST, WEST):
        handmade.stack(name, "true")
    unknown = handmade.deploy("--only", "eu-west-1")
    assert unknown.returncode == 1
    assert unknown.stdout.endswith(
        f"--only: must be among orders-data, {EAST}, {WEST}, us-east-1, us-west-2, got eu-west-1\n"
    )
    some = handmade.deploy("--only", "us-west-2", "--only", "orders-data")
    assert "Everything of us-west-2, orders-data is applied." in some.stdout
    assert handmade.made() == ["orders-data.0", f"{WEST}.0"]


def test_stack_that_has_left_the_description_is_named_while_it_has_a_state(handmade: Handmade) -> None:
    """Its folder, initialized or not, or its state file alone gives it away; once destroyed nobody speaks of it."""
    handmade.stack(EAST, "true")
    handmade.stack(WEST, "true", "true")
    assert handmade.deploy().returncode == 0

    def named() -> list[str]:
        departures = Departures(
            folder=handmade.folder / "cdktf.out" / "stacks",
            application="orders",
            environment={**os.environ},
            tell=lambda *_: None,
        )
        return [str(each) for each in departures.look([EAST])]

    directory = handmade.directory(WEST)
    has = f"{WEST} is no longer in the description, and has 2 objects in its state"
    line = f"`terraform -chdir={directory} init && terraform -chdir={directory} destroy` removes what is there."
    assert named() == [f"{has}: {line}"]
    shutil.rmtree(directory / ".terraform")
    assert named() == [f"{has}: {line}"]
    record = handmade.folder / "orders.stacks.json"
    kept = record.read_text()
    moved = directory.rename(handmade.folder / "elsewhere")
    record.unlink()
    assert [each.partition(":")[0] for each in named()] == [has]
    moved.rename(directory)
    record.write_text(kept)
    subprocess.run(["sh", "-c", f"{line.split('`')[1]} -auto-approve"], check=True, capture_output=True)
    assert named() == []
    assert list(json.loads(record.read_text())) == [EAST]


def test_stack_whose_state_is_elsewhere_is_named_by_the_record_alone(
    handmade: Handmade, states: dict[str, Any]
) -> None:
    """In a fresh checkout there is no folder of it, and no file: the record that was committed leads to its state."""
    handmade.stack(EAST, "true")
    handmade.stack(WEST, "true", "true", backend=states)
    assert handmade.deploy().returncode == 0
    shutil.rmtree(handmade.directory(WEST))
    has = f"{WEST} is no longer in the description, and has 2 objects in its state: put it back into the description"
    said = handmade.deploy().stdout
    assert has in said
    assert said.endswith(f"Still there, though not in the description: {WEST}.\n")
    address = states["http"]["address"]
    record = handmade.folder / "orders.stacks.json"
    kept = record.read_text()
    record.write_text(kept.replace(address, "http://127.0.0.1:9/"))
    assert f"{WEST} is no longer in the description, and has a state that could not be read" in handmade.deploy().stdout
    record.write_text(kept)
    States.kept = b""
    assert WEST not in handmade.deploy().stdout
    assert list(json.loads(record.read_text())) == [EAST]


def test_lock_timeout_waits_for_the_lock_that_someone_else_has(handmade: Handmade) -> None:
    """Without it the run fails at once, and names the line that ends a lock left behind; ``10`` is no duration."""
    handmade.stack(EAST, "true")
    assert "must be a number with its unit" in handmade.deploy("--lock-timeout", "10").stdout
    lock = handmade.folder / f".terraform.{EAST}.tfstate.lock.info"
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(handmade.folder / f"terraform.{EAST}.tfstate"), str(lock)],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    refused = handmade.deploy()
    assert refused.returncode == 1
    assert (
        f"`terraform -chdir=cdktf.out/stacks/{EAST} force-unlock 11111111-2222-4333-8444-555555555555`"
        in refused.stdout
    )
    waits = handmade.start("--yes", "--lock-timeout", "60s")
    assert waits.stdout is not None
    said = ""
    while "still planning" not in said:
        said += waits.stdout.readline()
    holder.communicate("\n")
    rest, _ = waits.communicate(timeout=PATIENCE_SECONDS)
    assert waits.returncode == 0, said + rest
    assert re.search(rf"{EAST}: still planning, \d+ s", said)
    assert handmade.made() == [f"{EAST}.0"]


# As Terraform's own local backend locks a state (internal/states/statemgr/filesystem_lock_unix.go).
_HOLD = """
import fcntl, json, sys
state = open(sys.argv[1], "a")
fcntl.lockf(state, fcntl.LOCK_EX)
info = {"ID": "11111111-2222-4333-8444-555555555555", "Operation": "OperationTypeApply", "Who": "someone@else"}
open(sys.argv[2], "w").write(json.dumps(info))
print("held", flush=True)
sys.stdin.readline()
"""
