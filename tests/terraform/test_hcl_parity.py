"""The emitted module and layout ``single`` plan the same resources with the same attributes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest

from latitude import (
    Application,
    Domain,
    GlobalIndex,
    HostedZone,
    Image,
    Provisioned,
    ScaledCapacity,
    Service,
    Table,
    TableAccess,
)
from latitude.operate.terraform import Terraform
from latitude.sandbox.server import Sandbox
from latitude.stacks import synthesize
from tests.support.applications import APPLICATIONS, example
from tests.support.aws import prepare
from tests.support.hcl import python_address, root, write_modules
from tests.support.plan import pin, terraform_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
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
            Table(
                name="stock",
                hash_key="sku",
                attributes={"sku": "S", "shop": "S"},
                global_indexes=(GlobalIndex(name="by-shop", hash_key="shop"),),
                billing=Provisioned(read=ScaledCapacity(max_units=20), write=ScaledCapacity(min_units=2, max_units=10)),
            ),
        ),
        draining=frozenset({"eu-central-1"}),
        layout="single",
    )


# Layout single refers to a repository that it makes, so that Terraform reads the image, and renders the policy of the
# role that pulls it, during the apply; in the module the name comes out of another module: both happen while planning.
_READ_LATER: Final = {".source_configuration[].image_repository[].image_identifier", ".policy"}
CASES: Final[Mapping[str, Callable[[], Application]]] = {
    "example": lambda: example(layout="single"),
    "three_regions": three_regions,
    "from_source": lambda: APPLICATIONS["from_source"]().model_copy(update={"layout": "single"}),
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_composed_module_plans_what_layout_single_plans(name: str, tmp_path: Path) -> None:
    """Every managed resource has the same planned attributes, address by address, and the same of them are unknown."""
    application = CASES[name]()
    write_modules(application.regions, tmp_path / "modules")
    (tmp_path / "root").mkdir()
    source = "../modules"
    (tmp_path / "root" / "main.tf.json").write_text(root(application, source=source), encoding="utf-8")
    (stack,) = synthesize(application, tmp_path / "cdktf.out")
    with Sandbox() as sandbox:
        prepare(application, sandbox)
        environment = terraform_environment(sandbox.environment(), tmp_path)
        module = _plan(Terraform(directory=tmp_path / "root", environment=environment))
        single = _plan(Terraform(directory=tmp_path / "cdktf.out" / "stacks" / stack, environment=environment))
    ours = {python_address(address): change for address, change in module.items()}
    assert sorted(ours) == sorted(single)
    unknown = {address: (ours[address]["after_unknown"], single[address]["after_unknown"]) for address in ours}
    for address, masks in unknown.items():
        mine, theirs = (set(_paths(mask)) for mask in masks)
        assert (mine - theirs, theirs - mine - _READ_LATER) == (set(), set()), address
    assert {address: _known(ours[address]["after"], *unknown[address]) for address in ours} == {
        address: _known(single[address]["after"], *unknown[address]) for address in ours
    }


def _plan(terraform: Terraform) -> dict[str, Any]:
    """Return the planned changes of managed resources, by address."""
    pin(terraform.directory)
    terraform.init()
    terraform.plan(out=terraform.directory / "saved.tfplan")
    document = terraform.show(terraform.directory / "saved.tfplan")
    return {each["address"]: each["change"] for each in document["resource_changes"] if each["mode"] == "managed"}


def _paths(mask: Any, path: str = "") -> Iterator[str]:
    """Yield where a mask of unknown values has any; the place of an entry in a list is no part of it."""
    if mask is True:
        yield path
    elif isinstance(mask, dict):
        for name, entry in mask.items():
            yield from _paths(entry, f"{path}.{name}")
    elif isinstance(mask, list):
        for entry in mask:
            yield from _paths(entry, f"{path}[]")


def _known(value: Any, *unknown: Any) -> Any:
    """Return what is in none of the masks of unknown values; an empty map for none, and policies in any order."""
    if any(mask is True for mask in unknown):
        return None
    if isinstance(value, dict):
        masks = [mask if isinstance(mask, dict) else {} for mask in unknown]
        found = {name: _known(entry, *(mask.get(name) for mask in masks)) for name, entry in value.items()}
        return {name: entry for name, entry in found.items() if entry not in (None, {}, [])}
    if isinstance(value, list):
        lists = [mask if isinstance(mask, list) else [] for mask in unknown]
        entries = [
            _known(entry, *(mask[index] if index < len(mask) else None for mask in lists))
            for index, entry in enumerate(value)
        ]
        return sorted(entries, key=lambda entry: json.dumps(entry, sort_keys=True))
    if isinstance(value, str) and value.startswith("{") and "Statement" in value:
        return _known(json.loads(value))
    return value
