"""What earlier runs left in the stacks' folders."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Final

from latitude.operate import records
from latitude.operate.deployment import HangUpError
from latitude.operate.events import progress
from latitude.operate.words import terraform_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ERRORED: Final = "errored.tfstate"


class EarlierGoesOnError(BaseException):
    """The wait for an earlier run's Terraform was interrupted, which that Terraform is not; the message says so."""


class UnsavedStateError(ValueError):
    """Terraform could not write a state to its backend and left it in the folder; the message says how to save it."""


def wait_for_earlier(folder: Path, tell: Callable[[str, str], None]) -> None:
    """Wait for every Terraform that a run which was killed left at work in ``folder``, a folder per stack.

    Raises:
        EarlierGoesOnError: the wait was interrupted, or the terminal is gone.
        FolderInUseError: it was left on another host, which shares the folder.

    """
    for directory in sorted(path.parent for path in folder.glob(f"*/{records.RECORD}")):
        stack, found = directory.name, records.earlier(directory)
        if found is None:
            records.remove(directory)
            continue
        tell(
            stack,
            f"`terraform {found.command}` of an earlier run is still at work (process {found.pid}, since "
            f"{found.since}); waiting for it",
        )

        def hear(line: str, stack: str = stack) -> None:
            said = progress(line)
            if said is not None:
                tell(stack, said)

        try:
            found.follow(hear)
        except (KeyboardInterrupt, HangUpError) as error:
            if records.earlier(directory) is None:
                raise
            what = "Interrupted" if isinstance(error, KeyboardInterrupt) else "The terminal is gone"
            raise EarlierGoesOnError(f"{what}; that Terraform goes on; the next run waits for it.") from error
        tell(stack, "it has ended")


def require_saved_states(folder: Path) -> None:
    """Refuse to go on over a state that only exists in a file: what it has would be made a second time.

    Raises:
        UnsavedStateError: a stack's folder has an ``errored.tfstate``.

    """
    left = sorted(path.parent for path in folder.glob(f"*/{ERRORED}"))
    for each in left:
        if not _is_whole(each / ERRORED):
            raise UnsavedStateError(_cut_off(each))
    if left:
        lines = [
            f"  {terraform_line(each, 'state', 'push', ERRORED)} && rm {shlex.quote(str(each / ERRORED))}"
            for each in left
        ]
        raise UnsavedStateError(
            f"{', '.join(each.name for each in left)}: Terraform could not save the state of an earlier apply, and "
            f"left it in {ERRORED}. Without it, what that apply made would be made again. Save it first:\n"
            + "\n".join(lines)
        )


def _is_whole(state: Path) -> bool:
    try:
        return "resources" in json.loads(state.read_text("utf-8"))
    except (OSError, ValueError, TypeError):
        return False


def _cut_off(directory: Path) -> str:
    stack = shlex.quote(directory.name)
    return (
        f"{directory.name}: Terraform could not save the state of an earlier apply, nor all of {ERRORED}, such as on a "
        "full disk. What that apply made would be made again. Go back to a version of the state from before it, if "
        f"there is one, and bring what has been made since into it: `rm {shlex.quote(str(directory / ERRORED))} && "
        f"latitude recover {stack} > recover.sh`, then `bash recover.sh`"
    )
