"""One run of a program: wall time, processor time, and the peak memory of its whole process tree."""

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")
INTERVAL_SECONDS = 0.01


@dataclass(frozen=True)
class Run:
    """What one run took; memory is None where there is no /proc."""

    wall_seconds: float
    cpu_seconds: float
    peak_bytes: int | None


def measure(command: Sequence[str], *, cwd: Path, environ: Mapping[str, str]) -> Run:
    """Run `command` to its end; raises `RuntimeError` with what it wrote to stderr if it fails."""
    log = cwd / "stderr.txt"
    with log.open("wb") as stderr:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, env=dict(environ), stdout=subprocess.DEVNULL, stderr=stderr)
        sampler = _Sampler(process.pid)
        sampler.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    sampler.stop()
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))} failed:\n{log.read_text(errors='replace')[-3000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, sampler.peak_bytes)


class _Sampler(threading.Thread):
    """Adds up the resident memory of a process and its descendants, a hundred times a second."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.peak_bytes: int | None = None
        self._root = root
        self._ended = threading.Event()

    def run(self) -> None:
        while Path("/proc/self/statm").exists() and not self._ended.wait(INTERVAL_SECONDS):
            self.peak_bytes = max(self.peak_bytes or 0, _tree_bytes(self._root))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _tree_bytes(root: int) -> int:
    parents: dict[int, int] = {}
    sizes: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            fields = stat.read_text().rpartition(")")[2].split()  # a name may have spaces in it
            process = int(stat.parent.name)
            parents[process], sizes[process] = int(fields[1]), int(fields[21]) * PAGE
    tree = {root}
    grown = True
    while grown:
        more = {child for child, parent in parents.items() if parent in tree} - tree
        tree |= more
        grown = bool(more)
    return sum(sizes.get(member, 0) for member in tree)
