"""Commands that end their work whatever becomes of this process, and that are interrupted once, and waited for."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
from concurrent.futures import ALL_COMPLETED, FIRST_EXCEPTION, wait
from typing import IO, TYPE_CHECKING, Any, Final

from latitude.operate import records
from latitude.operate.follow import Follower, text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from concurrent.futures import Future, ThreadPoolExecutor
    from pathlib import Path

GRACE_SECONDS: Final = 20.0
"""How long a command has to end after an interrupt, where nothing is lost by killing it."""

_TURN_SECONDS: Final = 0.5
"""How long to wait without a look: a signal that another thread takes does not wake the main one, which acts on it."""

_running: Final[set[_Child]] = set()


class _Child:
    """A command that runs, in a session of its own: no terminal's Ctrl-C or end reaches it, only its interrupt."""

    def __init__(
        self, command: Sequence[str], *, directory: Path, environment: Mapping[str, str], out: int, err: int
    ) -> None:
        self.process = subprocess.Popen(
            command,
            cwd=directory,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        self._interrupted = False

    def interrupt(self) -> None:
        """Interrupt the command, once: at a second interrupt Terraform ends without its state and leaves its lock."""
        if not self._interrupted:
            self._interrupted = True
            self.signal(signal.SIGINT)

    def wait(self, seconds: float | None = None) -> None:
        """Wait for the end, in turns in which Ctrl-C is acted on, or for some seconds."""
        while self.process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=_TURN_SECONDS if seconds is None else seconds)
            if seconds is not None:
                return

    def kill(self) -> None:
        """Kill what is left of the command, and its children."""
        self.signal(signal.SIGKILL)
        self.process.wait()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the command and its children."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)


def run(
    command: Sequence[str],
    *,
    directory: Path,
    environment: Mapping[str, str],
    hear: Callable[[str], None] | None = None,
    recorded: bool = False,
    heeded: Callable[[], None] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, without input; ``hear`` gets each line that it says, as it comes, from two threads.

    What it says goes into a file, not into a pipe: should this process end, by whatever signal, the command goes on to
    its own end. With ``recorded`` the file, and a record of the process, stand in ``directory`` meanwhile, where a
    later run finds them. Ctrl-C interrupts the command once, waits for it, and is raised after that; ``heeded`` hears
    it, and each further one, which does nothing else.
    """
    with _output(directory if recorded else None) as out, tempfile.TemporaryFile() as err:
        child = _Child(command, directory=directory, environment=environment, out=out.fileno(), err=err.fileno())
        _running.add(child)
        followers: list[Follower] = []
        try:
            if recorded:
                records.write(directory, child.process.pid, command)
            if hear is not None:
                followers += [Follower(file.fileno(), hear) for file in (out, err)]
            child.wait()
        except BaseException as error:
            child.interrupt()
            if heeded is not None and isinstance(error, KeyboardInterrupt):
                heeded()
            _patiently(child.wait, heeded)
            raise
        finally:
            # Plugins of a Terraform that was killed would go on.
            child.signal(signal.SIGKILL)
            _running.discard(child)
            for follower in followers:
                follower.end()
        return subprocess.CompletedProcess(command, child.process.returncode, text(out.fileno()), text(err.fileno()))


def wait_for(futures: Collection[Future[Any]], *, or_error: bool = False) -> None:
    """Wait for work in other threads, all of it or until some of it fails; Ctrl-C ends the wait at once."""
    others: Collection[Future[Any]] = futures
    while others:
        done, others = wait(futures, timeout=_TURN_SECONDS, return_when=FIRST_EXCEPTION if or_error else ALL_COMPLETED)
        if or_error and any(not each.cancelled() and each.exception() for each in done):
            return


def stop(
    pool: ThreadPoolExecutor,
    futures: Collection[Future[Any]],
    *,
    grace_seconds: float | None = GRACE_SECONDS,
    insisted: Callable[[], None] | None = None,
) -> None:
    """Cancel the work of a pool that has not begun, interrupt the commands of the rest, and wait until all has ended.

    What goes on for longer than ``grace_seconds`` is killed; ``None`` waits. ``insisted`` hears each further Ctrl-C.
    """
    pool.shutdown(wait=False, cancel_futures=True)

    def end() -> None:
        # Again, for work may have been about to start a command. `wait` never takes for done what `shutdown` cancelled.
        while running := [each for each in futures if not each.done()]:
            stop_all(grace_seconds=grace_seconds)
            wait(running, timeout=_TURN_SECONDS)

    _patiently(end, insisted)


def finish(
    pool: ThreadPoolExecutor, futures: Collection[Future[Any]], *, insisted: Callable[[], None] | None = None
) -> None:
    """Begin nothing more, and wait until what has begun has ended, whatever signal comes.

    Ctrl-C interrupts what has not been interrupted yet, and ``insisted`` hears it.
    """
    pool.shutdown(wait=False, cancel_futures=True)

    def end() -> None:
        while running := [each for each in futures if not each.done()]:
            wait(running, timeout=_TURN_SECONDS)

    def interrupt() -> None:
        stop_all(grace_seconds=None)
        if insisted is not None:
            insisted()

    try:
        _patiently(end, interrupt)
    except BaseException:
        # The terminal's end is raised once.
        _patiently(end, interrupt)
        raise


def stop_all(*, grace_seconds: float | None = GRACE_SECONDS) -> None:
    """Interrupt every command that runs in whatever thread, once; kill what goes on for longer than ``grace_seconds``.

    With ``None`` nothing is killed, and nothing is waited for.
    """
    children = tuple(_running)
    for child in children:
        child.interrupt()
    for child in children if grace_seconds is not None else ():
        child.wait(grace_seconds)
        child.kill()


def _patiently(wait_on: Callable[[], None], insisted: Callable[[], None] | None = None) -> None:
    """Wait to the end, through every Ctrl-C."""
    while True:
        try:
            return wait_on()
        except KeyboardInterrupt:
            if insisted is not None:
                insisted()


@contextlib.contextmanager
def _output(directory: Path | None) -> Iterator[IO[bytes]]:
    """Give a file for what a command says, which its owner alone can read, and which is gone afterwards."""
    if directory is None:
        with tempfile.TemporaryFile() as file:
            yield file
        return
    with records.output(directory) as file:
        yield file
