"""Folders in which nobody else can have put something that Terraform would run with this user's credentials."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_ADMINISTRATOR: Final = 0


class ForeignFolderError(ValueError):
    """Another account of the machine owns a folder, or may write to it; the message says which, and what to do."""


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
                f"{place} belongs to another user ({_name(status.st_uid)}), and what is in it would run with your "
                "credentials: name a folder of your own with --out, or run this as that user"
            )
        if status.st_mode & stat.S_IWOTH:
            raise ForeignFolderError(
                f"{place} may be written to by every user, and what is in it would run with your credentials: look "
                f"through it, then `chmod o-w {place}`, or name a folder of your own with --out"
            )


def _name(user: int) -> str:
    import pwd  # noqa: PLC0415  POSIX alone has it

    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"number {user}"
