"""The record of a Terraform at work, and whether its process is still that Terraform."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from latitude.operate import records


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
