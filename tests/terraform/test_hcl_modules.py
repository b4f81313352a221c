"""Every emitted module and example with the real provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from latitude.operate.terraform import Terraform
from tests.support.hcl import write_modules
from tests.support.plan import pin, terraform_environment

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.terraform

_REGIONS = ("us-east-1", "us-west-2")
_MODULES = (
    "global-table",
    "latency-routing",
    "multi-region-service",
    "provisioned-table",
    "regional-service",
    "registry",
)


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the modules."""
    return write_modules(_REGIONS, tmp_path_factory.mktemp("hcl"))


def _terraform(directory: Path, folder: Path) -> Terraform:
    credentials = {"AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none"}
    pin(directory)
    return Terraform(directory=directory, environment=terraform_environment(credentials, folder))


@pytest.mark.parametrize("name", _MODULES)
def test_module_and_its_example_are_formatted_and_valid_and_their_tests_pass(
    name: str, modules: Path, tmp_path: Path
) -> None:
    """``fmt -check`` of both, ``validate`` of the example, and ``test`` of both with a mocked provider succeed."""
    module, example = _terraform(modules / name, tmp_path), _terraform(modules / name / "examples" / "basic", tmp_path)
    module.run("fmt", "-check", "-recursive")
    for terraform in (module, example):
        terraform.init()
        assert "Success!" in terraform.run("test", "-no-color").stdout
    example.validate()
