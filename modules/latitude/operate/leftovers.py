"""What earlier runs, and earlier descriptions, left in the stacks' folders."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from latitude.operate import records
from latitude.operate.deployment import HangUpError
from latitude.operate.events import progress
from latitude.operate.terraform import Terraform
from latitude.operate.words import terraform_line

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

ERRORED: Final = "errored.tfstate"


class EarlierGoesOnError(BaseException):
    """The wait for an earlier run's Terraform was interrupted, which that Terraform is not; the message says so."""


class UnsavedStateError(ValueError):
    """Terraform could not write a state to its backend and left it in the folder; the message says how to save it."""


@dataclass(frozen=True, kw_only=True)
class Departed:
    """A stack that the description does not have any more, and what is known of its state."""

    stack: str
    objects: int | None
    """How many objects its state has; ``None`` if the state could not be read."""
    remedy: str

    def __str__(self) -> str:
        held = "a state that cannot be read" if self.objects is None else f"{self.objects} objects in its state"
        return f"{self.stack} is no longer in the description, and has {held}: {self.remedy}"


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


def departed(
    folder: Path, names: Collection[str], *, application: str, beside: Path, environment: Mapping[str, str]
) -> list[Departed]:
    """Return the stacks of an application that are no longer among ``names``, and whose states are not empty.

    They are known by their folders below ``folder``, and by state files of the application in ``beside``.
    """
    found = [
        left
        for path in sorted(folder.glob("*/cdk.tf.json"))
        if path.parent.name not in names and (left := _in_folder(path.parent, environment)) is not None
    ]
    known = {*names, *(path.parent.name for path in folder.glob("*/cdk.tf.json"))}
    for file in sorted(beside.glob(f"terraform.{application}*.tfstate")):
        stack = file.name.removeprefix("terraform.").removesuffix(".tfstate")
        objects = _objects(file)
        if stack not in known and (stack == application or stack.startswith(f"{application}-")) and objects != 0:
            found.append(
                Departed(
                    stack=stack,
                    objects=objects,
                    remedy=f"{file} is its state. Put it back into the description, and destroy it from its folder "
                    "before it leaves.",
                )
            )
    return found


def _in_folder(directory: Path, environment: Mapping[str, str]) -> Departed | None:
    """Ask Terraform for a state whose folder is still there; one that was never connected has none."""
    if not (directory / ".terraform").is_dir():
        return None
    ended = Terraform(directory=directory, environment=environment).run("state", "list", allowed=None)
    objects: int | None = None
    if ended.returncode == 0:
        objects = len([line for line in ended.stdout.splitlines() if not line.startswith("data.")])
    elif "No state file was found" in ended.stderr:
        objects = 0
    if objects == 0:
        return None
    destroy = terraform_line(directory, "destroy")
    return Departed(stack=directory.name, objects=objects, remedy=f"`{destroy}` removes what is there.")


def _objects(file: Path) -> int | None:
    try:
        resources = json.loads(file.read_text("utf-8"))["resources"]
        return sum(len(each["instances"]) for each in resources if each["mode"] == "managed")
    except (OSError, ValueError, KeyError, TypeError):
        return None
