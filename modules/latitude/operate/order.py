"""The order in which an application's stacks are applied."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from latitude.spec import CloudState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.spec import Application

_DURATION: Final = re.compile(r"([0-9]+(\.[0-9]+)?(ms|s|m|h))+")


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Stacks that may be applied at the same time, once every stage before this one is done."""

    stacks: tuple[str, ...]
    bake: bool = False
    """Whether the stacks' services are watched before the next stage."""


def require_command_line(application: Application) -> None:
    """Refuse to drive from here what a repository drives.

    Raises:
        ValueError: the workspaces in HCP Terraform have a repository, and so refuse saved plans and applies (Terraform,
            cloud backend).

    """
    state = application.state
    if isinstance(state, CloudState) and state.workspaces is not None and state.workspaces.repository is not None:
        raise ValueError(
            "state.workspaces.repository: must be unset for runs from a command line or a pipeline: a workspace with a "
            f"repository takes its runs from there, got {state.workspaces.repository.identifier!r}"
        )


def require_serving(application: Application, regions: Sequence[str]) -> None:
    """Refuse to let regions join that the description does not lead to.

    Raises:
        ValueError: a region is not one of the application's, or drains.

    """
    wrong = [region for region in regions if region not in application.serving_regions]
    if wrong:
        raise ValueError(
            f"--join: must be among the regions that do not drain in the description, "
            f"{', '.join(application.serving_regions)}, got {', '.join(wrong)}"
        )


def stages(application: Application, names: Sequence[str], *, first: str | None = None) -> tuple[Stage, ...]:
    """Return the stages of the synthesized stacks ``names``: what regions share one after another, the cells, routing.

    What joins DNS joins last; a ``Deployment`` lets what leaves it leave before all of these.

    ``NAME-state`` is left to ``latitude bootstrap``, ``NAME-workspaces`` and ``NAME-pipeline`` to whoever may make
    workspaces and roles. With ``first``, a region, its cell goes first and bakes, and the others follow.

    Raises:
        ValueError: ``first`` is not a region of the application, or there are no cells.

    """
    cells = tuple(map(application.stack_names.cell, application.regions))
    cells = tuple(name for name in cells if name in names)
    routing = application.stack_names.routing
    shared = [name for name in names if name not in {*cells, routing, *application.stack_names.apart}]
    before = [Stage(stacks=(name,)) for name in shared]
    after = [Stage(stacks=(routing,))] if routing in names else []
    if first is None:
        return (*before, *([Stage(stacks=cells)] if cells else []), *after)
    if not cells:
        raise ValueError(f"a wave goes from cell to cell, and layout {application.layout!r} makes none here")
    if first not in application.regions:
        raise ValueError(f"first: must be one of {', '.join(application.regions)}, got {first!r}")
    leading = application.stack_names.cell(first)
    others = tuple(name for name in cells if name != leading)
    return (*before, Stage(stacks=(leading,), bake=True), *([Stage(stacks=others)] if others else []), *after)


def narrowed(order: Sequence[Stage], application: Application, only: Sequence[str] | None) -> tuple[Stage, ...]:
    """Return the stages with the stacks that ``only`` names, by their names or by their cell's region; unset: all.

    Raises:
        ValueError: a name is neither a stack that is deployed here nor a region with a cell.

    """
    if only is None:
        return tuple(order)
    stacks = [stack for stage in order for stack in stage.stacks]
    cells = {region: application.stack_names.cell(region) for region in application.regions}
    cells = {region: cell for region, cell in cells.items() if cell in stacks}
    wanted = {cells.get(name, name) for name in only}
    unknown = [name for name in only if name not in {*stacks, *cells}]
    if unknown:
        raise ValueError(f"--only: must be among {', '.join([*stacks, *cells])}, got {', '.join(unknown)}")
    kept = (replace(stage, stacks=tuple(name for name in stage.stacks if name in wanted)) for stage in order)
    return tuple(stage for stage in kept if stage.stacks)


def duration(text: str) -> str:
    """Return a duration as Terraform takes it.

    Raises:
        ValueError: it is not one.

    """
    if _DURATION.fullmatch(text) is None:
        raise ValueError(f"--lock-timeout: must be a number with its unit, such as 90s, 10m or 1h, got {text!r}")
    return text
