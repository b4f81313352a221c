"""The order in which stacks are applied."""

from __future__ import annotations

import pytest

from latitude.operate.order import Stage, require_command_line, stages
from latitude.spec import Application, CloudState, WorkspaceRepository, Workspaces

APPLICATION = Application(name="orders", regions=("us-east-1", "us-west-2", "eu-west-1"))
CELLS = ("orders-us-east-1", "orders-us-west-2", "orders-eu-west-1")
NAMES = ["orders-state", "orders-registry", "orders-data", *CELLS]


def test_stages_without_wave_end_with_all_cells_at_once() -> None:
    """What regions share goes one after another, the state's stack is left out, and the cells go together."""
    assert stages(APPLICATION, NAMES) == (
        Stage(stacks=("orders-registry",)),
        Stage(stacks=("orders-data",)),
        Stage(stacks=CELLS),
    )


def test_stages_of_a_wave_bake_the_first_cell() -> None:
    """A wave's first cell has a stage of its own, which bakes; the others keep their order."""
    *_, first, others = stages(APPLICATION, NAMES, first="us-west-2")
    assert first == Stage(stacks=("orders-us-west-2",), bake=True)
    assert others == Stage(stacks=("orders-us-east-1", "orders-eu-west-1"))


def test_stages_lead_users_to_the_cells_last() -> None:
    """What joins DNS joins when all cells are done, with a wave and without."""
    names = [*NAMES, "orders-routing"]
    assert stages(APPLICATION, names)[-2:] == (Stage(stacks=CELLS), Stage(stacks=("orders-routing",)))
    assert stages(APPLICATION, names, first="us-west-2")[-1] == Stage(stacks=("orders-routing",))


def test_stages_refuse_a_region_that_is_not_the_applications() -> None:
    """A wave cannot begin elsewhere."""
    with pytest.raises(ValueError, match=r"first: must be one of us-east-1, .*, got 'eu-west-2'"):
        stages(APPLICATION, NAMES, first="eu-west-2")


def test_stages_refuse_a_wave_without_cells() -> None:
    """Layout single has nothing to go from one to another."""
    single = APPLICATION.model_copy(update={"layout": "single"})
    with pytest.raises(ValueError, match="layout 'single' makes none"):
        stages(single, ["orders"], first="us-east-1")


def test_workspaces_with_a_repository_are_not_driven_from_here() -> None:
    """HCP Terraform refuses saved plans and applies there: the command says so before it begins."""
    repository = WorkspaceRepository(identifier="acme/site", oauth_token_id="ot-a1")  # noqa: S106  an ID
    driven = CloudState(organization="acme", workspaces=Workspaces(repository=repository))
    with pytest.raises(ValueError, match=r"^state\.workspaces\.repository: must be unset .*, got 'acme/site'$"):
        require_command_line(APPLICATION.model_copy(update={"state": driven}))
    for state in (CloudState(organization="acme"), CloudState(organization="acme", workspaces=Workspaces())):
        require_command_line(APPLICATION.model_copy(update={"state": state}))
