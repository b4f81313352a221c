"""The same programs answered in Python and through Node: the same bytes, the same prints.

Nothing here runs Terraform, but each comparison starts Node, so that these are no unit tests. `LATITUDE_RESOURCES=all`
compares all of the bindings' resources and not a sample: do that when their version changes (some minutes).
"""

from __future__ import annotations

import os
import random
import re
import shutil
from typing import TYPE_CHECKING, Final

import pytest

from tests.support.cdktf_programs import KNOWN, LEAVING
from tests.support.programs import LATITUDE, PEERS, ROOT, run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.programs import Run

SUPPORT: Final = ROOT / "tests" / "support"
SEED: Final = 20_261_128
SAMPLE: Final = 60
OUTDIR_FIRST: Final = f"import sys; sys.argv.insert(2, sys.argv.pop()); {LATITUDE}"
APPLICATIONS: Final = """
import sys
from pathlib import Path
from latitude import synthesize
from tests.support.applications import APPLICATIONS
for name, application in APPLICATIONS.items():
    synthesize(application(), Path(sys.argv[-1], name))
"""
MAIN: Final = """
import runpy, sys
from pathlib import Path
import latitude
application = runpy.run_path(sys.argv[1])["application"]
latitude.synthesize(application, Path(sys.argv[-1]))
"""
LEAVING_AT: Final = """
import runpy, sys, latitude.bindings, jsii
from latitude.bindings.kernel.requests import Kernel
from latitude.bindings.kernel.unknown import UnknownError
del sys.argv[0]
leave, answer, count = int(sys.argv.pop(1)), Kernel.answer, 0
def counted(kernel, request):
    global count
    count += 1
    if count == leave:
        raise UnknownError("chance")
    return answer(kernel, request)
Kernel.answer = counted
runpy.run_path(sys.argv[0], run_name="__main__")
print(count)
"""


def same(python: str, *arguments: str | Path, folder: Path, cwd: Path | None = None, name: str = "out") -> None:
    """Run a program both ways, in the same output folder; the kernel has to answer it to the end."""
    outdir = folder / name
    kernel = run(python, *arguments, outdir=outdir, cwd=cwd)
    shutil.rmtree(outdir)
    through = run(python, *arguments, outdir=outdir, cwd=cwd, kernel="node")
    assert kernel.stderr == ""
    assert kernel.stdout == through.stdout
    assert kernel.files
    assert_same(kernel, through)


def assert_same(kernel: Run, through: Run) -> None:
    """Compare files, one by one."""
    assert kernel.files.keys() == through.files.keys()
    for name, content in through.files.items():
        assert kernel.files[name] == content, name


@pytest.mark.parametrize("size", [(2, 1), (9, 50), (11, 300)])
def test_benchmark_gives_the_same_bytes(size: tuple[int, int], tmp_path: Path) -> None:
    """The benchmark's program at all of its sizes."""
    same(LATITUDE, PEERS / "cdktf_python.py", *map(str, size), folder=tmp_path)


@pytest.mark.parametrize("size", [(2, 1), (9, 50)])
def test_application_of_the_benchmark_gives_the_same_bytes(size: tuple[int, int], tmp_path: Path) -> None:
    """Latitude's Application; the largest size is left to `make bench`, which compares resources."""
    same(LATITUDE, PEERS / "application.py", *map(str, size), folder=tmp_path)


def test_applications_give_the_same_bytes(tmp_path: Path) -> None:
    """Every application of the tests: between them they state every field of the description."""
    same(APPLICATIONS, folder=tmp_path)


def test_main_gives_the_same_bytes(tmp_path: Path) -> None:
    """The example that users start from."""
    same(MAIN, ROOT / "main.py", folder=tmp_path)


def test_guide_gives_the_same_bytes(tmp_path: Path) -> None:
    """The program of docs/using-constructs.md, which writes beside itself."""
    (program,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "using-constructs.md").read_text(), re.DOTALL)
    same(program, folder=tmp_path, cwd=tmp_path, name="cdktf.out")


def both(folder: Path, *names: str) -> tuple[Run, Run]:
    """Run programs of the list both ways, in the same output folder; compare what they wrote and printed."""
    runs = []
    for kernel in ("why", "node"):
        outdir = folder / "out"
        outdir.mkdir()
        runs.append(run(OUTDIR_FIRST, SUPPORT / "cdktf_programs.py", *names, outdir=outdir, kernel=kernel))
        shutil.rmtree(outdir)
    kernel_run, through = runs
    assert kernel_run.stdout == through.stdout
    assert_same(kernel_run, through)
    return kernel_run, through


def test_known_programs_give_the_same_bytes(tmp_path: Path) -> None:
    """What Python answers to the end."""
    kernel = both(tmp_path, *KNOWN)[0]
    assert kernel.stderr == ""
    assert kernel.files


@pytest.mark.parametrize("name", LEAVING)
def test_program_that_node_takes_over_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    """Whatever the request is at which Node takes over, files, errors and what is read are the same."""
    assert both(tmp_path, name)[0].stderr.startswith("latitude: Node takes over: ")


def test_program_may_be_taken_over_at_any_request(tmp_path: Path) -> None:
    """At the first request, at the last and at some between, drawn by a seed."""
    arguments = (PEERS / "cdktf_python.py", "2", "1")
    whole = run(LEAVING_AT, *arguments[:1], "0", *arguments[1:], outdir=tmp_path / "whole")
    count = int(whole.stdout)
    drawn = random.Random(SEED).sample(range(2, count), 4)  # noqa: S311  the same draw each time
    for leave in (1, *drawn, count):
        left = run(LEAVING_AT, *arguments[:1], str(leave), *arguments[1:], outdir=tmp_path / str(leave))
        # Node that is slow to start says why.
        said = [line for line in left.stderr.splitlines() if "unpacking the AWS bindings" not in line]
        assert said == ["latitude: Node takes over: chance"]
        assert left.files
        assert_same(left, whole)


def test_resources_with_every_argument_give_the_same_bytes(tmp_path: Path) -> None:
    """Resources and data sources of the bindings, with every argument and with none that may be left out."""
    count = 0 if os.environ.get("LATITUDE_RESOURCES") == "all" else SAMPLE
    same(OUTDIR_FIRST, SUPPORT / "every_resource.py", str(SEED), str(count), folder=tmp_path)


def test_answer_that_differs_is_an_error(tmp_path: Path) -> None:
    """Node's answers are compared with Python's: a difference stops the program and says what to do."""
    code = """
from latitude.bindings import cdktf
from latitude.bindings.kernel.requests import Kernel
Kernel._node = lambda kernel, made: "constructs.Node@12345"
app = cdktf.App()
_ = app.node
cdktf.Fn.abs(1)
"""
    with pytest.raises(AssertionError, match=r"run with LATITUDE_KERNEL=node"):
        run(code, outdir=tmp_path / "out", cwd=tmp_path)
