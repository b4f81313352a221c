"""Reads what a command writes into a file, as it comes."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LOOK_SECONDS: Final = 0.1
_CHUNK_BYTES: Final = 1 << 16


class Follower:
    """Gives each line of a file to ``hear``, in a thread, until ``end``.

    Whatever ``hear`` raises, such as ``BrokenPipeError`` where nobody reads any more, it hears nothing after that, and
    the command goes on.
    """

    def __init__(self, handle: int, hear: Callable[[str], None]) -> None:
        self._handle, self._hear = handle, hear
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Read what is left, once the command has ended."""
        self._ended.set()
        self._thread.join()

    def _follow(self) -> None:
        try:
            for line in self._lines():
                self._hear(line)
        except BaseException:  # noqa: BLE001, S110  a listener's trouble, SystemExit too, is not the command's
            pass

    def _lines(self) -> Iterator[str]:
        offset, rest = 0, b""
        while True:
            last = self._ended.is_set()
            while chunk := os.pread(self._handle, _CHUNK_BYTES, offset):
                offset += len(chunk)
                *lines, rest = (rest + chunk).split(b"\n")
                yield from (f"{line.decode(errors='replace')}\n" for line in lines)
            if last:
                break
            self._ended.wait(_LOOK_SECONDS)
        if rest:
            yield rest.decode(errors="replace")


def text(handle: int) -> str:
    """Return all that is in a file."""
    size = os.fstat(handle).st_size
    return os.pread(handle, size, 0).decode(errors="replace")
