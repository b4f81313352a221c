"""The emitted module and layout ``single`` plan the same resources with the same attributes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest

from modules import Application, Domain, GlobalIndex, HostedZone, Image, Service, Table, TableAccess
from modules.operate.terraform import Terraform
from sandbox.server import Sandbox
from tests.support.applications import APPLICATIONS, example
from tests.support.aws import prepare
from tests.support.hcl import python_address, root, write_modules
from tests.support.plan import pin, plan_all, terraform_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

pytestmark = pytest.mark.terraform


def three_regions() -> Application:
    """Return an application in three regions with what the other two have not."""
    regions = ("eu-west-1", "eu-central-1", "us-east-1")
    return Application(
        name="shop",
        regions=regions,
        services=(
            Service(
                name="web",
                image=Image(tag="2024.1"),
                domain=Domain(name="shop.example.com", hosted_zone=HostedZone(name="example.com"), www=True),
                ip_address_type="DUAL_STACK",
                tables=(TableAccess(table="carts", access="read"),),
                tracing=True,
            ),
            Service(
                name="api",
                image=Image(tag="7"),
                cpu=256,
                memory=512,
                environment={"STAGE": "prod"},
                regional_environment={"us-east-1": {"STAGE": "prod-us", "CURRENCY": "USD"}},
            ),
        ),
        tables=(
            Table(
                name="carts",
                hash_key="user",
                range_key="item",
                attributes={"user": "S", "item": "S", "shop": "S"},
                global_indexes=(GlobalIndex(name="by-shop", hash_key="shop", projection="KEYS_ONLY"),),
                ttl_attribute="expires",
                table_class="STANDARD_INFREQUENT_ACCESS",
                contributor_insights=True,
            ),
        ),
        draining=frozenset({"eu-central-1"}),
        layout="single",
    )


CASES: Final[Mapping[str, Callable[[], Application]]] = {
    "example": lambda: example(layout="single"),
    "three_regions": three_regions,
    "from_source": lambda: APPLICATIONS["from_source"]().model_copy(update={"layout": "single"}),
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_composed_module_plans_what_layout_single_plans(name: str, tmp_path: Path) -> None:
    """Every managed resource has the same planned and the same unknown attributes, address by address."""
    application = CASES[name]()
    (single,) = plan_all(application, tmp_path / "python").values()
    module = _plan_module(application, tmp_path)
    ours, theirs = _resources(module, python_address), _resources(single, str)
    assert sorted(ours) == sorted(theirs)
    assert {
        address: found for address in ours for found in [_difference(ours[address], theirs[address])] if found
    } == {}


def _plan_module(application: Application, folder: Path) -> dict[str, Any]:
    write_modules(application.regions, folder / "modules")
    directory = folder / "root"
    directory.mkdir()
    source = "../modules/multi-region-service"
    (directory / "main.tf.json").write_text(root(application, source=source), encoding="utf-8")
    with Sandbox() as sandbox:
        prepare(application, sandbox)
        terraform = Terraform(directory=directory, environment=terraform_environment(sandbox.environment(), folder))
        pin(directory)
        terraform.init()
        terraform.validate()
        terraform.plan(out=directory / "saved.tfplan")
        return terraform.show(directory / "saved.tfplan")


def _resources(plan: dict[str, Any], address: Any) -> dict[str, Any]:
    return {
        address(change["address"]): (
            # Each plan has a sandbox of its own, with another id for the zone.
            _comparable(change["change"]["after"] | {"zone_id": None}),
            _comparable(change["change"]["after_unknown"]),
        )
        for change in plan["resource_changes"]
        if change["mode"] == "managed"
    }


def _difference(ours: Any, theirs: Any) -> dict[str, Any]:
    """Return the attributes that differ, in the values and in what is unknown."""
    return {
        name: (one.get(name), other.get(name))
        for one, other in zip(ours, theirs, strict=True)
        for name in sorted({*one, *other})
        if one.get(name) != other.get(name)
    }


def _comparable(value: Any) -> Any:
    """Take an empty map for none, and a policy for its statements in any order: AWS and the provider do."""
    if isinstance(value, dict):
        return {name: _comparable(entry) for name, entry in value.items() if entry not in (None, {}, [])}
    if isinstance(value, list):
        return sorted((_comparable(entry) for entry in value), key=lambda entry: json.dumps(entry, sort_keys=True))
    if isinstance(value, str) and value.startswith("{") and "Statement" in value:
        return _comparable(json.loads(value))
    return value
