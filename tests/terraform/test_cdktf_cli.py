from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from modules.operate.cli_config import usable_environment

pytestmark = [
    pytest.mark.cdktf_cli,
    pytest.mark.skipif(shutil.which("npm") is None, reason="npm brings the cdktf command, and is not on the PATH"),
]

ROOT = Path(__file__).parents[2]
PINNED = ROOT / "tests" / "cdktf_cli"
STACKS = ["orders-data", "orders-registry", "orders-us-east-1", "orders-us-west-2"]


@pytest.fixture(scope="module")
def cdktf() -> Path:
    """Return the folder of the pinned cdktf command, installed once per checkout."""
    home = ROOT / ".latitude" / "cdktf-cli"
    program = home / "node_modules" / ".bin" / "cdktf"
    if not program.exists():
        home.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(PINNED / name, home / name)
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=home, check=True)
    return program.parent


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of what git tracks here: main.py, cdktf.json and the package."""
    copy = tmp_path_factory.mktemp("checkout")
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "main.py", "cdktf.json", "modules"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, tracked.stdout.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    return copy


def _run(checkout: Path, cdktf: Path, *arguments: str) -> str:
    environment = usable_environment(os.environ, checkout / ".latitude")
    environment |= {
        "PATH": os.pathsep.join([str(cdktf), str(Path(sys.executable).parent), os.environ["PATH"]]),
        "CHECKPOINT_DISABLE": "1",
        "CI": "1",
    }
    done = subprocess.run(
        ["cdktf", *arguments], cwd=checkout, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return said


def test_cdktf_synth_of_a_fresh_checkout(checkout: Path, cdktf: Path) -> None:
    """``cdktf synth`` runs main.py as it is, writes every stack, and nothing of ours warns."""
    said = _run(checkout, cdktf, "synth")
    assert sorted(each.name for each in (checkout / "cdktf.out" / "stacks").iterdir()) == STACKS
    assert "Generated Terraform code for the stacks" in said
    assert "end-of-life" not in said
    assert "Warning" not in said


def test_cdktf_list_of_a_fresh_checkout(checkout: Path, cdktf: Path) -> None:
    """``cdktf list`` names every stack."""
    said = _run(checkout, cdktf, "list")
    assert [name for name in STACKS if name not in said] == []
