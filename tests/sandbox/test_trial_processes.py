"""Commands that are run by Latitude end with it."""

from __future__ import annotations

import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import pytest

from latitude.operate import processes
from latitude.trial.jobs import Jobs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_WORK_SECONDS = 20.0
_STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
plugin = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(plugin.pid, flush=True)
time.sleep(60)
"""
_GENTLE = """
import sys, time
try:
    print("ready", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    print("gave back the lock", flush=True)
    sys.exit(1)
"""


class _Gentle:
    """A command that ends at an interrupt, in its own time; ``heard`` is what it said."""

    def __init__(self, folder: Path) -> None:
        self.heard: list[str] = []
        self.ready = threading.Event()
        self._folder = folder

    def run(self) -> None:
        """Run it."""
        processes.run([sys.executable, "-c", _GENTLE], directory=self._folder, environment={}, hear=self._hear)

    def _hear(self, line: str) -> None:
        self.heard.append(line.strip())
        self.ready.set()


def _alive(pid: int) -> bool:
    try:
        status = open(f"/proc/{pid}/stat", encoding="ascii").read()  # noqa: PTH123, SIM115  one read of a special file
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_interrupted_command_may_end_its_work(tmp_path: Path) -> None:
    """``stop_all`` interrupts: the command has time for its last words, which are heard."""
    heard: list[str] = []

    def hear(line: str) -> None:
        heard.append(line.strip())
        if line.strip() == "ready":
            threading.Thread(target=processes.stop_all).start()

    done = processes.run([sys.executable, "-c", _GENTLE], directory=tmp_path, environment={}, hear=hear)
    assert heard == ["ready", "gave back the lock"]
    assert done.returncode == 1


def test_command_that_goes_on_is_killed_with_its_children(tmp_path: Path) -> None:
    """After the grace period a command that ignores the interrupt is killed, and its child too."""
    pids: list[int] = []

    def hear(line: str) -> None:
        pids.append(int(line))
        threading.Thread(target=processes.stop_all, kwargs={"grace_seconds": 0.2}).start()

    done = processes.run([sys.executable, "-c", _STUBBORN], directory=tmp_path, environment={}, hear=hear)
    assert done.returncode == -9
    deadline = time.monotonic() + 5
    while _alive(pids[0]) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(pids[0])


def test_jobs_end_their_commands_when_the_block_is_left_by_ctrl_c(tmp_path: Path) -> None:
    """A KeyboardInterrupt in the main thread interrupts what runs in the others, before it goes on upwards."""
    gentle = _Gentle(tmp_path)

    def interrupted() -> None:
        with Jobs() as jobs:
            threading.Thread(target=lambda: jobs.run(gentle.run), daemon=True).start()
            assert gentle.ready.wait(60)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert gentle.heard == ["ready", "gave back the lock"]


def test_what_has_begun_beside_ends_too_when_the_block_is_left(tmp_path: Path) -> None:
    """A call that runs jobs itself, beside the main thread's own work, has its command interrupted and begins no other.

    Its error is nobody's any more.
    """
    gentle = _Gentle(tmp_path)

    def interrupted() -> None:
        with Jobs() as jobs:

            def two() -> None:
                jobs.run(gentle.run)
                jobs.run(gentle.run)

            jobs.begin(two)
            assert gentle.ready.wait(60)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert gentle.heard == ["ready", "gave back the lock"]


@pytest.mark.timeout(60)
def test_ctrl_c_ends_jobs_of_which_some_have_not_begun() -> None:
    """More calls than go on at the same time: those that wait are never made, and nobody waits for them."""
    begun: list[int] = []
    stopped = threading.Event()

    def work(number: int) -> None:
        begun.append(number)
        stopped.wait(30)

    def interrupt(*_: object) -> None:
        stopped.set()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        threading.Timer(0.5, signal.raise_signal, [signal.SIGINT]).start()
        with pytest.raises(KeyboardInterrupt), Jobs() as jobs:
            jobs.run(*(partial(work, number) for number in range(9)))
    finally:
        signal.signal(signal.SIGINT, before)
    assert 0 < len(begun) < 9


def test_failing_job_is_reported_after_the_others_have_ended() -> None:
    """The error of one call comes out only when its neighbour is done, so that nothing is cut off."""
    done: list[str] = []

    def slow() -> None:
        time.sleep(0.3)
        done.append("slow")

    def fails() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"), Jobs() as jobs:
        jobs.run(fails, slow)
    assert done == ["slow"]


def _wait_in_jobs(_: Path, stopped: threading.Event) -> None:
    with Jobs() as jobs:
        jobs.run(lambda: stopped.wait(_WORK_SECONDS))


def _wait_for_what_has_begun(_: Path, stopped: threading.Event) -> None:
    with Jobs() as jobs:
        jobs.finish(jobs.begin(lambda: jobs.run(lambda: stopped.wait(_WORK_SECONDS))))


def _wait_for_command(folder: Path, _: threading.Event) -> None:
    command = [sys.executable, "-c", f"import time; time.sleep({_WORK_SECONDS})"]
    processes.run(command, directory=folder, environment={})


def _wait_for_first_error(_: Path, stopped: threading.Event) -> None:
    with ThreadPoolExecutor() as pool:
        processes.wait_for([pool.submit(stopped.wait, _WORK_SECONDS)], or_error=True)


@pytest.mark.parametrize("waits", [_wait_in_jobs, _wait_for_what_has_begun, _wait_for_command, _wait_for_first_error])
def test_ctrl_c_that_another_thread_takes_ends_the_wait(
    waits: Callable[[Path, threading.Event], None], tmp_path: Path
) -> None:
    """The system may hand a signal to any thread; the main one, which has to act on it, is not woken by that."""
    stopped = threading.Event()

    def interrupt(*_: object) -> None:
        stopped.set()
        raise KeyboardInterrupt

    def take() -> None:
        time.sleep(0.2)
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)

    before = signal.signal(signal.SIGINT, interrupt)
    begun = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):  # noqa: PT012  the thread is part of what may be interrupted
            threading.Thread(target=take).start()
            waits(tmp_path, stopped)
    finally:
        signal.signal(signal.SIGINT, before)
    assert time.monotonic() - begun < _WORK_SECONDS
