"""The command ``latitude emit``: the same bytes on every run, and ``--check`` for CI."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.hcl import modules_for, write_modules

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.terraform

_REGIONS = "us-east-1,us-west-2"


def _emit(folder: Path, *options: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from latitude.cli import main; main()", "emit", "--out", str(folder)]
    return subprocess.run(
        [*command, "--regions", _REGIONS, *options],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )


def test_emitted_bytes_are_the_same_in_another_process(tmp_path: Path) -> None:
    """Another process, with another seed of Python's hashes, finds nothing to change in what this one emitted."""
    write_modules(_REGIONS.split(","), tmp_path)
    checked = _emit(tmp_path, "--check", seed="4711")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.endswith(" files, as they are emitted now\n")


def test_check_of_other_modules_fails_and_names_the_command(tmp_path: Path) -> None:
    """With one file edited, one removed and one left of another region, the check names each and what renews them."""
    write_modules(_REGIONS.split(","), tmp_path)
    (tmp_path / "outputs.tf").write_text("", encoding="utf-8")
    (tmp_path / "versions.tf").unlink()
    (tmp_path / "eu_west_1.tf").write_text("# Of a region that was among them.\n", encoding="utf-8")
    manifest = json.loads((tmp_path / "latitude.json").read_text("utf-8"))
    manifest["files"].append("eu_west_1.tf")
    (tmp_path / "latitude.json").write_text(json.dumps(manifest), encoding="utf-8")
    checked = _emit(tmp_path, "--check")
    assert checked.returncode == 1
    assert checked.stderr == (
        f"{tmp_path} is not what is emitted now: missing: versions.tf; stale: latitude.json, outputs.tf; "
        "no longer emitted: eu_west_1.tf; "
        f"`latitude emit --out {tmp_path} --regions {_REGIONS}` renews it\n"
    )


def test_lines_are_no_longer_than_120_but_for_texts() -> None:
    """What is longer is one text, which HCL can't break."""
    longer = [
        line
        for name, text in modules_for(tuple(_REGIONS.split(","))).items()
        for line in text.splitlines()
        if len(line) > 120 and name.endswith((".tf", ".hcl"))
    ]
    text = re.compile(r' *(?:\w+ *= |[?:] )?".*",?')
    assert [line for line in longer if text.fullmatch(line) is None] == []
