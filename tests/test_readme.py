"""What the README and the guides say is so."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from latitude.operate.cli_config import usable_environment

_ROOT: Final = Path(__file__).parents[1]
_README: Final = (_ROOT / "README.md").read_text("utf-8")
_PAGES: Final = sorted([_ROOT / "README.md", _ROOT / "CHANGELOG.md", *(_ROOT / "docs").rglob("*.md")])
# They are what CI runs: `make test` runs this test, and tests/e2e the demonstration.
_TARGETS: Final = ("make demo", "make test", "make .venv/.ready")
_STEPS: Final = "Terraform has been successfully initialized!", "Plan: "


def _commands() -> list[str]:
    """Return the lines of the README's shell blocks, without comments."""
    blocks = re.findall(r"```sh\n(.*?)```", _README, re.DOTALL)
    lines = [re.sub(r"\s+#.*", "", line) for block in blocks for line in block.splitlines()]
    return [line for line in lines if line]


def test_make_targets_of_the_readme_exist() -> None:
    """Each `make` line of the README is one of those that CI runs, and a target of the Makefile."""
    stated = [line for line in _commands() if line.startswith("make ")]
    assert sorted(stated) == sorted(_TARGETS)
    makefile = (_ROOT / "Makefile").read_text("utf-8")
    assert re.search(r"^demo:", makefile, re.MULTILINE)
    assert re.search(r"^test:", makefile, re.MULTILINE)
    assert re.search(r"^READY := \$\(VENV\)/\.ready$", makefile, re.MULTILINE)


@pytest.mark.terraform
@pytest.mark.sandbox
def test_commands_of_the_readme_end_in_a_plan(tmp_path: Path) -> None:
    """All other commands of the README, one after the other in a fresh copy, succeed and end in a plan."""
    project = tmp_path / "project"
    project.mkdir()
    for name in ("main.py", "cdktf.json"):
        shutil.copy(_ROOT / name, project)
    (project / ".venv").symlink_to(sys.prefix)
    script = "\n".join(line for line in _commands() if not line.startswith("make "))
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment = usable_environment({**inherited, "TF_IN_AUTOMATION": "1", "TF_INPUT": "0"}, tmp_path)
    log = tmp_path / "said"
    with (
        log.open("w") as said_to,
        subprocess.Popen(
            ["sh", "-eu", "-c", script],
            cwd=project,
            env=environment,
            stdout=said_to,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as shell,
    ):
        try:
            status = shell.wait(timeout=600)
        finally:
            # The embedded AWS, if a command before its end failed.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(shell.pid, signal.SIGTERM)
    assert status == 0, log.read_text("utf-8")
    said = re.sub(r"\x1b\[[0-9;]*m", "", log.read_text("utf-8"))
    assert "orders: no faults; regions us-east-1, us-west-2, layout cells." in said
    assert "orders-data\norders-registry\norders-routing\norders-us-east-1\norders-us-west-2\n" in said
    assert [step for step in _STEPS if step not in said] == [], said


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: str(page.relative_to(_ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Each relative link of a page leads to a file of the project."""
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    missing = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert missing == []
