"""Every command that writes says in one line which place cannot be written to, and why; none ends in a traceback."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from typer.testing import CliRunner

from latitude import cli
from latitude.files import UnwritableError
from tests.support.beside_program import beside_program

if TYPE_CHECKING:
    from collections.abc import Sequence

INTO_A_FOLDER: Final = {
    "synth": ("synth", "--out", "place"),
    "deploy": ("deploy", "--yes", "--out", "place"),
    "bootstrap": ("bootstrap", "--yes", "--out", "place"),
    "recover": ("recover", "--out", "place"),
    "emit": ("emit", "--regions", "us-east-1", "--out", "place"),
    "pipeline": ("pipeline", "github", "--out", "place"),
    "migrate": ("migrate", "main.py", "main.py", "--new-out", "place"),
}
INTO_A_FILE: Final = {"diagram": ("diagram", "--out", "place"), "sandbox": ("sandbox", "--keep", "place")}
REMEDY: Final = "move it away, or name another place"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a program, in which the commands run."""
    beside_program(tmp_path, monkeypatch)
    return tmp_path


def refused(arguments: Sequence[str]) -> str:
    """Return what a command that cannot write says; ``main`` prints it, and nothing else."""
    ended = CliRunner().invoke(cli.app, arguments)
    assert isinstance(ended.exception, UnwritableError), ended.exception
    assert ended.output == ""
    return str(ended.exception)


@pytest.mark.parametrize("name", INTO_A_FOLDER)
def test_out_that_names_a_file_is_refused(name: str, folder: Path) -> None:
    """``--out`` is a folder; the file stays what it is."""
    (folder / "place").write_text("mine")
    assert refused(INTO_A_FOLDER[name]) == f"place can't be written: it is a file where a folder must be: {REMEDY}"
    assert (folder / "place").read_text() == "mine"


@pytest.mark.parametrize("name", INTO_A_FILE)
def test_file_that_names_a_folder_is_refused(name: str, folder: Path) -> None:
    """Before the work: the embedded AWS would find out when it ends, with everything in it lost."""
    (folder / "place").mkdir()
    assert refused(INTO_A_FILE[name]) == f"place can't be written: it is a folder where a file must be: {REMEDY}"


def test_latitude_folder_that_is_a_file_is_refused(folder: Path) -> None:
    """The demonstration keeps its stacks there."""
    (folder / ".latitude").touch()
    shutil.copy(Path(__file__).parents[2] / "main.py", folder)
    assert refused(["demo"]) == f".latitude can't be written: it is a file where a folder must be: {REMEDY}"


@pytest.mark.skipif(shutil.which("unshare") is None or os.geteuid() != 0, reason="only root can make a read-only place")
@pytest.mark.parametrize("name", ["synth", "deploy"])
def test_read_only_folder_is_refused(name: str, folder: Path) -> None:
    """A file system that is read-only is named as such."""
    (folder / "place").mkdir()
    script = 'mount --bind place place && mount -o remount,bind,ro place && exec "$@"'
    command = [sys.executable, "-c", "from latitude.cli import main; main()", *INTO_A_FOLDER[name]]
    ended = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, "sh", *command],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    if "mount:" in ended.stderr or "unshare:" in ended.stderr:
        pytest.skip("this machine lets nobody mount")
    assert ended.returncode == 1
    assert (
        ended.stdout + ended.stderr
        == "place can't be written: the file system is read-only: name a folder that can be written to\n"
    )


def test_full_disk_is_told_in_one_line_of_whatever_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A temporary file, too, that no folder of the user's has to do with."""

    def full() -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(folder / "a temporary file"))

    monkeypatch.setattr(cli, "app", full)
    with pytest.raises(SystemExit, match="1"):
        cli.main()
    assert capsys.readouterr().err == f"{folder / 'a temporary file'} can't be written: No space left on device\n"
