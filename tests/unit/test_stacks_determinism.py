"""The same description gives the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from latitude import synthesize
from tests.support.applications import example

if TYPE_CHECKING:
    import pytest

_PROGRAM = """
import sys
from pathlib import Path
from latitude import synthesize
from tests.support.applications import everything, three_regions
for application in (three_regions(), everything()):
    synthesize(application, Path(sys.argv[1]))
"""
_ROOT = Path(__file__).parents[2]


def _synthesized(out: Path, *, cwd: Path, seed: str) -> dict[str, bytes]:
    cwd.mkdir()
    path = os.pathsep.join([str(_ROOT), str(_ROOT / "modules")])
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
    subprocess.run([sys.executable, "-c", _PROGRAM, str(out)], cwd=cwd, env=environment, check=True, timeout=120)
    return {str(file.relative_to(out)): file.read_bytes() for file in sorted(out.rglob("*")) if file.is_file()}


def test_json_is_the_same_in_any_process_and_folder(tmp_path: Path) -> None:
    """Neither hash seeds, working directory, output directory nor process show in what is written."""
    first = _synthesized(tmp_path / "out-a", cwd=tmp_path / "a", seed="1")
    second = _synthesized(tmp_path / "deeper" / "out-b", cwd=tmp_path / "b", seed="4242")
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []
    assert "stacks/shop-data/cdk.tf.json" in first


def test_folder_is_the_one_that_python_means(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative folder is written below Python's own directory, whatever directory Node was started in."""
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        synthesize(example(), Path("out"))
        assert (tmp_path / name / "out" / "stacks" / "orders-data" / "cdk.tf.json").is_file()
