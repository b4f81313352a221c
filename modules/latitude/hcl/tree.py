"""What is emitted beside what a folder has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NOTE: Final = "Emitted by Latitude"
"""What every emitted file says of itself."""


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
        left=tuple(name for name in _emitted(files, folder) if name not in files),
    )


def renew(files: Mapping[str, str], folder: Path) -> Differences:
    """Write the files that differ, remove those that are no longer emitted, and return what differed."""
    found = differences(files, folder)
    for name in (*found.missing, *found.stale):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(files[name], encoding="utf-8", newline="\n")
    for name in found.left:
        (folder / name).unlink()
    return found


def _emitted(files: Mapping[str, str], folder: Path) -> Iterator[str]:
    """Yield the files of the modules that begin with Latitude's note; ``.terraform`` has copies of modules at times."""
    for module in sorted({name.partition("/")[0] for name in files}):
        for path in sorted((folder / module).rglob("*")):
            name = path.relative_to(folder)
            emitted = path.suffix in {".tf", ".hcl"} and path.is_file() and ".terraform" not in name.parts
            if emitted and path.read_text("utf-8", errors="replace").startswith(f"# {NOTE} "):
                yield name.as_posix()
