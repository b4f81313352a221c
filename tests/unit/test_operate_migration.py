"""The script that moves state, as text: what it does to which state, and in which order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from latitude import Application, CloudState, Image, S3State, Service, StateBucket, Workspaces
from latitude.operate.migration import addresses, migration, script
from latitude.stacks import synthesize
from tests.support.applications import example

if TYPE_CHECKING:
    from collections.abc import Callable

S3: Final = S3State(bucket="orders-state-{region}", create=StateBucket())
HCP: Final = CloudState(organization="acme", project="orders", workspaces=Workspaces())
STACKS: Final = ("orders-registry", "orders-us-east-1", "orders-us-west-2")


@pytest.fixture
def lines(tmp_path: Path) -> Callable[..., list[str]]:
    """Return what writes the script between two states of the same application, and gives its lines."""

    def of(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
        before, after = (
            Application(
                name="orders",
                regions=("us-east-1", "us-west-2"),
                services=(Service(name="web", image=Image(tag="1")),),
                **changes,
            )
            for changes in (old, new)
        )
        synthesize(before, tmp_path / "old")
        synthesize(after, tmp_path / "new")
        found = migration(before, addresses(tmp_path / "old"), after, addresses(tmp_path / "new"))
        return script(found, old=Path("old"), new=Path("new")).splitlines()

    return of


def test_migration_to_hcp_pulls_everything_before_it_pushes_anything(lines: Callable[..., list[str]]) -> None:
    """Each state is pulled from S3, kept, and pushed as it is to its workspace, which `terraform init` makes."""
    said = lines({"state": S3}, {"state": HCP})
    pulls = [f"terraform -chdir=old/stacks/{stack} state pull > states/before/{stack}.tfstate" for stack in STACKS]
    inits = [f"terraform -chdir=new/stacks/{stack} init -input=false" for stack in STACKS]
    pushes = [f'terraform -chdir=new/stacks/{stack} state push "$PWD/states/new/{stack}.tfstate"' for stack in STACKS]
    plans = [f"terraform -chdir=new/stacks/{stack} plan -input=false" for stack in STACKS]
    steps = [line for line in said if line in {*pulls, *inits, *pushes, *plans}]
    assert steps == [*pulls, *inits, *pushes, *plans]
    assert [line for line in said if " state mv " in line] == []
    assert said[2] == "set -euo pipefail"


def test_migration_to_hcp_uses_no_option_that_terraform_refuses_there(lines: Callable[..., list[str]]) -> None:
    """`-reconfigure` is for backends alone: the folder's record of an earlier one is removed instead."""
    said = lines({"state": S3}, {"state": HCP})
    assert [line for line in said if "-reconfigure" in line or "-migrate-state" in line] == []
    for stack in STACKS:
        folder = f"new/stacks/{stack}"
        init = said.index(f"terraform -chdir={folder} init -input=false")
        assert said[init - 1] == f"rm -f {folder}/.terraform/terraform.tfstate"


def test_migration_leaves_what_keeps_the_states_alone(lines: Callable[..., list[str]]) -> None:
    """The buckets that Latitude made have no place in HCP Terraform: they are named, not moved, and not destroyed."""
    said = lines({"state": S3}, {"state": HCP})
    assert "# No place in the new description: orders-state aws_s3_bucket.state_us_east_1" in said
    assert [line for line in said if "orders-state" in line and not line.startswith("#")] == []
    assert [line for line in said if "orders-workspaces" in line] == []


def test_migration_between_layouts_and_into_hcp_empties_the_old_states(lines: Callable[..., list[str]]) -> None:
    """With another layout, resources are moved on copies, and the old states lose what the new ones have."""
    said = lines({"state": S3}, {"state": HCP, "layout": "single"})
    moved = (
        "terraform state mv -backup=- -state=states/old/orders-us-west-2.tfstate "
        "-state-out=states/new/orders.tfstate aws_apprunner_service.web aws_apprunner_service.web_us_west_2"
    )
    pushed = 'terraform -chdir=new/stacks/orders state push "$PWD/states/new/orders.tfstate"'
    emptied = [f'terraform -chdir=old/stacks/{stack} state push "$PWD/states/old/{stack}.tfstate"' for stack in STACKS]
    steps = [line for line in said if line in {moved, pushed, *emptied}]
    assert steps == [moved, pushed, *emptied]


@pytest.mark.parametrize(("old", "new"), [("cells", "single"), ("single", "cells")])
def test_migration_moves_latency_records_of_regions_that_do_not_drain(tmp_path: Path, old: str, new: str) -> None:
    """They have one address in both layouts; a region that drains has none, and the script goes on without."""
    for layout in (old, new):
        synthesize(example(layout=layout), tmp_path / layout)
    places = {layout: addresses(tmp_path / layout) for layout in (old, new)}
    found = migration(example(layout=old), places[old], example(layout=new), places[new])
    stacks = {"cells": "orders-routing", "single": "orders"}
    address = "aws_route53_record.web_us_west_2_domain_latency_a"
    assert found.moves[stacks[old], address] == (stacks[new], address)
    source = f"states/old/{stacks[old]}.tfstate"
    move = (
        f"terraform state mv -backup=- -state={source} -state-out=states/new/{stacks[new]}.tfstate {address} {address}"
    )
    assert (f'if [ -n "$(terraform state list -state={source} {address} 2> /dev/null)" ]; then {move}; fi') in script(
        found, old=Path("old"), new=Path("new")
    ).splitlines()


def test_migration_between_different_applications_is_refused() -> None:
    """Two names are two applications: a slip in the new description must not read as "everything is gone"."""
    one, other = (Application(name=name, regions=("us-east-1",)) for name in ("orders", "order"))
    with pytest.raises(ValueError, match="must be of the same application, got 'orders' and 'order'"):
        migration(one, set(), other, set())
