"""Faults on request: throttling, errors and latency, by service and region, repeatable by their seed."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from latitude.sandbox.control.members import NUMBER, TEXT, TEXT_OR_NULL, WHOLE, require_types

if TYPE_CHECKING:
    from latitude.sandbox.calls import Call

Kind = Literal["throttle", "error", "latency"]
MAX_SECONDS: Final = 3600


@dataclass(kw_only=True)
class Fault:
    """What strikes the calls that match. ``service`` is a signing name; None matches every service or region.

    ``strikes`` counts the calls that were struck. Raises ``ValueError`` for a value out of bounds, or of a wrong type.
    """

    kind: Kind
    service: str | None = None
    region: str | None = None
    probability: float = 1.0
    seconds: float = 0.0
    seed: int = 0
    strikes: int = field(init=False)
    _random: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Check the values and start the sequence that the seed gives."""
        require_types(
            vars(self),
            kind=TEXT,
            service=TEXT_OR_NULL,
            region=TEXT_OR_NULL,
            probability=NUMBER,
            seconds=NUMBER,
            seed=WHOLE,
        )
        if self.kind not in get_args(Kind):
            msg = f"kind: must be one of {', '.join(get_args(Kind))}, got {self.kind!r}"
            raise ValueError(msg)
        if not 0 <= self.probability <= 1:
            msg = f"probability: must be 0 to 1, got {self.probability}"
            raise ValueError(msg)
        if not 0 <= self.seconds <= MAX_SECONDS:
            msg = f"seconds: must be 0 to {MAX_SECONDS}, got {self.seconds}"
            raise ValueError(msg)
        if (self.kind == "latency") != (self.seconds > 0):
            msg = f"seconds: must be more than 0 for latency and 0 for the rest, got {self.seconds} for {self.kind}"
            raise ValueError(msg)
        self.strikes = 0
        self._random = random.Random(self.seed)  # noqa: S311 - must be repeatable, guards nothing

    def strikes_at(self, call: Call) -> bool:
        """Decide whether this call is struck, and count it."""
        if self.service not in (None, call.service) or self.region not in (None, call.region):
            return False
        struck = self._random.random() < self.probability
        self.strikes += struck
        return struck

    def shown(self) -> dict[str, Any]:
        """Return the fault and how often it struck, for ``status``."""
        return {name: value for name, value in vars(self).items() if not name.startswith("_")}


_lock = threading.Lock()
_faults: list[Fault] = []


def add(fault: Fault) -> None:
    """Let a fault strike from now on."""
    with _lock:
        _faults.append(fault)


def clear() -> None:
    """End all faults."""
    with _lock:
        _faults.clear()


def current() -> list[dict[str, Any]]:
    """Return the faults and how often each struck."""
    with _lock:
        return [fault.shown() for fault in _faults]


def strike(call: Call) -> list[Fault]:
    """Return the faults that strike a call."""
    with _lock:
        return [fault for fault in _faults if fault.strikes_at(call)]
