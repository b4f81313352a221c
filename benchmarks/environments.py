"""Where a peer runs: packages from PyPI or npm that the benchmark installs once, and a HOME of its own."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from latitude.bindings import node

PEERS = Path(__file__).parent / "peers"


@dataclass(frozen=True)
class Environment:
    """Packages of one peer, under `root`."""

    root: Path
    packages: tuple[str, ...]

    @property
    def python(self) -> Path:
        """The interpreter of a Python peer."""
        return self.root / "venv" / "bin" / "python"

    def make_python(self) -> None:
        """Make a virtual environment with the packages, unless it is there."""
        self._once(
            [sys.executable, "-m", "venv", str(self.root / "venv")],
            [str(self.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *self.packages],
        )

    def make_npm(self) -> None:
        """Make a folder with the npm packages, unless it is there."""
        dependencies = dict(package.rsplit("@", 1) for package in self.packages)
        self.root.mkdir(parents=True, exist_ok=True)
        (self.root / "package.json").write_text(json.dumps({"private": True, "dependencies": dependencies}))
        npm = node.packaged_node().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        self._once([str(node.packaged_node()), str(npm), "install", "--no-audit", "--no-fund", "--silent"])

    def environ(self, home: Path | None = None) -> dict[str, str]:
        """Give the peer's variables: the same Node for all, a HOME of its own, and files of bytecode allowed."""
        home = self.root / "home" if home is None else home
        home.mkdir(parents=True, exist_ok=True)
        node_path = node.packaged_node()
        environ = {
            **os.environ,
            "HOME": str(home),
            "JSII_NODE": str(node_path),
            "PATH": f"{node_path.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(PEERS),
        }
        environ.pop("PYTHONDONTWRITEBYTECODE", None)  # with it, ordinary imports take three times as long
        return environ

    def _once(self, *commands: list[str]) -> None:
        made = self.root / ".made"
        if made.exists() and made.read_text() == repr(self.packages):
            return
        print(f"making {self.root} with {', '.join(self.packages)}", flush=True)
        for folder in ("venv", "node_modules", "home"):
            shutil.rmtree(self.root / folder, ignore_errors=True)
        self.root.mkdir(parents=True, exist_ok=True)
        for command in commands:
            subprocess.run(command, cwd=self.root, check=True)  # with the user's own HOME, where pip and npm are set up
        made.write_text(repr(self.packages))
