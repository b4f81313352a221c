"""Every emitted module and example with the real provider; each bad value is refused with the spec's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from modules.operate.terraform import Terraform, TerraformError
from modules.spec import AutoScaling, HealthCheck, InvalidDescriptionError, RegionHealthCheck, Registry, Service
from tests.support.hcl import write_modules
from tests.support.plan import pin, terraform_environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.terraform

_REGIONS = ("us-east-1", "us-west-2")
_MODULES = ("global-table", "latency-routing", "multi-region-service", "regional-service", "registry")


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the modules."""
    return write_modules(_REGIONS, tmp_path_factory.mktemp("hcl"))


def _terraform(directory: Path, folder: Path) -> Terraform:
    credentials = {"AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none"}
    pin(directory)
    return Terraform(directory=directory, environment=terraform_environment(credentials, folder))


@pytest.mark.parametrize("name", _MODULES)
def test_module_is_formatted_its_example_valid_and_its_own_tests_pass(name: str, modules: Path, tmp_path: Path) -> None:
    """``fmt -check``, ``validate`` of the example, and ``test`` with a mocked provider succeed."""
    module, own = _terraform(modules / name, tmp_path), _terraform(modules / name / "examples" / "basic", tmp_path)
    module.run("fmt", "-check", "-recursive")
    own.init()
    own.validate()
    module.init()
    assert "Success!" in module.run("test", "-no-color").stdout


_BAD: list[tuple[str, str, Callable[[], Any]]] = [
    ("regional-service", "autoscaling = { max_concurrency = 201 }", lambda: AutoScaling(max_concurrency=201)),
    ("regional-service", "autoscaling = { min_size = 0 }", lambda: AutoScaling(min_size=0)),
    ("regional-service", "health_check = { timeout_seconds = 21 }", lambda: HealthCheck(timeout_seconds=21)),
    ("regional-service", "cpu = 300", lambda: Service(name="web", cpu=300)),
    ("regional-service", "port = 0", lambda: Service(name="web", port=0)),
    ("regional-service", 'name = "Web"', lambda: Service(name="Web")),
    ("regional-service", 'environment = { PORT = "1" }', lambda: Service(name="web", environment={"PORT": "1"})),
    ("latency-routing", "health_check = { interval_seconds = 20 }", lambda: RegionHealthCheck(interval_seconds=20)),
    ("latency-routing", "health_check = { failure_threshold = 11 }", lambda: RegionHealthCheck(failure_threshold=11)),
    ("registry", "keep_images = 10001", lambda: Registry(keep_images=10001)),
    ("registry", "expire_untagged_days = 0", lambda: Registry(expire_untagged_days=0)),
]


@pytest.mark.parametrize(("name", "argument", "describe"), _BAD, ids=[f"{name}-{arg}" for name, arg, _ in _BAD])
def test_bad_value_is_refused_by_a_plan_with_the_limit_of_python(
    name: str, argument: str, describe: Callable[[], Any], modules: Path, tmp_path: Path
) -> None:
    """The plan's error has the sentence that Python's fault begins with, up to the value given."""
    with pytest.raises(InvalidDescriptionError) as caught:
        describe().checked()
    allowed = next(fault.message for fault in caught.value.faults if fault.message.startswith("must be")).partition(
        ", got"
    )[0]
    example = (modules / name / "examples" / "basic" / "main.tf").read_text("utf-8")
    field = argument.partition(" ")[0]
    lines = [line for line in example.replace("../..", str(modules / name)).splitlines() if line.split()[:1] != [field]]
    at = next(index for index, line in enumerate(lines) if line.strip().startswith("source"))
    text = "\n".join([*lines[: at + 1], f"  {argument}", *lines[at + 1 :]])
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    terraform = _terraform(tmp_path, tmp_path)
    terraform.init()
    with pytest.raises(TerraformError) as refused:
        terraform.validate()
    assert allowed in " ".join(refused.value.output.replace("│", "").split())
