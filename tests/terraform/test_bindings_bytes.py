"""The same programs with ordinary bindings and with Latitude's: the same bytes, in a fraction of the time.

Nothing here runs Terraform, but a program with ordinary bindings takes ten seconds or more, so
that these are no unit tests.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from latitude.bindings import node

HERE = Path(__file__).parent
PEERS = HERE.parents[1] / "benchmarks" / "peers"
RUN = "del sys.argv[0]; runpy.run_path(sys.argv[0], run_name='__main__')"
ORDINARY = f"import sys, runpy; {RUN}"
LATITUDE = f"import sys, runpy, latitude.bindings; {RUN}"
AHEAD = f"import sys, runpy; from latitude import bindings\nwith bindings.ahead(): {RUN}"


@dataclass(frozen=True)
class Run:
    """What one run of a program left behind."""

    seconds: float
    stdout: str
    stderr: str
    files: dict[str, bytes]


def run(python: str, program: Path, *arguments: str, outdir: Path) -> Run:
    """Run a program in a fresh Python with the Node of Latitude."""
    environ = {**os.environ, "PYTHONPATH": str(PEERS), "JSII_NODE": str(node.packaged_node())}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)  # it would make ordinary imports three times slower
    outdir.parent.mkdir(exist_ok=True)
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", python, program, *arguments, outdir],
        capture_output=True,
        text=True,
        check=False,
        env=environ,
    )
    seconds = time.monotonic() - started
    assert done.returncode == 0, done.stderr
    files = {str(file.relative_to(outdir)): file.read_bytes() for file in outdir.rglob("*") if file.is_file()}
    return Run(seconds, done.stdout, done.stderr, files)


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the benchmark's program with ordinary bindings, for two regions and one service."""
    outdir = tmp_path_factory.mktemp("ordinary") / "cdktf.out"
    return run(ORDINARY, PEERS / "cdktf_python.py", "2", "1", outdir=outdir)


def test_program_of_two_regions_takes_less_than_a_quarter(ordinary: Run, tmp_path: Path) -> None:
    """A cold run, the second after an installation, takes less than a quarter of the ordinary one's time."""
    first, second = (
        run(LATITUDE, PEERS / "cdktf_python.py", "2", "1", outdir=tmp_path / name) for name in ("first", "second")
    )
    assert first.files == second.files == ordinary.files
    assert second.seconds < ordinary.seconds / 4
    assert second.stderr == ""


def test_program_run_ahead_gives_the_same_bytes(ordinary: Run, tmp_path: Path) -> None:
    """Objects created without waiting end up where they would have."""
    assert run(AHEAD, PEERS / "cdktf_python.py", "2", "1", outdir=tmp_path / "ahead").files == ordinary.files


def test_program_with_everything_else_of_cdktf_gives_the_same_bytes(tmp_path: Path) -> None:
    """Escape hatches, aspects, references between stacks, iterators, assets, modules, errors: all as ordinary."""
    plain, ours = (
        run(python, HERE / "bindings_features.py", outdir=tmp_path / name / "cdktf.out")
        for name, python in (("ordinary", ORDINARY), ("latitude", LATITUDE))
    )
    assert ours.files.keys() == plain.files.keys()
    for name, content in plain.files.items():
        assert ours.files[name] == content, name
    assert ours.stdout == plain.stdout
    assert ours.stderr == plain.stderr == ""
