"""Descriptions that are accepted are valid to the real Terraform and the real provider."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from latitude.operate.terraform import Terraform
from latitude.spec.state import LocalState
from latitude.stacks import synthesize
from tests.support.generated import right
from tests.support.plan import initialize, terraform_environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from latitude import Application

pytestmark = pytest.mark.terraform
_EXAMPLES = 4


@pytest.fixture(scope="module")
def validate(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Application], None]:
    """Return what validates each of an application's stacks in one folder, which is initialized once."""
    folder = tmp_path_factory.mktemp("validated")
    terraform = Terraform(
        directory=folder, environment=terraform_environment({"AWS_EC2_METADATA_DISABLED": "true"}, folder)
    )

    def check(application: Application) -> None:
        written = tmp_path_factory.mktemp("written")
        for stack in synthesize(application, written):
            text = json.loads((written / "stacks" / stack / "cdk.tf.json").read_text("utf-8"))
            # Another backend, or a provider that can't be had here, would want an init of its own.
            text["terraform"].pop("backend", None)
            text["terraform"].pop("cloud", None)
            (folder / "cdk.tf.json").write_text(json.dumps(text), encoding="utf-8")
            if not (folder / ".terraform").exists():
                initialize(terraform, "-backend=false")
            terraform.validate()
        shutil.rmtree(written)

    return check


@settings(
    max_examples=_EXAMPLES,
    derandomize=True,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(application=right().filter(lambda found: found.tables and found.services and not _needs_newer(found)))
def test_generated_description_is_valid(validate: Callable[[Application], None], application: Application) -> None:
    """Every stack of a description that Latitude accepts is accepted by ``terraform validate``."""
    validate(application.model_copy(update={"state": LocalState()}))


def _needs_newer(application: Application) -> bool:
    """Say whether a stack asks for a provider that can't be had here."""
    return any(table.consistency == "strong" for table in application.tables)
