"""Work that goes on at the same time, and ends together: also at Ctrl-C."""

from __future__ import annotations

import signal
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from latitude.operate import processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import FrameType, TracebackType

T = TypeVar("T")
_AT_ONCE: Final = 3
"""Each is a Terraform and a provider, and all ask one embedded AWS: more would wait for each other."""


class Jobs:
    """Runs every command of Terraform in a thread, so that Ctrl-C, which Python raises in the main one, finds them all.

    Used as a context: it ends when every job has ended.
    """

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=_AT_ONCE)
        self._beside = ThreadPoolExecutor()
        self._running: set[Future[Any]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            processes.stop(self._pool, tuple(self._running))
        self._beside.shutdown(wait=True, cancel_futures=True)
        self._pool.shutdown(wait=True)

    def run(self, *calls: Callable[[], T]) -> list[T]:
        """Make the calls at the same time, wait for all, and return what they return.

        Raises:
            Exception: the first that a call raised, after the others have ended too.

        """
        futures = [self._pool.submit(call) for call in calls]
        self._running.update(futures)
        processes.wait_for(futures)
        self._running.difference_update(futures)
        return [future.result() for future in futures]

    def begin(self, call: Callable[[], T]) -> Future[T]:
        """Make a call that runs jobs itself, beside what comes next; ``finish`` tells what becomes of it."""
        return self._beside.submit(call)

    def finish(self, *begun: Future[T]) -> list[T]:
        """Wait for calls that have begun, and return what they return.

        Raises:
            Exception: the first that a call raised, after the others have ended too.

        """
        processes.wait_for(begun)
        return [future.result() for future in begun]


@contextmanager
def interruptible(numbers: Iterable[signal.Signals] = (signal.SIGTERM, signal.SIGHUP)) -> Iterator[None]:
    """Take these signals for Ctrl-C."""
    before = {number: signal.signal(number, _interrupt) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(number: int, _: FrameType | None) -> None:
    raise KeyboardInterrupt(number)
