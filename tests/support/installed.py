"""Latitude's own distributions, and an environment that has one installed with what it declares and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from email import message_from_bytes
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ROOT: Final = Path(__file__).parents[2]


@dataclass(frozen=True, kw_only=True)
class Installed:
    """An environment with Latitude's wheel in it."""

    root: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.root / "bin" / "python"

    @property
    def site_packages(self) -> Path:
        """Where its packages lie."""
        return next((self.root / "lib").glob("python*")) / "site-packages"

    def environ(self, **more: str) -> dict[str, str]:
        """Give a child's variables: this environment first on the PATH, and nothing that leads Python elsewhere."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "AWS_"))}
        path = os.pathsep.join([str(self.root / "bin"), inherited["PATH"]])
        return inherited | {"PATH": path, "COLUMNS": "200"} | more

    def run(self, *command: str | Path, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
        """Run one of the environment's programs in a folder."""
        program = self.root / "bin" / str(command[0])
        return subprocess.run(
            [program, *command[1:]], cwd=folder, env=self.environ(**more), capture_output=True, text=True, check=False
        )


def build(source: Path, target: str, out: Path) -> Path:
    """Build a ``wheel`` or an ``sdist`` of the project in ``source``, without the network, and return its file."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(out)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (built,) = out.iterdir()
    return built


def metadata(wheel: Path) -> Mapping[str, list[str]]:
    """Return what a wheel says about itself, by the field's name."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        message = message_from_bytes(archive.read(name))
    return {field: [str(value) for value in message.get_all(field, [])] for field in message}


def install(wheel: Path, root: Path, *, extras: Sequence[str] = (), beside: Sequence[str] = ()) -> Installed:
    """Install a wheel into a new environment, with the packages that it declares, as this environment has them.

    ``beside`` names what the environment's user has installed too. Packages are linked, not copied, and nothing is
    fetched: uv fails if something that the wheel declares is not there.
    """
    uv = [sys.executable, "-m", "uv", "--offline", "--no-config", "--quiet", "--cache-dir", str(root.parent / "uv")]
    subprocess.run([*uv, "venv", "--python", sys.executable, str(root)], check=True)
    made = Installed(root=root)
    for entry in _entries(declared([*metadata(wheel)["Requires-Dist"], *beside], extras=extras)):
        link = made.site_packages / entry.name
        if entry.suffix == ".dist-info":
            shutil.copytree(entry, link)  # uv takes no link for an installed package
        else:
            link.symlink_to(entry)
    requested = f"latitude[{','.join(extras)}] @ {wheel.as_uri()}" if extras else str(wheel)
    subprocess.run([*uv, "pip", "install", "--python", str(made.python), requested], check=True)
    return made


def declared(requirements: Iterable[str], *, extras: Sequence[str] = ()) -> set[str]:
    """Return the distributions that requirements ask for, and those ask for in turn, by normalized name."""
    found: set[str] = set()
    asked: set[tuple[str, str]] = set()
    open_ = [(requirement, tuple(extras)) for requirement in map(Requirement, requirements)]
    while open_:
        requirement, wanted = open_.pop()
        marker = requirement.marker
        if marker is not None and not any(marker.evaluate({"extra": extra}) for extra in ("", *wanted)):
            continue
        name = canonicalize_name(requirement.name)
        found.add(name)
        for extra in ("", *requirement.extras):
            if (name, extra) not in asked:
                asked.add((name, extra))
                below = distribution(name).requires
                open_ += [(Requirement(each), (extra,)) for each in (() if below is None else below)]
    return found


def _entries(distributions: Iterable[str]) -> list[Path]:
    """Return the files and folders that these distributions have directly in ``site-packages``."""
    entries: set[Path] = set()
    for name in distributions:
        found = distribution(name)
        files = found.files
        assert files is not None, f"{name} has no RECORD"
        names = {file.parts[0] for file in files} - {"..", "__pycache__"}
        entries |= {Path(str(found.locate_file(each))) for each in names}
    return sorted(entries)
