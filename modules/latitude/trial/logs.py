"""What Terraform says, kept in files: one a job."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

_COLOURS: Final = re.compile(r"\x1b\[[0-9;]*m")


class Listen(Protocol):
    """Listens to jobs."""

    def __call__(self, name: str) -> AbstractContextManager[Callable[[str], None]]:
        """Return, for as long as the job ``name`` goes on, what takes its lines, one by one."""


class Logs:
    """Keeps what is said in ``folder``, which is made: ``01-init-orders-registry.log`` and so on."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._jobs = 0
        self._lock = threading.Lock()

    @contextmanager
    def listen(self, name: str) -> Iterator[Callable[[str], None]]:
        """See ``Listen``."""
        with self._lock:
            self._jobs += 1
            log = self._folder / f"{self._jobs:02}-{name.replace(' ', '-')}.log"
        with log.open("w", encoding="utf-8") as file:

            def hear(line: str) -> None:
                # What a command says and what it complains of come from two threads.
                with self._lock:
                    file.write(_COLOURS.sub("", line))
                    file.flush()

            yield hear
