"""Every emitted module and example with the real provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from latitude.operate.terraform import Terraform
from tests.support.hcl import write_modules
from tests.support.plan import initialize, terraform_environment

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.terraform

_REGIONS = ("us-east-1", "us-west-2")
_PARTS = ("global-table", "image-replication", "latency-routing", "regional-service", "registry")
_EXAMPLES = ("basic", "complete", *_PARTS)
_FOLDERS = (".", *(f"modules/{name}" for name in _PARTS), *(f"examples/{name}" for name in _EXAMPLES))


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the modules."""
    return write_modules(_REGIONS, tmp_path_factory.mktemp("hcl"))


def _terraform(directory: Path, folder: Path) -> Terraform:
    credentials = {"AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none"}
    return Terraform(directory=directory, environment=terraform_environment(credentials, folder))


def test_everything_is_formatted(modules: Path, tmp_path: Path) -> None:
    """``terraform fmt -check`` finds nothing to do, in templates' lines and in generated ones."""
    _terraform(modules, tmp_path).run("fmt", "-check", "-recursive")


@pytest.mark.parametrize("folder", _FOLDERS)
def test_folder_passes_its_own_tests(folder: str, modules: Path, tmp_path: Path) -> None:
    """``terraform test`` succeeds everywhere with a mocked provider; ``validate`` takes the examples."""
    terraform = _terraform(modules / folder, tmp_path)
    initialize(terraform)
    assert "Success!" in terraform.run("test", "-no-color").stdout
    if folder.startswith("examples"):
        terraform.validate()


@pytest.mark.parametrize("root", ["registry", "data", "us_east_1", "routing"])
def test_root_of_the_cells_is_valid(root: str, modules: Path, tmp_path: Path) -> None:
    """``validate`` takes the roots that span regions, a cell, and what leads users to them."""
    terraform = _terraform(modules / "examples" / "cells" / root, tmp_path)
    initialize(terraform)
    terraform.validate()
