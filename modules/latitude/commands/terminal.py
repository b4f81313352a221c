"""A terminal that may go away, and the signals that come from it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from rich.console import Console

from latitude.commands.tools import INTERRUPTED
from latitude.operate.deployment import HangUpError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


class SteadyConsole(Console):
    """Prints as long as someone reads: a closed pipe or a terminal that is gone ends the words, and nothing else."""

    def __init__(self) -> None:
        super().__init__(highlight=False, soft_wrap=True)
        self._unheard = False

    def print(self, *objects: Any, **options: Any) -> None:
        """Print, or do nothing where nobody reads any more."""
        if self._unheard:
            return
        try:
            super().print(*objects, **options)
            self.file.flush()
        except OSError:
            self.on_broken_pipe()

    def on_broken_pipe(self) -> None:
        """Go on without words; rich itself would end the program here."""
        self._unheard = True
        self.quiet = True
        with suppress(OSError, ValueError):
            # Python writes at the end what is still to be written.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)


class Insistence:
    """What is said to Ctrl-C after the first, and when this process leaves Terraform to itself."""

    def __init__(self, console: Console) -> None:
        self._console, self._times = console, 0

    def __call__(self) -> None:
        """Ask for patience; at the second time end this process, and not Terraform."""
        self._times += 1
        if self._times == 1:
            self._console.print(
                "Terraform is still ending its work, and writes its state then. Ctrl-C once more leaves it to itself; "
                "the next run waits for it."
            )
            return
        self._console.print("Terraform goes on by itself; the next run waits for it.")
        os._exit(INTERRUPTED)


class Heed:
    """What is said to each Ctrl-C while one Terraform runs: first what becomes of it, then as ``Insistence``."""

    def __init__(self, console: Console) -> None:
        self._console, self._insistence = console, Insistence(console)
        self._first = True

    def __call__(self) -> None:
        """Say that Terraform is waited for, or ask for patience."""
        if not self._first:
            self._insistence()
            return
        self._first = False
        self._console.print("Interrupted; waiting until Terraform has written its state.")


@contextmanager
def signals_of_a_terminal() -> Iterator[None]:
    """Take SIGTERM for Ctrl-C; at SIGHUP raise ``HangUpError``, once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def hang_up(_: int, __: FrameType | None) -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        raise HangUpError

    before = {
        signal.SIGTERM: signal.signal(signal.SIGTERM, signal.default_int_handler),
        signal.SIGHUP: signal.getsignal(signal.SIGHUP),
    }
    if before[signal.SIGHUP] != signal.SIG_IGN:
        # `nohup` ignores it, and means that the run goes on.
        signal.signal(signal.SIGHUP, hang_up)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
