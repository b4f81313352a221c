"""Files are written whole or not at all, and a place that cannot be written to is named in one line."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from latitude import Application, PublicImage, Service, files
from latitude.stacks import synthesize

if TYPE_CHECKING:
    from pathlib import Path

_HOLDER = """
import sys
from pathlib import Path
from latitude.files import locked
with locked(Path(sys.argv[1]), "latitude deploy"):
    print("held", flush=True)
    sys.stdin.readline()
"""


def full_disk(handle: int, content: bytes) -> None:
    """Write half of it, as on a disk that becomes full."""
    os.write(handle, content[: len(content) // 2])
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def everything(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_full_disk_leaves_every_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second of two files does not fit: the first is not renewed either, and nothing unfinished is left."""
    (tmp_path / "one").write_text("one")
    (tmp_path / "two").write_text("two")
    put = files._put

    def fills_up(handle: int, content: bytes) -> None:
        (full_disk if content == b"larger" else put)(handle, content)

    monkeypatch.setattr(files, "_put", fills_up)
    with pytest.raises(files.UnwritableError) as refused:
        files.write_all({tmp_path / "one": b"new", tmp_path / "two": b"larger"})
    assert str(refused.value) == f"{tmp_path / 'two'} can't be written: the disk is full: free some space there"
    assert everything(tmp_path) == {"one": b"one", "two": b"two"}


def test_synth_on_a_full_disk_leaves_the_stacks_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that was synthesized before keeps its JSON, for whoever runs Terraform there."""
    image = PublicImage(identifier="public.ecr.aws/nginx/nginx:1.29")
    described = Application(name="blog", regions=("eu-west-1",), services=(Service(name="web", image=image),))
    synthesize(described, tmp_path)
    before = everything(tmp_path)
    assert "stacks/blog-eu-west-1/cdk.tf.json" in before
    monkeypatch.setattr(files, "_put", full_disk)
    larger = Application(name="blog", regions=("eu-west-1",), services=(Service(name="other", image=image),))
    with pytest.raises(files.UnwritableError, match="the disk is full"):
        synthesize(larger, tmp_path)
    monkeypatch.undo()
    assert everything(tmp_path) == before


def test_written_file_has_the_permissions_of_a_new_one_or_keeps_its_own(tmp_path: Path) -> None:
    """The umask decides over a new file; a file that others may not read stays so."""
    before = os.umask(0o027)
    try:
        files.write_text(tmp_path / "new", "")
    finally:
        os.umask(before)
    (tmp_path / "own").touch(0o600)
    files.write_text(tmp_path / "own", "")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"new": 0o640, "own": 0o600}


def test_file_where_a_folder_must_be_is_named(tmp_path: Path) -> None:
    """A folder below a file, and a file where a folder stands: the message says which, and what to do."""
    (tmp_path / "file").touch()
    remedy = "move it away, or name another place"
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(files.UnwritableError) as refused:
            files.make_folder(folder)
        assert str(refused.value) == f"{folder} can't be written: it is a file where a folder must be: {remedy}"
    with pytest.raises(files.UnwritableError) as refused:
        files.write_text(tmp_path, "")
    assert str(refused.value) == f"{tmp_path} can't be written: it is a folder where a file must be: {remedy}"


def test_lock_names_its_holder_and_is_free_when_the_holder_is_killed(tmp_path: Path) -> None:
    """The system gives the lock back; the file that a killed holder leaves is nobody's."""
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(files.FolderInUseError, match=rf"latitude deploy \(process {holder.pid}, since "):
            files.locked(tmp_path, "synth").__enter__()
        holder.kill()
    with files.locked(tmp_path, "synth"), files.locked(tmp_path, "again, in the same process"):
        assert (tmp_path / files.RUN_LOCK).read_text().startswith(f"synth (process {os.getpid()}, since ")
    assert list(tmp_path.iterdir()) == []


def test_lock_file_that_is_a_link_is_refused(tmp_path: Path) -> None:
    """Emptying the lock file would empty the file that the link leads to."""
    other = tmp_path / "other"
    other.write_text("precious")
    link = tmp_path / files.RUN_LOCK
    link.symlink_to(other)
    with pytest.raises(files.UnwritableError) as refused, files.locked(tmp_path, "latitude deploy"):
        pass
    assert str(refused.value) == f"{link} can't be written: it is a link: remove it"
    assert other.read_text() == "precious"
