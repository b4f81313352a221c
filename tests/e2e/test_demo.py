from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.e2e

_MODULES = Path(__file__).parents[2] / "modules"
_MAIN = Path(__file__).parents[2] / "main.py"
_LIMIT_SECONDS = 300  # four minutes are promised to a machine that does nothing else; here other tests run beside it
_PATIENCE_SECONDS = 400.0  # for a machine that does much else; alone it takes 27 s
_MARK = "LATITUDE_TEST_MARK"


@pytest.fixture
def mark() -> str:
    """Return what tells the processes of this test, and their children, from all others."""
    return uuid.uuid4().hex


@pytest.fixture
def demo(tmp_path: Path, mark: str) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Return what starts the demonstration of ``main.py`` in an empty folder."""
    shutil.copy(_MAIN, tmp_path / "main.py")
    started: list[subprocess.Popen[str]] = []

    def start(**environment: str) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            [sys.executable, "-c", "from latitude.cli import main; main()", "demo"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(_MODULES), "COLUMNS": "200", _MARK: mark, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(child)
        return child

    yield start
    for child in started:
        # Not at once: a Terraform without its parent ends, but leaves its plugins.
        child.send_signal(signal.SIGINT)
        try:
            child.communicate(timeout=_PATIENCE_SECONDS)
        finally:
            child.kill()
            child.wait()


def _marked(mark: str) -> list[str]:
    """Return the command lines of the processes that inherited the mark, detached ones too."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"{_MARK}={mark}".encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue  # it has ended meanwhile, or belongs to someone else
    return found


def _wait_until(holds: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"not within {_PATIENCE_SECONDS} s: {what}"
        time.sleep(0.1)


def _said(folder: Path, log: str, words: str) -> bool:
    return any(words in path.read_text("utf-8") for path in folder.glob(f".latitude/demo-*/logs/*-{log}.log"))


def test_demo_shows_every_step_and_leaves_nothing(
    demo: Callable[..., subprocess.Popen[str]], tmp_path: Path, mark: str
) -> None:
    """All steps succeed within the time limit, and neither a process nor a folder of the run remains."""
    output, _ = demo().communicate(timeout=_LIMIT_SECONDS)
    steps = [line for line in output.splitlines() if line.startswith("✓")]
    assert [line[2:7] for line in steps] == [f"{number:>2}/19" for number in range(1, 20)], output
    assert "shop.example.com leads everybody to the nearest region" in output
    assert "Everything worked" in output
    assert list(tmp_path.glob(".latitude/demo-*")) == []
    assert _marked(mark) == []


@pytest.mark.parametrize(("number", "words"), [(signal.SIGINT, "Creating..."), (signal.SIGTERM, "Still creating...")])
def test_demo_interrupted_in_mid_apply_leaves_no_process(
    demo: Callable[..., subprocess.Popen[str]], tmp_path: Path, mark: str, number: signal.Signals, words: str
) -> None:
    """A signal that reaches the command alone ends Terraform and its plugins too; the logs stay and are named."""
    child = demo()
    _wait_until(lambda: _said(tmp_path, "bootstrap-orders-state", words), "Terraform creates a bucket")
    assert any("terraform apply" in command for command in _marked(mark))
    child.send_signal(number)
    output, _ = child.communicate(timeout=_PATIENCE_SECONDS)
    assert child.returncode == 130, output
    assert _marked(mark) == []
    (folder,) = tmp_path.glob(".latitude/demo-*")
    assert f"The logs are in {folder / 'logs'}" in output
    assert "Interrupt received" in "".join(path.read_text("utf-8") for path in folder.glob("logs/*.log"))
    assert list(folder.rglob(".terraform")) == []


def test_demo_with_a_failing_step_says_which_and_why(
    demo: Callable[..., subprocess.Popen[str]], tmp_path: Path, mark: str
) -> None:
    """A Terraform that fails is quoted, with the step and the place of the logs; nothing goes on running."""
    program = tmp_path / "bin" / "terraform"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 'Error: no provider today' >&2\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    child = demo(PATH=f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    output, _ = child.communicate(timeout=_PATIENCE_SECONDS)
    assert child.returncode == 1
    assert "✗  3/19 Buckets for state are made" in output
    assert "Error: no provider today" in output
    log = min(tmp_path.glob(".latitude/demo-*/logs/*init-orders-state.log"))
    assert f"The logs are in {log.parent}" in output
    assert "Error: no provider today" in log.read_text("utf-8")
    assert _marked(mark) == []
