"""``latitude deploy`` on a disk that is full in the middle of an apply: a real one, of two megabytes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.support.handmade import EAST
from tests.support.states import states

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["states"]
pytestmark = [
    pytest.mark.terraform,
    pytest.mark.skipif(shutil.which("unshare") is None or os.geteuid() != 0, reason="only root can make a small disk"),
]
# The second object fills the disk; the third is larger than what is left in the last page of any file.
_RUNS: Final = """
import json, sys
from pathlib import Path
from tests.support.handmade import EAST, Handmade
folder, backend = Path(sys.argv[1]), json.loads(sys.argv[2])
handmade = Handmade(folder)
handmade.stack(EAST, "true", f"head -c 9000000 /dev/zero > {folder / 'fill'}; true", "true", backend=backend)
path = handmade.directory(EAST) / "cdk.tf.json"
document = json.loads(path.read_text())
document["resource"]["terraform_data"]["step2"]["input"] = "x" * 60000
path.write_text(json.dumps(document))
full = handmade.deploy()
(folder / "fill").unlink()
again = handmade.deploy()
print(json.dumps({"full": full.stdout, "again": again.stdout, "status": again.returncode, "made": handmade.made()}))
"""


def on_a_small_disk(folder: Path, backend: Any) -> dict[str, Any]:
    """Deploy while the disk becomes full, and again when there is room; return what both runs said."""
    place = folder / "disk"
    place.mkdir()
    script = f'mount -t tmpfs -o size=2m none "{place}" && exec "$@"'
    ended = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, "sh", sys.executable, "-c", _RUNS, place, json.dumps(backend)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    if "mount:" in ended.stderr or "unshare:" in ended.stderr:
        pytest.skip("this machine lets nobody mount")
    said: dict[str, Any] = json.loads(ended.stdout)
    return said


def test_full_disk_loses_nothing_of_a_state_that_is_kept_elsewhere(tmp_path: Path, states: dict[str, Any]) -> None:
    """Terraform's words are lost, and its state is not: the next run has nothing to do, and nothing is made twice."""
    said = on_a_small_disk(tmp_path, states)
    assert (said["status"], said["made"]) == (0, [f"{EAST}.0", f"{EAST}.1", f"{EAST}.2"])
    assert "Nothing to do" in said["again"]


def test_full_disk_is_said_in_words_where_the_state_is_lost(tmp_path: Path) -> None:
    """A state in a file on that disk is cut off, and so is what Terraform leaves: both runs say so, and what to do."""
    said = on_a_small_disk(tmp_path, None)
    assert "@level" not in said["full"]
    assert f"applying {EAST} failed:" in said["full"]
    assert "There is no space left on the disk of" in said["full"]
    assert said["again"] == (
        f"{EAST}: Terraform could not save the state of an earlier apply, nor all of errored.tfstate, such as on a "
        "full disk. What that apply made would be made again. Go back to a version of the state from before it, if "
        f"there is one, and bring what has been made since into it: `rm cdktf.out/stacks/{EAST}/errored.tfstate && "
        f"latitude recover {EAST} > recover.sh`, then `bash recover.sh`\n"
    )
