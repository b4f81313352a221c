"""How the embedded AWS behaves: its delays, its clock and its conveniences."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def steady_clock() -> Callable[[], float]:
    """Return a clock that has the time of day now, and then goes on evenly.

    A virtual machine's own may be set back while it runs; what had ended by then would be in progress again.
    """
    began = time.time() - time.monotonic()
    return lambda: began + time.monotonic()


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a sandbox is started with. The backends read it through ``get()`` whenever they need a value.

    ``replication_delay_seconds``: from a write or a push in one region until another region shows it.
    ``operation_seconds``: how long an asynchronous App Runner operation stays in progress.
    ``auto_handshake``: App Runner connections become AVAILABLE by themselves. In AWS, and here without it, they stay in
    PENDING_HANDSHAKE until someone completes the handshake in the console, here by ``Control.complete_handshake``.
    ``same_validation``: a domain has the same certificate validation records in every region of an account, as AWS
    Certificate Manager's certificates have; otherwise each region's are its own. App Runner's documentation is silent.
    ``iam_propagation_seconds``: how old a role must be before App Runner can assume it; AWS gives no figure, and
    deployments have failed within two seconds.
    ``clock``: the time in seconds since 1970; every state that changes with time is derived from it.
    """

    replication_delay_seconds: float = 0.0
    operation_seconds: float = 0.5
    auto_handshake: bool = False
    same_validation: bool = False
    iam_propagation_seconds: float = 0.0
    clock: Callable[[], float] = field(default_factory=steady_clock)


_current = Settings()


def get() -> Settings:
    """Return the settings of the sandbox that runs in this process, or the defaults."""
    return _current


def use(settings: Settings) -> None:
    """Make ``settings`` the ones that ``get()`` answers."""
    global _current  # noqa: PLW0603 - moto's backends are process-wide, and so are the settings they read
    _current = settings
