"""What is said of a Terraform that failed: why, in words, and what to do about it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
from typing import TYPE_CHECKING, Final

from latitude.operate.binary import binary
from latitude.operate.events import Diagnostic, errors, event
from latitude.operate.images import missing_images

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

_LOCK_ID: Final = re.compile(r"^\s*ID:\s+(\S+)", re.MULTILINE)
_ROOM_BYTES: Final = 1 << 20
_EXISTS: Final = re.compile(r"already ?exists|AlreadyExists|AlreadyOwnedByYou|ResourceInUseException", re.IGNORECASE)


def why(ended: subprocess.CompletedProcess[str], *, directory: Path) -> str:
    """Return why a command of Terraform ended as it did, in the folder of a stack."""
    if ended.returncode < 0:
        return _killed(ended)
    found = _said(ended)
    images = missing_images(directory, found)
    if images:
        return (
            f"the image {' and '.join(images)}. Push it to the home region's repository (output repository_urls), wait "
            "until it is replicated, and run this again."
        )
    said = "\n".join(map(str, found))
    return "\n".join([f"\n{said}", *_remedies(said, directory)])


def sentence(what: str, why: str) -> str:
    """Return what happened, and why: on the same line, or from the next one on."""
    if not why.strip():
        return f"{what}: Terraform ended without saying why."
    return f"{what}:{'' if why.startswith(chr(10)) else ' '}{why}"


def standing(
    stacks: Sequence[str], *, done: Collection[str], begun: Collection[str], failures: Mapping[str, str]
) -> str:
    """Say what failed, and list what is done, where it stopped, and what is not done: of those that there are."""
    finished = [stack for stack in stacks if stack in done and stack not in failures]
    stopped = [stack for stack in stacks if stack not in finished and (stack in failures or stack in begun)]
    groups = {
        "done": finished,
        "stopped at": stopped,
        "not done": [stack for stack in stacks if stack not in {*finished, *stopped}],
    }
    return "\n".join(
        [
            *(failures[stack].rstrip() for stack in stacks if stack in failures),
            *(f"  {what}: {', '.join(names)}" for what, names in groups.items() if names),
        ]
    )


def terraform_line(directory: Path, *arguments: str) -> str:
    """Return a command line for Terraform in the folder of a stack, as this shell would run it."""
    return shlex.join([binary(os.environ), f"-chdir={directory}", *arguments])


def _killed(ended: subprocess.CompletedProcess[str]) -> str:
    name = signal.Signals(-ended.returncode).name
    lines = [f"Terraform was killed ({name})."]
    begun, finished = _work(ended.stdout.splitlines())
    if begun:
        lines.append(
            f"It had finished {len(finished)} of {len(begun)} objects that it had begun"
            + (
                f"; it stopped at {', '.join(each for each in begun if each not in finished)}."
                if begun != finished
                else "."
            )
        )
        lines.append(
            "What it made since it last wrote its state is not in there: if the next run says that something exists "
            "already, `latitude recover` brings it into the state."
        )
    lines.append("Run this again; where the state is still locked, that run says how to unlock it.")
    return "\n".join(lines)


def _work(lines: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the addresses at which an apply began to work, and those of them that it finished."""
    begun: list[str] = []
    finished: list[str] = []
    for found in map(event, lines):
        address = found.get("hook", {}).get("resource", {}).get("addr", "")
        if found.get("type") == "apply_start" and address not in begun:
            begun.append(address)
        elif found.get("type") == "apply_complete":
            finished.append(address)
    return begun, [address for address in begun if address in finished]


def _said(ended: subprocess.CompletedProcess[str]) -> list[Diagnostic]:
    """Return the errors that Terraform named; all that it said where it named none, as in runs of HCP Terraform."""
    found = errors(ended.stdout.splitlines())
    if found:
        return found
    lines = [*ended.stdout.splitlines(), *ended.stderr.splitlines()]
    # Of its events, one may be cut off: on a full disk.
    plain = "\n".join(line for line in lines if not line.startswith('{"@level"')).strip()
    return [Diagnostic(summary=plain, detail="", address=None)]


def _remedies(said: str, directory: Path) -> list[str]:
    found = []
    if shutil.disk_usage(directory).free < _ROOM_BYTES:
        found.append(f"There is no space left on the disk of {directory}: free some there before the next run.")
    lock = _LOCK_ID.search(said) if "state lock" in said else None
    if lock is not None:
        unlock = terraform_line(directory, "force-unlock", lock[1])
        found.append(f"If nothing works on this state any more, such as after a killed run: `{unlock}`")
    if _EXISTS.search(said):
        found.append("If an earlier run made it and lost its state, `latitude recover` brings it into the state.")
    return found
