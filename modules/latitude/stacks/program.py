"""From a checked description to Terraform JSON: which stacks there are, and in which order they go."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from latitude.bindings import cdktf, garbage
from latitude.files import locked, make_folder, write_all, writing
from latitude.spec import CloudState, S3State
from latitude.stacks.cell import Cell
from latitude.stacks.data import DataStack
from latitude.stacks.locks import copy_locks
from latitude.stacks.pipeline import PipelineStack
from latitude.stacks.registry import RegistryStack
from latitude.stacks.routing import RoutingStack
from latitude.stacks.single import SingleStack
from latitude.stacks.state import StateStack
from latitude.stacks.workspaces import WorkspacesStack
from latitude.stacks.zone import ZoneStack

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from latitude.spec import Application
    from latitude.stacks.stack import LatitudeStack

_NODE_REFUSED: Final = re.compile(r"\b(ENOSPC|EDQUOT|EROFS|EACCES|EFBIG): ([^,\n]+)")


def add_stacks(app: cdktf.App, application: Application, *, program: Sequence[Application] = ()) -> list[LatitudeStack]:
    """Add the application's stacks to a cdktf app, in the order in which they are applied.

    ``program`` has all the applications that the program states, this one too.
    """
    stacks = _layout(app, application, program=program)
    return [*_state(app, application, stacks), *_pipeline(app, application, stacks), *stacks]


def _state(app: cdktf.App, application: Application, stacks: list[LatitudeStack]) -> list[LatitudeStack]:
    """Make what the state of the other stacks is kept in, where the application says that Latitude does."""
    names, state = application.stack_names, application.state
    if isinstance(state, S3State) and state.create is not None:
        return [StateStack(app, names.state, application=application, state=state, spec=state.create)]
    if isinstance(state, CloudState) and state.workspaces is not None:
        sources = {stack.node.id: [source.node.id for source in stack.dependencies] for stack in stacks}
        return [
            WorkspacesStack(
                app,
                names.workspaces,
                application=application,
                state=state,
                spec=state.workspaces,
                stacks=sources,
            )
        ]
    return []


def _pipeline(app: cdktf.App, application: Application, stacks: list[LatitudeStack]) -> list[LatitudeStack]:
    if application.pipeline is None:
        return []
    name = application.stack_names.pipeline
    return [PipelineStack(app, name, application=application, spec=application.pipeline, stacks=stacks)]


def _layout(app: cdktf.App, application: Application, *, program: Sequence[Application]) -> list[LatitudeStack]:
    names = application.stack_names
    if application.layout == "single":
        return [SingleStack(app, names.single, application=application, program=program)]
    before: list[LatitudeStack] = []
    if any(zone.create for zone in application.hosted_zones):
        before.append(ZoneStack(app, names.zone, application=application))
    if application.pulling_services:
        before.append(RegistryStack(app, names.registry, application=application, program=program))
    if application.tables:
        before.append(DataStack(app, names.data, application=application))
    cells = [
        Cell(app, names.cell(region), application=application, region=region)
        for region in application.regions
        if application.services
    ]
    for cell in cells:
        for stack in before:
            # The order for `cdktf deploy`; nothing is read across.
            cell.add_dependency(stack)
    after: list[LatitudeStack] = []
    if application.routes:
        after.append(RoutingStack(app, names.routing, application=application))
        for cell in cells:
            after[0].add_dependency(cell)
    return [*before, *cells, *after]


def write(applications: Sequence[Application], outdir: Path | None, *, only: Application | None = None) -> list[str]:
    """Write the stacks' Terraform JSON; return their names in the order in which they are applied.

    With ``only``, those of one of the applications. Every file is written whole, or all of them stay as they were.

    Raises:
        UnwritableError: the folder, or a file in it, cannot be written.
        FolderInUseError: another run of Latitude works in the folder.

    """
    # As cdktf has it, whose command line sets the variable.
    folder = Path(os.environ.get("CDKTF_OUTDIR", "cdktf.out")) if outdir is None else outdir
    with locked(folder, "synth"), tempfile.TemporaryDirectory(prefix="latitude-") as made:
        with writing(Path(made)), _of_node(made), garbage.left_alone():
            app = cdktf.App(outdir=made)
            wanted = applications if only is None else [only]
            stacks = [stack for application in wanted for stack in add_stacks(app, application, program=applications)]
            app.synth()
        names = [stack.node.id for stack in stacks]
        _bring(Path(made), folder)
        copy_locks(folder, names)
    return names


def _bring(made: Path, folder: Path) -> None:
    """Write what cdktf wrote to where it is wanted."""
    files = {path.relative_to(made): path.read_bytes() for path in sorted(made.rglob("*")) if path.is_file()}
    for place in sorted({(folder / name).parent for name in files}):
        make_folder(place)
    write_all({folder / name: content for name, content in files.items()})


@contextmanager
def _of_node(folder: str) -> Iterator[None]:
    """Say of a file that Node could not write what Python says of its own."""
    try:
        yield
    except RuntimeError as error:
        code = _NODE_REFUSED.search(str(error))
        if code is None:
            raise
        raise OSError(getattr(errno, code[1]), code[2], folder) from error
