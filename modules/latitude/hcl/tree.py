"""What is emitted beside what a folder has."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from latitude.files import make_folder, write_all, writing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Files = dict[str, str]
"""The text of each file, by its path."""
MANIFEST: Final = "latitude.json"
"""The one file that says which Latitude wrote the others, for which regions, and which they are."""


@dataclass(frozen=True, kw_only=True)
class Differences:
    """The paths, below the folder, in which it is not what would be emitted."""

    missing: tuple[str, ...]
    stale: tuple[str, ...]
    left: tuple[str, ...]
    """Files that were emitted once, and are no longer: a region's that is not among the regions now."""

    def __str__(self) -> str:
        """Name them, by kind."""
        kinds = {"missing": self.missing, "stale": self.stale, "no longer emitted": self.left}
        return "; ".join(f"{kind}: {', '.join(names)}" for kind, names in kinds.items() if names)


def differences(files: Mapping[str, str], folder: Path) -> Differences:
    """Compare the emitted files with the folder's; a file that was not emitted is nobody's business here."""
    there = {name: (folder / name).read_text("utf-8") for name in files if (folder / name).is_file()}
    return Differences(
        missing=tuple(name for name in files if name not in there),
        stale=tuple(name for name, text in there.items() if text != files[name]),
        left=tuple(name for name in _emitted(folder) if name not in files),
    )


def renew(files: Mapping[str, str], folder: Path) -> Differences:
    """Write the files that differ, remove those that are no longer emitted, and return what differed.

    Raises:
        UnwritableError: the folder, or a file in it, cannot be written; then no file was.

    """
    found = differences(files, folder)
    for name in (*found.missing, *found.stale):
        make_folder((folder / name).parent)
    write_all({folder / name: files[name].encode() for name in (*found.missing, *found.stale)})
    for name in found.left:
        with writing(folder / name):
            (folder / name).unlink()
    return found


def _emitted(folder: Path) -> list[str]:
    """Return the files that were emitted last time and are still there."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return []
    try:
        named = json.loads(manifest.read_text("utf-8"))["files"]
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{manifest} does not say which files were emitted; restore it, or emit elsewhere") from error
    # A name that leads out of the folder was never written here.
    inside = (name for name in named if (folder / name).resolve().is_relative_to(folder.resolve()))
    return [name for name in inside if (folder / name).is_file()]
