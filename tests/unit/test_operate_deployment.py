"""``latitude deploy`` with a stand-in for Terraform: what it says when it is interrupted, or one of two cells fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM: Final = """
from latitude import Application, Image, Service
application = Application(
    name="orders",
    regions=("us-east-1", "us-west-2"),
    services=(Service(name="web", image=Image(tag="1")),),
)
"""
# A stack's file tells what its apply does: `slow` goes on until it is interrupted, with `patient` until that is gone,
# `steady` for half a second, `fails` fails, with `fails.late` not before the first cell has begun, and `says` fails in
# plain words, `silent` in none.
TERRAFORM: Final = """#!/bin/sh
stack=$(basename "$PWD")
case "$1" in
plan) exit 2 ;;
show) echo '{"resource_changes": [{"change": {"actions": ["create"]}}]}' ;;
apply)
  # The trap is there before anyone learns whom to interrupt.
  if [ -e "$STAND_IN/$stack.slow" ]; then
    trap 'while [ -e "$STAND_IN/$stack.patient" ]; do sleep 0.1; done
      echo ended > "$STAND_IN/$stack.interrupted"; exit 1' INT
  fi
  echo $$ > "$STAND_IN/$stack.pid"
  if [ -e "$STAND_IN/$stack.silent" ]; then exit 1; fi
  if [ -e "$STAND_IN/$stack.says" ]; then echo "Error: run task failed"; exit 1; fi
  if [ -e "$STAND_IN/$stack.fails" ]; then
    while [ -e "$STAND_IN/$stack.fails.late" ] && [ ! -e "$STAND_IN/orders-us-east-1.pid" ]; do sleep 0.05; done
    echo '{"type": "diagnostic", "diagnostic": {"severity": "error", "summary": "no quota", "address": "a.b"}}'
    exit 1
  fi
  if [ -e "$STAND_IN/$stack.steady" ]; then sleep 0.5; fi
  if [ -e "$STAND_IN/$stack.slow" ]; then
    while :; do sleep 0.1; done
  fi ;;
esac
"""
BUCKETS: Final = """
from latitude import Application, Image, S3State, Service, StateBucket
application = Application(
    name="orders",
    regions=("us-east-1",),
    services=(Service(name="web", image=Image(tag="1")),),
    state=S3State(bucket="orders-terraform-state", create=StateBucket()),
)
"""
CELLS: Final = ("orders-us-east-1", "orders-us-west-2")
PATIENCE_SECONDS: Final = 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a program and the stand-in."""
    (tmp_path / "main.py").write_text(PROGRAM)
    (tmp_path / "terraform").write_text(TERRAFORM)
    (tmp_path / "terraform").chmod(0o755)
    return tmp_path


def deploy(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start ``latitude deploy --yes``, or another command, as a shell would: with interrupts not ignored."""
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "STAND_IN": str(folder)}
    script = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\nfrom latitude.cli import main; main()"
    )
    return subprocess.Popen(
        [sys.executable, "-c", script, *(arguments or ("deploy", "--yes"))],
        cwd=folder,
        env={**environment, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def wait_for(*files: Path) -> None:
    """Wait until the files have something in them."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not all(file.exists() and file.read_text().strip() for file in files):
        assert time.monotonic() < end, f"not in time: {files}"
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    """Say whether a process is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_deploy_interrupted_leaves_no_process_and_says_what_is_done(folder: Path, number: signal.Signals) -> None:
    """Terraform is interrupted once and waited for; the message has what is done, and where it stopped."""
    for cell in CELLS:
        (folder / f"{cell}.slow").touch()
    running = deploy(folder)
    try:
        wait_for(*(folder / f"{cell}.pid" for cell in CELLS))
        running.send_signal(number)
        said, _ = running.communicate(timeout=PATIENCE_SECONDS)
    finally:
        running.kill()
    assert running.returncode == 130, said
    assert said.endswith(
        "Interrupted; Terraform has ended.\n  done: orders-registry\n  stopped at: orders-us-east-1, orders-us-west-2\n"
    )
    assert [(folder / f"{cell}.interrupted").read_text() for cell in CELLS] == ["ended\n", "ended\n"]
    assert [cell for cell in CELLS if is_running(int((folder / f"{cell}.pid").read_text()))] == []


def test_sigterm_after_the_terminal_is_gone_interrupts_terraform(folder: Path) -> None:
    """What would be applied to its end for minutes is interrupted once, and waited for: the operator insists."""
    for cell in CELLS:
        (folder / f"{cell}.slow").touch()
    running = deploy(folder)
    try:
        wait_for(*(folder / f"{cell}.pid" for cell in CELLS))
        running.send_signal(signal.SIGHUP)
        time.sleep(0.5)
        assert [cell for cell in CELLS if (folder / f"{cell}.interrupted").exists()] == []
        running.send_signal(signal.SIGTERM)
        said, _ = running.communicate(timeout=PATIENCE_SECONDS)
    finally:
        running.kill()
    assert running.returncode == 130, said
    assert "Interrupted; Terraform has ended.\n" in said
    assert [(folder / f"{cell}.interrupted").read_text() for cell in CELLS] == ["ended\n", "ended\n"]
    assert [cell for cell in CELLS if is_running(int((folder / f"{cell}.pid").read_text()))] == []


def test_deploy_stops_at_the_first_stack_that_fails(folder: Path) -> None:
    """What was shared is not applied: no cell is begun; the message has Terraform's error and what is not done."""
    (folder / "orders-registry.fails").touch()
    said, _ = deploy(folder).communicate(timeout=PATIENCE_SECONDS)
    assert said.endswith(
        "applying orders-registry failed:\n"
        "a.b: no quota\n"
        "  stopped at: orders-registry\n"
        "  not done: orders-us-east-1, orders-us-west-2\n"
    )
    assert [cell for cell in CELLS if (folder / f"{cell}.pid").exists()] == []


def test_deploy_says_which_of_two_cells_is_done(folder: Path) -> None:
    """A cell that goes on while the other fails ends its work, and counts as done."""
    for name in ("orders-us-west-2.fails", "orders-us-west-2.fails.late", "orders-us-east-1.steady"):
        (folder / name).touch()
    running = deploy(folder)
    said, _ = running.communicate(timeout=PATIENCE_SECONDS)
    assert running.returncode == 1
    assert said.endswith(
        "applying orders-us-west-2 failed:\n"
        "a.b: no quota\n"
        "  done: orders-registry, orders-us-east-1\n"
        "  stopped at: orders-us-west-2\n"
    )


def test_deploy_repeats_what_terraform_said_where_it_named_no_error(folder: Path) -> None:
    """Runs of HCP Terraform are told in plain words, not in Terraform's machine-readable events."""
    (folder / "orders-registry.says").touch()
    said, _ = deploy(folder).communicate(timeout=PATIENCE_SECONDS)
    assert "applying orders-registry failed:\nError: run task failed\n" in said


def test_deploy_says_that_terraform_was_silent(folder: Path) -> None:
    """A failure of which nothing is heard, such as on a full disk, is said in words too."""
    (folder / "orders-registry.silent").touch()
    said, _ = deploy(folder).communicate(timeout=PATIENCE_SECONDS)
    assert (
        "applying orders-registry failed: Terraform ended without saying why.\n  stopped at: orders-registry\n" in said
    )


def test_bootstrap_says_at_once_what_an_interrupt_does(folder: Path) -> None:
    """It waits for Terraform, and says so at the first Ctrl-C; the second asks for patience."""
    (folder / "main.py").write_text(BUCKETS)
    (folder / "terraform.orders-state.tfstate").touch()
    (folder / "orders-state.slow").touch()
    running = deploy(folder, "bootstrap", "--yes")
    assert running.stdout is not None
    try:
        wait_for(folder / "orders-state.pid")
        (folder / "orders-state.patient").touch()
        running.send_signal(signal.SIGINT)
        said = ""
        while "waiting until Terraform has written its state." not in said:
            line = running.stdout.readline()
            assert line, said
            said += line
        assert "Terraform has ended" not in said
        running.send_signal(signal.SIGINT)
        while "Ctrl-C once more leaves it to itself" not in said:
            line = running.stdout.readline()
            assert line, said
            said += line
        (folder / "orders-state.patient").unlink()
        rest, _ = running.communicate(timeout=PATIENCE_SECONDS)
    finally:
        running.kill()
    assert (running.returncode, rest) == (
        130,
        "Interrupted; Terraform has ended. Run this again: it goes on from there.\n",
    )
    assert not is_running(int((folder / "orders-state.pid").read_text()))


@pytest.mark.parametrize("command", ["deploy", "bootstrap"])
def test_interrupt_at_the_question_is_a_no(folder: Path, command: str) -> None:
    """Nothing is applied, and the run says what is not done, as after a no."""
    (folder / "main.py").write_text(BUCKETS if command == "bootstrap" else PROGRAM)
    (folder / "terraform.orders-state.tfstate").touch()
    running = deploy(folder, command)
    assert running.stdout is not None
    said = ""
    while not said.endswith("[y/N]: "):
        character = running.stdout.read(1)
        assert character, said
        said += character
    running.send_signal(signal.SIGINT)
    rest, _ = running.communicate(timeout=PATIENCE_SECONDS)
    assert running.returncode == 1
    assert list(folder.glob("*.pid")) == []
    if command == "bootstrap":
        assert rest.endswith("Nothing was applied.\n")
    else:
        assert rest.endswith(
            "The plans were not confirmed.\n  not done: orders-registry, orders-us-east-1, orders-us-west-2\n"
        )
