"""The record of a Terraform at work, and whether its process is still that Terraform."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from latitude.files import FolderInUseError
from latitude.operate import records
from latitude.operate.leftovers import wait_for_earlier


@pytest.mark.parametrize(
    "proc",
    [
        pytest.param(Path("/proc"), marks=pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc")),
        pytest.param(
            Path("/nowhere"), marks=pytest.mark.skipif(shutil.which("ps") is None, reason="no ps, as it is on macOS")
        ),
    ],
)
def test_record_is_of_a_process_until_it_ends(proc: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By /proc, or by ps where there is none: found while it runs, gone when it has ended, though nobody has asked."""
    monkeypatch.setattr(records, "_PROC", proc)
    running = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with running:
        records.write(tmp_path, running.pid, ["terraform", "apply"])
        found = records.earlier(tmp_path)
        assert found is not None
        assert (found.pid, found.command) == (running.pid, "apply")
        running.kill()
        os.waitid(os.P_PID, running.pid, os.WEXITED | os.WNOWAIT)
        assert records.earlier(tmp_path) is None
    assert records.earlier(tmp_path) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": "x"}', '{"pid": 1, "started": null}'])
def test_record_that_was_not_written_whole_is_nobody_s(text: str, tmp_path: Path) -> None:
    """A run that was killed while it wrote leaves no reason to wait."""
    (tmp_path / records.RECORD).write_text(text)
    assert records.earlier(tmp_path) is None


def test_record_is_not_written_through_a_link(tmp_path: Path) -> None:
    """What a link in the record's place leads to stays as it is; the record is a file for its owner alone."""
    other = tmp_path / "other"
    other.write_text("precious")
    (tmp_path / records.RECORD).symlink_to(other)
    records.write(tmp_path, os.getpid(), ["terraform", "apply"])
    assert other.read_text() == "precious"
    assert not (tmp_path / records.RECORD).is_symlink()
    assert (tmp_path / records.RECORD).stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == [records.RECORD, "other"]


@pytest.mark.parametrize("whose", ["a link", "no file", "another user's"])
def test_record_is_trusted_only_as_a_file_of_this_user(
    whose: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Someone else's record would have a run wait for whatever process it names."""
    records.write(tmp_path, os.getpid(), ["terraform", "apply"])
    record = tmp_path / records.RECORD
    assert records.earlier(tmp_path) is not None
    if whose == "a link":
        record.rename(tmp_path / "other")
        record.symlink_to(tmp_path / "other")
    elif whose == "no file":
        record.unlink()
        os.mkfifo(record)
    else:
        user = os.getuid()
        monkeypatch.setattr(os, "getuid", lambda: user + 1)
    assert records.earlier(tmp_path) is None


def test_record_of_another_host_is_kept_and_refused(tmp_path: Path) -> None:
    """In a folder that hosts share, a process of the other one cannot be looked at: it is not taken for dead."""
    stack = tmp_path / "blog"
    stack.mkdir()
    (stack / records.RECORD).write_text(
        json.dumps({"pid": 1, "started": "then", "command": "apply", "since": "09:00:00", "host": "elsewhere"})
    )
    with pytest.raises(FolderInUseError) as refused:
        wait_for_earlier(tmp_path, lambda _, __: None)
    assert str(refused.value) == (
        f"{stack} is shared with the host 'elsewhere', where an earlier run began `terraform apply` (process 1, since "
        f"09:00:00): wait until it has ended there. If it has, remove {stack / records.RECORD}"
    )
    assert (stack / records.RECORD).exists()


def test_record_of_this_host_whose_process_is_gone_is_removed(tmp_path: Path) -> None:
    """Nothing is left to wait for."""
    stack = tmp_path / "blog"
    stack.mkdir()
    record = {"pid": 1, "started": "then", "command": "apply", "since": "09:00:00", "host": socket.gethostname()}
    (stack / records.RECORD).write_text(json.dumps(record))
    wait_for_earlier(tmp_path, lambda _, __: None)
    assert not (stack / records.RECORD).exists()
