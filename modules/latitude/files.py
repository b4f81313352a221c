"""Files that Latitude writes: whole or not at all, under a lock where two runs would meet, and with one clear error."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

try:
    import fcntl
except ImportError:  # pragma: no cover  Windows: no locks, and the rest is the same
    fcntl = None  # type: ignore[assignment]

RUN_LOCK: Final = "latitude.lock"
_ADMINISTRATOR: Final = 0
NO_LINK: Final[int] = getattr(os, "O_NOFOLLOW", 0)
"""Opens no file through a link, where the platform has that (open(2))."""
_REASONS: Final = {
    errno.ENOSPC: "the disk is full: free some space there",
    errno.EDQUOT: "the quota is used up: free some space there",
    errno.EROFS: "the file system is read-only: name a folder that can be written to",
    errno.EACCES: "it may not be written to: change its permissions, or name another place",
    errno.EPERM: "it may not be written to: change its permissions, or name another place",
    errno.ENOTDIR: "it is a file where a folder must be: move it away, or name another place",
    errno.EEXIST: "it is a file where a folder must be: move it away, or name another place",
    errno.EISDIR: "it is a folder where a file must be: move it away, or name another place",
    errno.ENOENT: "there is no such folder: make it first",
    errno.ELOOP: "it is a link: remove it",
    errno.EFBIG: "the file may not get that large: raise the limit (ulimit -f)",
}
_held: Final[dict[Path, int]] = {}
_guard: Final = threading.Lock()


class UnwritableError(ValueError):
    """A file or a folder cannot be written; the message names it, says why, and what to do."""


class FolderInUseError(ValueError):
    """Another run of Latitude works in the folder; the message says which."""


class ForeignFolderError(ValueError):
    """Another account of the machine owns a folder, or may write to it; the message says which, and what to do."""


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn the system's refusal to write to ``path``, or below it, into ``UnwritableError``."""
    try:
        yield
    except OSError as error:
        if error.errno not in _REASONS:
            raise
        place = path if error.filename is None else error.filename
        raise UnwritableError(f"{place} can't be written: {_REASONS[error.errno]}") from error


def make_folder(path: Path) -> Path:
    """Make a folder, with those above it, and return it.

    Raises:
        UnwritableError: it cannot be made, or nothing can be written into it.

    """
    with writing(path):
        path.mkdir(parents=True, exist_ok=True)
        if hasattr(os, "statvfs") and os.statvfs(path).f_flag & os.ST_RDONLY:
            raise OSError(errno.EROFS, "", str(path))
        if not os.access(path, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "", str(path))
    return path


def require_own(folder: Path) -> None:
    """Refuse a folder with stacks, or one of a stack in it, that this user and the administrator don't have alone.

    Groups are left out of it: where each user has a group, its folders are writable to that.

    Raises:
        ForeignFolderError: another user owns one of them, or every user may write to it.

    """
    if not hasattr(os, "geteuid"):
        return
    for place in (folder, folder / "stacks", *sorted(folder.glob("stacks/*"))):
        if not place.is_dir():
            continue
        status = place.stat()
        if status.st_uid not in {os.geteuid(), _ADMINISTRATOR}:
            raise ForeignFolderError(
                f"{place} belongs to another user ({_account(status.st_uid)}), and what is in it would run with your "
                "credentials: name a folder of your own with --out, or run this as that user"
            )
        if status.st_mode & stat.S_IWOTH:
            raise ForeignFolderError(
                f"{place} may be written to by every user, and what is in it would run with your credentials: look "
                f"through it, then `chmod o-w {place}`, or name a folder of your own with --out"
            )


def _account(user: int) -> str:
    import pwd  # noqa: PLC0415  POSIX alone has it

    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"number {user}"


def require_writable(path: Path) -> None:
    """Find out before the work whether a file can be written after it; what is there stays as it is.

    Raises:
        UnwritableError: it cannot.

    """
    with writing(path):
        _refuse_folder(path)
        _written_beside(path, b"").unlink()


def write_text(path: Path, text: str) -> None:
    """Write a file: it is either written whole, or stays as it was.

    Raises:
        UnwritableError: it cannot be written.

    """
    write_all({path: text.encode()})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write files whose folders are there: all of them, or none where the disk is full.

    Raises:
        UnwritableError: one of them cannot be written.

    """
    unfinished: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            with writing(path):
                _refuse_folder(path)
                unfinished[path] = _written_beside(path, content)
        for path in tuple(unfinished):
            with writing(path):
                unfinished[path].replace(path)
                del unfinished[path]
    finally:
        for left in unfinished.values():
            left.unlink(missing_ok=True)


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "", str(path))


def _written_beside(path: Path, content: bytes) -> Path:
    """Write a file that becomes ``path`` when it is renamed, with the permissions that a new file would have."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        # The name of a file that nobody asked for says nothing.
        raise OSError(error.errno, error.strerror, str(path.parent)) from error
    try:
        with os.fdopen(handle, "wb") as file:
            _put(file.fileno(), content)
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _put(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _umask() -> int:
    with _guard:
        now = os.umask(0o077)
        os.umask(now)
    return now


@contextmanager
def locked(folder: Path, what: str) -> Iterator[None]:
    """Keep other runs of Latitude out of a folder, which is made; ``what`` says to them what runs.

    The system gives the lock back when this process ends, however it ends. In one process a lock may be taken again.

    Raises:
        FolderInUseError: another process has it.
        ForeignFolderError: other users of the machine can have written to it.
        UnwritableError: the folder cannot be written to.

    """
    place = make_folder(folder).resolve()
    require_own(place)
    with _guard:
        again = place in _held
        if not again:
            _held[place] = _lock(place / RUN_LOCK, what)
    try:
        yield
    finally:
        if not again:
            with _guard:
                handle = _held.pop(place)
                with suppress(OSError):
                    (place / RUN_LOCK).unlink()
                os.close(handle)


def _lock(path: Path, what: str) -> int:
    while True:
        with writing(path):
            handle = os.open(path, os.O_RDWR | os.O_CREAT | NO_LINK, 0o644)
        try:
            if fcntl is not None:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 1000).decode(errors="replace").strip()
            os.close(handle)
            raise FolderInUseError(
                f"{path.parent} is in use by {holder or 'another run of Latitude'}: wait until it has ended"
            ) from None
        except OSError:
            # A file system without locks: Terraform's lock on the state still stands.
            pass
        # Whoever had the lock before may have removed the file meanwhile.
        with suppress(FileNotFoundError):
            if path.stat().st_ino == os.fstat(handle).st_ino:
                break
        os.close(handle)
    os.ftruncate(handle, 0)
    since = time.strftime("%Y-%m-%d %H:%M:%S")
    with suppress(OSError):
        _put(handle, f"{what} (process {os.getpid()}, since {since})\n".encode())
    return handle
