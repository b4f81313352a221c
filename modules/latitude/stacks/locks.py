"""Terraform's lock file: one for the application, beside the output folder, from which each stack's is taken."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from latitude.files import write_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PROVIDER_LOCK: Final = ".terraform.lock.hcl"
_KEPT: Final = "terraform.lock.hcl"
"""Without the dot: with it, Terraform would want these providers wherever it is run beside the program."""
_BLOCK: Final = re.compile(r'^provider "([^"]+)" \{$.*?^\}$', re.MULTILINE | re.DOTALL)
_HEAD: Final = f"# Taken by Latitude from {_KEPT} beside the output folder."


def kept_lock(outdir: Path) -> Path:
    """Return where the application's lock file is, for whoever wants to commit it."""
    return outdir.resolve().parent / _KEPT


def required_providers(outdir: Path, stack: str) -> dict[str, dict[str, str]]:
    """Return the providers that a synthesized stack requires, by name: each with its source and its version."""
    document: dict[str, Any] = json.loads((outdir / "stacks" / stack / "cdk.tf.json").read_text("utf-8"))
    found: dict[str, dict[str, str]] = document["terraform"]["required_providers"]
    return found


def copy_locks(outdir: Path, stacks: Iterable[str]) -> bool:
    """Write each stack's lock file, with the providers that it requires; return whether all of them are locked.

    Terraform refuses a lock file that is to stay as it is (``-lockfile=readonly``) and has a provider too many. Without
    a lock file of the application, those of the stacks stay as they are.
    """
    kept = kept_lock(outdir)
    if not kept.is_file():
        return False
    blocks = {found[1]: found[0] for found in _BLOCK.finditer(kept.read_text("utf-8"))}
    complete = True
    for stack in stacks:
        sources = [provider["source"] for provider in required_providers(outdir, stack).values()]
        locked = [block for address, block in blocks.items() if address.endswith(tuple(f"/{it}" for it in sources))]
        complete = complete and len(locked) == len(sources)
        if locked:
            text = "\n\n".join([_HEAD, *locked])
            write_text(outdir / "stacks" / stack / PROVIDER_LOCK, f"{text}\n")
    return complete
