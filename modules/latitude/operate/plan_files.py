"""Saved plans, which have secrets in them: a file per run and stack, for its owner alone, gone with the run."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from latitude.files import writing

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX: Final = "latitude-plans-"


@dataclass(frozen=True, kw_only=True)
class PlanFiles:
    """The plans of one run, in a folder of its own."""

    folder: Path

    def path(self, stack: str) -> Path:
        """Return where the plan of a stack is; absolute, for Terraform runs elsewhere."""
        return self.folder / f"{stack}.tfplan"

    def new(self, stack: str) -> Path:
        """Make the file that Terraform fills: what is there keeps its permissions."""
        path = self.path(stack)
        path.unlink(missing_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        return path


@contextmanager
def plan_files(folder: Path) -> Iterator[PlanFiles]:
    """Give a place for plans below ``folder``, which this run alone works in, and remove what killed runs left there.

    Raises:
        UnwritableError: the folder cannot be written to.

    """
    for left in folder.glob(f"{_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    with writing(folder):
        made = tempfile.mkdtemp(prefix=_PREFIX, dir=folder.resolve())
    try:
        yield PlanFiles(folder=Path(made))
    finally:
        shutil.rmtree(made, ignore_errors=True)
