"""Child processes that do not outlive this one: one can be interrupted, or all of them at once."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from concurrent.futures import ALL_COMPLETED, FIRST_EXCEPTION, wait
from typing import IO, TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from concurrent.futures import Future, ThreadPoolExecutor
    from pathlib import Path

GRACE_SECONDS: Final = 20.0
"""How long Terraform has to write its state and give back the lock after an interrupt."""

_TURN_SECONDS: Final = 0.5
"""How long to wait without a look: a signal that another thread takes does not wake the main one, which acts on it."""

_running: Final[set[subprocess.Popen[str]]] = set()


def run(
    command: Sequence[str],
    *,
    directory: Path,
    environment: Mapping[str, str],
    hear: Callable[[str], None] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, without input; ``hear`` gets each line that it says, as it comes.

    Whatever ends the wait, such as Ctrl-C, interrupts the command, waits for it, and is raised after that. The command
    is in a process group of its own: Ctrl-C in a terminal would reach Terraform directly too, and at a second interrupt
    Terraform leaves its lock behind.
    """
    child = subprocess.Popen(
        command,
        cwd=directory,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    _running.add(child)
    try:
        output, errors = _Reader(child.stdout, hear), _Reader(child.stderr, hear)
        while child.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(timeout=_TURN_SECONDS)
    except BaseException:
        _signal(child, signal.SIGINT)
        _end(child, GRACE_SECONDS)
        raise
    finally:
        # Plugins of a Terraform that was killed would go on.
        _signal(child, signal.SIGKILL)
        _running.discard(child)
    return subprocess.CompletedProcess(command, child.returncode, output.text(), errors.text())


def wait_for(futures: Collection[Future[Any]], *, or_error: bool = False) -> None:
    """Wait for work in other threads, all of it or until some of it fails; Ctrl-C ends the wait at once."""
    others: Collection[Future[Any]] = futures
    while others:
        done, others = wait(futures, timeout=_TURN_SECONDS, return_when=FIRST_EXCEPTION if or_error else ALL_COMPLETED)
        if or_error and any(not each.cancelled() and each.exception() for each in done):
            return


def stop(pool: ThreadPoolExecutor, futures: Collection[Future[Any]]) -> None:
    """Cancel the work of a pool that has not begun, and interrupt the commands of the rest until it has ended."""
    pool.shutdown(wait=False, cancel_futures=True)
    # Again, for work may have been about to start a command. `wait` never takes for done what `shutdown` cancelled.
    while running := [each for each in futures if not each.done()]:
        stop_all()
        wait(running, timeout=_TURN_SECONDS)


def stop_all(*, grace_seconds: float = GRACE_SECONDS) -> None:
    """Interrupt every command that runs in whatever thread, and kill what goes on for longer than ``grace_seconds``."""
    children = tuple(_running)
    for child in children:
        _signal(child, signal.SIGINT)
    for child in children:
        _end(child, grace_seconds)


class _Reader:
    """Reads a pipe to its end in a thread, so that the command never waits for this process."""

    def __init__(self, pipe: IO[str] | None, hear: Callable[[str], None] | None) -> None:
        self._lines: list[str] = []
        self._thread = threading.Thread(target=self._read, args=(pipe, hear), daemon=True)
        self._thread.start()

    def _read(self, pipe: IO[str], hear: Callable[[str], None] | None) -> None:
        with pipe:
            for line in pipe:
                self._lines.append(line)
                if hear is not None:
                    hear(line)

    def text(self) -> str:
        self._thread.join()
        return "".join(self._lines)


def _end(child: subprocess.Popen[str], grace_seconds: float) -> None:
    try:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=grace_seconds)
    finally:
        _signal(child, signal.SIGKILL)
        child.wait()


def _signal(child: subprocess.Popen[str], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, number)
