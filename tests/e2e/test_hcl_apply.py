"""The emitted modules, applied to the embedded AWS: every example as it stands, and an application."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from latitude.commands.embedded import embedded_aws
from latitude.operate.terraform import Terraform
from latitude.sandbox.server import Sandbox
from latitude.trial.images import push_images
from latitude.trial.prerequisites import make_prerequisites
from tests.support.applications import example
from tests.support.hcl import root, write_modules
from tests.support.plan import initialize, terraform_environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.e2e

_REGIONS = ("us-east-1", "us-west-2")
_EXAMPLES = ("basic", "global-table", "latency-routing", "regional-service", "registry")


@pytest.fixture
def aws() -> Iterator[Sandbox]:
    """Run an embedded AWS that does things quickly."""
    with Sandbox(operation_seconds=0.2) as running:
        yield running


def _terraform(aws: Sandbox, directory: Path, folder: Path) -> Terraform:
    terraform = Terraform(directory=directory, environment=terraform_environment(aws.environment(), folder))
    initialize(terraform)
    return terraform


def _up_and_down(terraform: Terraform) -> None:
    terraform.apply()
    assert not terraform.plan(), "the second plan is not empty"
    terraform.destroy()
    assert terraform.show().get("values", {}).get("root_module", {}) == {}, "something was left"


def test_examples_apply_and_destroy(aws: Sandbox, tmp_path: Path) -> None:
    """All examples are applied as they stand, plan nothing then, and leave nothing when destroyed.

    The one of ``latency-routing`` puts parts together by hand: a service in each region, and a zone.
    """
    write_modules(_REGIONS, tmp_path / "modules")
    (tmp_path / "root").mkdir()
    calls = {name: {"source": f"../modules/examples/{name}"} for name in _EXAMPLES}
    (tmp_path / "root" / "main.tf.json").write_text(json.dumps({"module": calls}), encoding="utf-8")
    _up_and_down(_terraform(aws, tmp_path / "root", tmp_path))


def test_composed_module_applies_and_destroys(aws: Sandbox, tmp_path: Path) -> None:
    """The application: registry first, the image pushed, then everything; an empty plan; nothing left."""
    application = example(layout="single")
    embedded = embedded_aws(aws)
    make_prerequisites(application, embedded)
    write_modules(_REGIONS, tmp_path / "modules")
    (tmp_path / "root").mkdir()
    source = "../modules"
    (tmp_path / "root" / "main.tf.json").write_text(root(application, source=source), encoding="utf-8")
    terraform = _terraform(aws, tmp_path / "root", tmp_path)
    terraform.apply("-target=module.app.module.registry")
    push_images(application, embedded)
    _up_and_down(terraform)
