"""The emitted module and layout ``single`` plan the same resources with the same attributes."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pytest

from latitude import LocalState
from latitude.hcl.templates import FOLDER
from latitude.operate.terraform import Terraform
from latitude.sandbox.server import Sandbox
from latitude.spec.regions import identifier
from latitude.stacks import synthesize
from tests.support.aws import prepare
from tests.support.hcl import python_address, root
from tests.support.parity.branches import named, told, write_telling_modules
from tests.support.parity.cases import CASES
from tests.support.plan import initialize, initialize_as, terraform_environment
from tests.support.scanning import argued

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from latitude import Application
    from tests.support.scanning import Scanner

pytestmark = pytest.mark.terraform


# Layout single refers to a repository that it makes, so that Terraform reads the image, and renders the policy of the
# role that pulls it, during the apply; in the module the name comes out of another module: both happen while planning.
_READ_LATER: Final = {".source_configuration[].image_repository[].image_identifier", ".policy"}


@dataclass(frozen=True)
class Plans:
    """What ``terraform show -json`` tells of both plans."""

    module: dict[str, Any]
    single: dict[str, Any]


_NEVER: Final = {
    # A table has a key.
    'modules/global-table/main.tf: resource "aws_dynamodb_table" "this": for_each = var.attributes: no',
    'modules/global-table/main.tf: resource "aws_dynamodb_table" "provisioned": for_each = var.attributes: no',
    # There is a policy where it has statements.
    (
        'modules/global-table/policies.tf: data "aws_iam_policy_document" "HOME_policy_document": '
        "for_each = var.resource_policy: no"
    ),
    (
        'modules/global-table/policies.tf: data "aws_iam_policy_document" "OTHER_policy_document": '
        "for_each = var.resource_policy: no"
    ),
    # HCL alone has managed policies, and a role that pulls beside the service: the module's own test plans them.
    (
        'modules/regional-service/roles.tf: resource "aws_iam_role_policy_attachment" "instance": '
        "for_each = var.policy_arns: yes"
    ),
    (
        'modules/regional-service/main.tf: resource "aws_apprunner_service" "this": local.makes_access_role ? '
        "aws_iam_role.pull[0].arn : var.image.access_role.arn (local.makes_access_role?): yes"
    ),
    *(
        f"modules/regional-service/roles.tf: {block}: count = local.makes_access_role ? 1 : 0 "
        "(local.makes_access_role?): yes"
        for block in (
            'data "aws_iam_policy_document" "pull_trust"',
            'data "aws_iam_policy_document" "pull_policy"',
            'resource "aws_iam_role" "pull"',
            'resource "aws_iam_role_policy" "pull"',
        )
    ),
}
"""Branches that no plan takes."""


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Plans]:
    """Return what plans the module and layout ``single`` for a case, once."""
    first: list[Path] = []

    def plan(terraform: Terraform) -> dict[str, Any]:
        initialize_as(terraform, first[0])
        terraform.plan(out=terraform.directory / "saved.tfplan")
        return terraform.show(terraform.directory / "saved.tfplan")

    @cache
    def plans(name: str) -> Plans:
        folder = tmp_path_factory.mktemp(name)
        application = CASES[name]()
        write_telling_modules(application.regions, folder / "modules")
        (folder / "root").mkdir()
        stated = json.loads(root(application, source="../modules", outputs=("branches",)))
        stated["module"]["replication"] = _replication(application)
        (folder / "root" / "main.tf.json").write_text(json.dumps(stated), encoding="utf-8")
        (stack,) = synthesize(application.model_copy(update={"state": LocalState()}), folder / "cdktf.out")
        with Sandbox() as sandbox:
            prepare(application, sandbox)
            environment = terraform_environment(sandbox.environment(), folder)
            module = Terraform(directory=folder / "root", environment=environment)
            single = Terraform(
                directory=_without_backend(folder / "cdktf.out" / "stacks" / stack), environment=environment
            )
            if not first:
                first.append(_initialized(folder / "provider", environment))
            with ThreadPoolExecutor() as pool:
                return Plans(*pool.map(plan, (module, single)))

    return plans


def test_every_branch_of_the_modules_is_in_a_case(planned: Callable[[str], Plans]) -> None:
    """Each condition of each module holds in one case and does not in another: what no case reaches, none compares."""
    taken = {branch for name in CASES for branch in told(planned(name).module, CASES[name]().regions)}
    assert sorted(named(("us-east-1", "us-west-2")) - taken - _NEVER) == []
    assert sorted(_NEVER & taken) == []


@pytest.mark.parametrize("name", sorted(CASES))
def test_composed_module_plans_what_layout_single_plans(name: str, planned: Callable[[str], Plans]) -> None:
    """Every managed resource has the same planned attributes, address by address, and the same of them are unknown."""
    module, single = _changes(planned(name).module), _changes(planned(name).single)
    ours = {python_address(address): change for address, change in module.items()}
    assert sorted(ours) == sorted(single)
    unknown = {address: (ours[address]["after_unknown"], single[address]["after_unknown"]) for address in ours}
    for address, masks in unknown.items():
        mine, theirs = (set(_paths(mask)) for mask in masks)
        assert (mine - theirs, theirs - mine - _READ_LATER) == (set(), set()), address
    assert {address: _known(ours[address]["after"], *unknown[address]) for address in ours} == {
        address: _known(single[address]["after"], *unknown[address]) for address in ours
    }


def test_scanner_objects_to_nothing_in_the_modules_that_is_not_argued(
    planned: Callable[[str], Plans], scanner: Scanner
) -> None:
    """Checkov's objections to plans of every module are those that docs/security.md argues, and no others."""
    plans = {name: planned(name).module for name in CASES}
    called = {source for plan in plans.values() for source in _called(plan["configuration"]["root_module"])}
    assert called == {path.name for path in (FOLDER / "modules").iterdir() if path.is_dir()} | {"modules"}
    found = scanner.scan(plans)
    assert set(found.failed) == argued("modules"), found.failed
    assert {'module.app.module.registry.aws_ecr_repository.us_west_2["web"]'} <= found.looked_at


def _called(module: Mapping[str, Any]) -> Iterator[str]:
    """Yield the folders' names of the modules that a configuration calls."""
    for call in module.get("module_calls", {}).values():
        yield call["source"].rpartition("/")[2]
        yield from _called(call["module"])


def _replication(application: Application) -> dict[str, Any]:
    """Return the call of the one module that the root module does not call."""
    home, *others = application.regions
    return {
        "source": "../modules/modules/image-replication",
        "providers": {"aws": f"aws.{identifier(home)}"},
        "applications": [application.name],
        "destinations": others,
    }


def _initialized(folder: Path, environment: Mapping[str, str]) -> Path:
    """Return a folder that has the provider and nothing else: it is installed once for all plans."""
    folder.mkdir()
    required = {"aws": {"source": "hashicorp/aws"}}
    text = json.dumps({"terraform": {"required_providers": required}})
    (folder / "main.tf.json").write_text(text, encoding="utf-8")
    initialize(Terraform(directory=folder, environment=environment))
    return folder


def _without_backend(folder: Path) -> Path:
    """Return the folder of a stack that needs no ``init`` of its own any more."""
    path = folder / "cdk.tf.json"
    stated = json.loads(path.read_text("utf-8"))
    del stated["terraform"]["backend"]
    path.write_text(json.dumps(stated), encoding="utf-8")
    return folder


def _changes(plan: Mapping[str, Any]) -> dict[str, Any]:
    """Return the planned changes of managed resources, by address, but for what stands beside the application."""
    return {
        each["address"]: each["change"]
        for each in plan["resource_changes"]
        if each["mode"] == "managed" and not each["address"].startswith("module.replication.")
    }


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
