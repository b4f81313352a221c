"""Waits until a region's domains are live, and lets it be answered with then."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from latitude.operate.planned import Planned

_FIRST_PAUSE_SECONDS: Final = 1.0
_LONGEST_PAUSE_SECONDS: Final = 15.0
_SLICE_SECONDS: Final = 0.1


@dataclass(frozen=True, kw_only=True)
class Settling:
    """Plans a stack again and again, for each plan asks AWS how far it is; ``waiting`` gets why one was given up."""

    plan: Callable[[str], Planned]
    apply: Callable[[str], None]
    tell: Callable[[str, str], None]
    interrupted: Callable[[], bool]
    wait_seconds: float
    waiting: dict[str, str]

    def settle(self, stack: str) -> bool:
        """Wait for a stack's domains and apply what opens the region, no more; return whether it was applied."""
        end, pause, said = time.monotonic() + self.wait_seconds, _FIRST_PAUSE_SECONDS, ""
        while not self.interrupted():
            planned = self.plan(stack)
            if planned.changes is None:
                self.waiting[stack] = planned.why
                return False
            if not planned.changes.waits:
                return self._open(stack, planned)
            why = "; ".join(planned.changes.waits)
            if why != said:
                self.tell(stack, f"waiting: {why}")
                said = why
            if time.monotonic() >= end:
                self.waiting[stack] = why
                return False
            self._pause(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
        return False

    def _open(self, stack: str, planned: Planned) -> bool:
        if planned.changes is not None and (planned.changes.add or planned.changes.remove):
            self.waiting[stack] = f"its plan has other changes meanwhile, {planned.changes}."
            return False
        if planned.needed:
            self.apply(stack)
        return planned.needed

    def _pause(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self.interrupted() and time.monotonic() < end:
            time.sleep(_SLICE_SECONDS)
