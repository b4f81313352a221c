"""``latitude deploy`` cut off in the middle of an apply: Terraform ends its work, and the next run does the rest."""

from __future__ import annotations

import os
import re
import signal
from typing import TYPE_CHECKING

import pytest

from tests.support.handmade import EAST, PATIENCE_SECONDS, WEST, Handmade, wait_until

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.terraform
LONG = "sleep 2"


@pytest.fixture
def handmade(tmp_path: Path) -> Handmade:
    """Return a place for stacks."""
    return Handmade(tmp_path)


def begun(handmade: Handmade) -> str:
    """Return a command that says that it has begun, and takes a while."""
    return f"touch {handmade.folder / 'begun'} && {LONG}"


def wait_for_begun(handmade: Handmade) -> None:
    """Wait until an apply is at work."""
    wait_until((handmade.folder / "begun").exists, "the apply has begun")


def require_converged(handmade: Handmade, *stacks: str) -> None:
    """Require that each object was made once and is in a state, and that nothing is left."""
    assert handmade.made() == [each for stack in stacks for each in handmade.in_state(stack)]
    assert handmade.left() == []


def test_closed_pipe_ends_nothing(handmade: Handmade) -> None:
    """``latitude deploy --yes | head`` applies everything, and the next run has nothing to do."""
    handmade.stack(EAST, begun(handmade), "true", "true")
    running = handmade.start("--yes")
    assert running.stdout is not None
    running.stdout.readline()
    wait_for_begun(handmade)
    running.stdout.close()
    assert running.wait(PATIENCE_SECONDS) == 0
    require_converged(handmade, EAST)
    assert "Nothing to do" in handmade.deploy().stdout


def test_hang_up_lets_terraform_end_and_begins_nothing_more(handmade: Handmade) -> None:
    """The terminal is closed: what is being applied is applied whole, and the cells after it wait for the next run."""
    handmade.stack("orders-registry", begun(handmade), "true")
    handmade.stack(WEST, "true")
    running = handmade.start("--yes")
    wait_for_begun(handmade)
    running.send_signal(signal.SIGHUP)
    said, _ = running.communicate(timeout=PATIENCE_SECONDS)
    assert running.returncode == 130, said
    assert said.endswith(f"Terraform has ended.\n  done: orders-registry\n  not done: {WEST}\n")
    require_converged(handmade, "orders-registry")
    assert "Everything is applied." in handmade.deploy().stdout
    require_converged(handmade, "orders-registry", WEST)


def test_killed_run_leaves_terraform_at_work_and_the_next_waits_for_it(handmade: Handmade) -> None:
    """SIGKILL of Latitude: its Terraform goes on; the next run says so, follows it, and finds everything made."""
    go = handmade.folder / "go"
    handmade.stack(EAST, begun(handmade), f"until test -e {go}; do sleep 0.1; done", "true")
    running = handmade.start("--yes")
    wait_for_begun(handmade)
    running.kill()
    running.communicate(timeout=PATIENCE_SECONDS)
    assert [name for name in handmade.left() if "plans" in name] != []
    again = handmade.start("--yes")
    assert again.stdout is not None
    first = again.stdout.readline()
    go.touch()
    said, _ = again.communicate(timeout=PATIENCE_SECONDS)
    assert re.match(rf"{EAST}: `terraform apply` of an earlier run is still at work \(process \d+, since", first), first
    assert "Creation complete" in said
    assert "Nothing to do" in said
    require_converged(handmade, EAST)


def test_ctrl_c_after_a_failure_waits_for_what_runs(handmade: Handmade) -> None:
    """One cell has failed, the other still applies: one interrupt lets it end, and its state has what it made."""
    handmade.stack(EAST, begun(handmade), "true")
    handmade.stack(WEST, f"test -e {handmade.folder / 'begun'} && test -e {handmade.folder / 'mended'}")
    running = handmade.start("--yes")
    wait_for_begun(handmade)
    wait_until(lambda: not (handmade.directory(WEST) / "latitude.running.json").exists(), "the other has failed")
    running.send_signal(signal.SIGINT)
    said, _ = running.communicate(timeout=PATIENCE_SECONDS)
    assert running.returncode == 130, said
    assert "Interrupted; Terraform has ended." in said
    assert f"applying {WEST} failed:" in said
    assert f"stopped at: {EAST}, {WEST}" in said
    # Terraform ends a provisioner's command, and keeps the object, as tainted.
    assert (handmade.made(), handmade.in_state(EAST), handmade.left()) == ([], [f"{EAST}.0"], [])
    (handmade.folder / "mended").touch()
    assert "Everything is applied." in handmade.deploy().stdout
    require_converged(handmade, EAST, WEST)


def test_killed_terraform_is_reported_in_words(handmade: Handmade) -> None:
    """What it had finished, where it stopped, and what to do: not the events that it wrote."""
    handmade.stack(EAST, "true", begun(handmade))
    running = handmade.start("--yes")
    wait_for_begun(handmade)
    record = (handmade.directory(EAST) / "latitude.running.json").read_text()
    found = re.search(r'"pid": (\d+)', record)
    assert found is not None
    os.kill(int(found[1]), signal.SIGKILL)
    said, _ = running.communicate(timeout=PATIENCE_SECONDS)
    assert running.returncode == 1
    assert f"applying {EAST} failed: Terraform was killed (SIGKILL)." in said
    assert "It had finished 1 of 2 objects that it had begun; it stopped at terraform_data.step1." in said
    assert '"@level"' not in said
    (handmade.folder / "begun").unlink()
    again = handmade.deploy()
    assert again.returncode == 0, again.stdout
    # The first object was made since Terraform last wrote its state, as the report says: in AWS, `latitude recover`
    # brings it in. What is in the state now is complete, and the run after that has nothing to do.
    assert handmade.in_state(EAST) == [f"{EAST}.0", f"{EAST}.1"]
    assert (handmade.made()[-1], handmade.left()) == (f"{EAST}.1", [])
    assert "Nothing to do" in handmade.deploy().stdout


def test_recycled_process_number_is_not_an_earlier_run(handmade: Handmade) -> None:
    """A record whose process is another one by now is forgotten, and nobody is waited for."""
    handmade.stack(EAST, "true")
    record = handmade.directory(EAST) / "latitude.running.json"
    record.write_text(f'{{"pid": {os.getpid()}, "started": "of another boot", "command": "apply", "since": "12:00"}}')
    said = handmade.deploy().stdout
    assert "earlier run" not in said
    assert "Everything is applied." in said
    require_converged(handmade, EAST)
