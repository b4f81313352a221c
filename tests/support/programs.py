"""Running a cdktf program in a fresh Python, and what it left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from latitude.bindings import node

ROOT: Final = Path(__file__).parents[2]
PEERS: Final = ROOT / "benchmarks" / "peers"
_RUN: Final = "del sys.argv[0]; runpy.run_path(sys.argv[0], run_name='__main__')"
ORDINARY: Final = f"import sys, runpy; {_RUN}"
LATITUDE: Final = f"import sys, runpy, latitude.bindings; {_RUN}"


@dataclass(frozen=True)
class Run:
    """What one run of a program left behind."""

    seconds: float
    stdout: str
    stderr: str
    files: dict[str, bytes]


def run(python: str, *arguments: str | Path, outdir: Path, cwd: Path | None = None, kernel: str = "why") -> Run:
    """Run `python`, its arguments and the output folder with the Node of Latitude; `kernel` is `LATITUDE_KERNEL`."""
    paths = os.pathsep.join([str(PEERS), str(ROOT), os.environ.get("PYTHONPATH", "")])
    environ = {**os.environ, "PYTHONPATH": paths, "JSII_NODE": str(node.packaged_node()), "LATITUDE_KERNEL": kernel}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)  # it would make ordinary imports three times slower
    outdir.parent.mkdir(exist_ok=True)
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", python, *map(str, arguments), outdir],
        capture_output=True,
        text=True,
        check=False,
        env=environ,
        cwd=cwd,
    )
    seconds = time.monotonic() - started
    assert done.returncode == 0, done.stderr
    files = {str(file.relative_to(outdir)): file.read_bytes() for file in outdir.rglob("*") if file.is_file()}
    return Run(seconds, done.stdout, done.stderr, files)
