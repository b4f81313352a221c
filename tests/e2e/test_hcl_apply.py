"""The emitted examples, applied to the embedded AWS: as they stand, and as cells of which one is dark."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from latitude.commands.embedded import embedded_aws
from latitude.operate.terraform import Terraform
from latitude.sandbox.control import Control
from latitude.sandbox.ecr.push import push_image
from latitude.sandbox.server import Sandbox
from tests.support.hcl import write_modules
from tests.support.images import CONTENT
from tests.support.plan import initialize, initialize_as, terraform_environment

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


def test_cell_is_deployed_while_another_region_is_dark(aws: Sandbox, tmp_path: Path) -> None:
    """The roots of ``examples/cells``, in the order that their README gives; then a region goes dark.

    The dark one is taken out of DNS, the other's cell is planned and applied, with a change, and a plan finds nothing
    more to do. What the emitted examples make is destroyed by other tests.
    """
    write_modules(_REGIONS, tmp_path)
    cells = tmp_path / "examples" / "cells"
    environment = terraform_environment(aws.environment(), tmp_path)
    roots = {
        name: Terraform(directory=cells / name, environment=environment)
        for name in ("registry", "data", "us_east_1", "us_west_2", "routing")
    }
    first, *others = roots.values()
    initialize(first)
    for root in others:
        initialize_as(root, first.directory)
    clients = embedded_aws(aws).clients
    clients("route53", _REGIONS[0]).create_hosted_zone(Name="example.com", CallerReference="example.com")
    # The provider waits for 90 s, twice, to protect a replica.
    _edit(
        cells / "data" / "main.tf",
        '  hash_key   = "order_id"\n',
        '  hash_key   = "order_id"\n  deletion_protection = false\n',
    )
    roots["registry"].apply()
    push_image(clients("ecr", _REGIONS[0]), repository="orders/web", tag="1.0.0", content=CONTENT)
    # The second apply of a cell opens its region, once its certificate is valid.
    for name in ("data", "us_east_1", "us_west_2", "us_east_1", "us_west_2", "routing"):
        roots[name].apply()

    Control(aws.url).set_region_dark(_REGIONS[1], dark=True)
    roots["routing"].apply(f'-var=draining=["{_REGIONS[1]}"]')
    _edit(cells / "us_east_1" / "main.tf", 'LOG_LEVEL = "info"', 'LOG_LEVEL = "debug"')
    roots["us_east_1"].apply()
    assert not roots["us_east_1"].plan(), "the second plan is not empty"
    (service,) = clients("apprunner", _REGIONS[0]).list_services()["ServiceSummaryList"]
    described = clients("apprunner", _REGIONS[0]).describe_service(ServiceArn=service["ServiceArn"])["Service"]
    configured = described["SourceConfiguration"]["ImageRepository"]["ImageConfiguration"]
    assert configured["RuntimeEnvironmentVariables"] == {"LOG_LEVEL": "debug", "ORDERS_TABLE": "orders-orders"}


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
