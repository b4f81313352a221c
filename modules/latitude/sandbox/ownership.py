"""Files that only this user can have written: they are private, and sealed with a key of this user's."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from pathlib import Path
from typing import Final

_KEY_BYTES: Final = 32
SEAL_BYTES: Final = hashlib.sha256().digest_size
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH


class NotOwnError(ValueError):
    """A file may have been written, or can be read, by somebody else."""


def require_private_folder(path: Path) -> None:
    """Raise ``NotOwnError`` unless nobody else can put a file where ``path`` is."""
    folder = path.absolute().parent
    found = folder.stat()
    if found.st_uid != os.geteuid() or found.st_mode & _OTHERS_WRITE:
        msg = f"{folder} must belong to you and be writable to nobody else, got {_shown(found)}: chmod go-w {folder}"
        raise NotOwnError(msg)


def read_own(path: Path) -> bytes:
    """Read a file. Raises ``NotOwnError`` unless it is one, is this user's, and is open to nobody else."""
    require_private_folder(path)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        msg = f"{path} must be a file, and no link: {error.strerror}"
        raise NotOwnError(msg) from error
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & _OTHERS:
            msg = f"{path} must be a file that belongs to you and is open to nobody else, got {_shown(found)}"
            raise NotOwnError(msg)
        return file.read()


def write_own(path: Path, content: bytes) -> None:
    """Write a private file, whole or not at all. Raises ``NotOwnError`` if somebody else could put one in its place."""
    require_private_folder(path)
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    _create(unfinished, content)
    unfinished.replace(path)


def seal(content: bytes) -> bytes:
    """Return what only this user can have made of ``content`` (HMAC-SHA256). The key is made when first needed."""
    return hmac.digest(_key(), content, "sha256")


def is_sealed(content: bytes, given: bytes) -> bool:
    """Whether ``given`` is this user's seal of ``content``."""
    return hmac.compare_digest(seal(content), given)


def key_path() -> Path:
    """Return where this user's key is: in the folder for state (XDG Base Directory Specification)."""
    stated = os.environ.get("XDG_STATE_HOME", "")
    home = Path(stated) if Path(stated).is_absolute() else Path.home() / ".local" / "state"
    return home / "latitude" / "sandbox.key"


def _key() -> bytes:
    path = key_path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        write_own(path, secrets.token_bytes(_KEY_BYTES))
    key = read_own(path)
    if len(key) != _KEY_BYTES:
        msg = f"{path} must have {_KEY_BYTES} bytes, got {len(key)}; remove it, and what was kept with it"
        raise NotOwnError(msg)
    return key


def _create(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def _shown(found: os.stat_result) -> str:
    return f"{stat.filemode(found.st_mode)} of user {found.st_uid}"
