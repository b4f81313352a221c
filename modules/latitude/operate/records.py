"""A record, beside a stack, of the Terraform that works there: for a later run, should this one be killed."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import socket
import stat
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from latitude.files import NO_LINK, FolderInUseError, writing
from latitude.operate.follow import Follower

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

RECORD: Final = "latitude.running.json"
OUTPUT: Final = "latitude.running.log"
_LOOK_SECONDS: Final = 0.5
_PROC: Final = Path("/proc")
_ENDED: Final = "ZX"
"""States of a process that has ended, and whose parent has not asked for its status yet (proc(5))."""
_STATE, _STARTED = 0, 19
"""Where the fields 3 and 22 of /proc/PID/stat are, behind the name of the program."""


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A command of an earlier run that is still at work."""

    directory: Path
    pid: int
    command: str
    since: str

    def follow(self, hear: Callable[[str], None]) -> None:
        """Wait until it has ended; ``hear`` gets each line that it says from now on, and that it has said."""
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(OSError):
                file = stack.enter_context((self.directory / OUTPUT).open("rb"))
                stack.callback(Follower(file.fileno(), hear).end)
            while earlier(self.directory) is not None:
                time.sleep(_LOOK_SECONDS)
        remove(self.directory)


@contextlib.contextmanager
def output(directory: Path) -> Iterator[IO[bytes]]:
    """Give the file for what a command says; it, and the record, are gone when the command is."""
    path = directory / OUTPUT
    with writing(path):
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
    try:
        with os.fdopen(handle, "w+b", buffering=0) as file:
            yield file
    finally:
        remove(directory)


def write(directory: Path, pid: int, command: Sequence[str]) -> None:
    """Write down that a process of this machine runs a command there; a link in the record's place is replaced."""
    record = {
        "pid": pid,
        "started": _started(pid),
        "command": command[1],
        "since": time.strftime("%H:%M:%S"),
        "host": socket.gethostname(),
    }
    # Without a record, as on a disk that has just become full, Terraform's own lock still stands.
    with contextlib.suppress(OSError):
        handle, name = tempfile.mkstemp(prefix=f".{RECORD}.", dir=directory)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(json.dumps(record))
            Path(name).replace(directory / RECORD)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def remove(directory: Path) -> None:
    """Forget a command that has ended."""
    with contextlib.suppress(OSError):
        (directory / RECORD).unlink(missing_ok=True)
        (directory / OUTPUT).unlink(missing_ok=True)


def earlier(directory: Path) -> Earlier | None:
    """Return the command that an earlier run left at work there; another process with its number is not it.

    A record that is a link, or another user's, says nothing.

    Raises:
        FolderInUseError: the record is another host's, on which this one cannot look whether the command has ended.

    """
    try:
        found = json.loads(_own_text(directory / RECORD))
        pid, started = int(found["pid"]), found["started"]
        command, since = str(found["command"]), str(found["since"])
        host = str(found.get("host", socket.gethostname()))
    except (OSError, OverflowError, RecursionError, ValueError, KeyError, TypeError):
        return None
    if started is None:
        return None
    if _started(pid) == started:
        return Earlier(directory=directory, pid=pid, command=command, since=since)
    if host != socket.gethostname():
        raise FolderInUseError(
            f"{directory} is shared with the host {host!r}, where an earlier run began `terraform {command}` (process "
            f"{pid}, since {since}): wait until it has ended there. If it has, remove {directory / RECORD}"
        )
    return None


def _own_text(path: Path) -> str:
    """Return what a regular file of this user has in it."""
    handle = os.open(path, os.O_RDONLY | NO_LINK | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, encoding="utf-8") as file:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode) or (hasattr(os, "getuid") and about.st_uid != os.getuid()):
            raise PermissionError(errno.EPERM, "", str(path))
        return file.read()


def _started(pid: int) -> str | None:
    """Return when a process was started, in the system's own words; ``None`` if it has ended."""
    if (_PROC / "self" / "stat").exists():
        try:
            # The program's name, in brackets, may have brackets and spaces in it.
            fields = (_PROC / str(pid) / "stat").read_text("utf-8", errors="replace").rpartition(")")[2].split()
            boot = (_PROC / "sys" / "kernel" / "random" / "boot_id").read_text("utf-8").strip()
        except OSError:
            return None
        return None if fields[_STATE] in _ENDED else f"{boot} {fields[_STARTED]}"
    asked = subprocess.run(
        ["ps", "-o", "stat=,lstart=", "-p", str(pid)],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    state, _, started = asked.stdout.strip().partition(" ")
    return None if state == "" or state[0] in _ENDED else started.strip()
