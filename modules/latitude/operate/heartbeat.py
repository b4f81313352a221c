"""Says every few seconds what is still being worked on, and for how long."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

T = TypeVar("T")


@dataclass(kw_only=True)
class Heartbeat:
    """Within its block, ``tell`` hears of each stack every so many seconds; ``doing`` says what is done to them."""

    doing: str
    seconds: float
    tell: Callable[[str, str], None]
    _since: dict[str, float] = field(default_factory=dict)
    _ended: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._beat, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()

    def during(self, stack: str, work: Callable[[str], T]) -> T:
        """Do the work for a stack."""
        self._since[stack] = time.monotonic()
        try:
            return work(stack)
        finally:
            del self._since[stack]

    def working(self) -> tuple[str, ...]:
        """Return the stacks that are being worked on."""
        return tuple(self._since)

    def _beat(self) -> None:
        while not self._ended.wait(self.seconds):
            now = time.monotonic()
            for stack, since in tuple(self._since.items()):
                if now - since >= self.seconds:
                    self.tell(stack, f"still {self.doing}, {_duration(now - since)}")


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
