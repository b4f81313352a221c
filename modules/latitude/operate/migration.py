"""Which address of one layout is which of the other, and the shell script that moves state between them."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from latitude.operate.binary import DEFAULT_WORKSPACE, IN_SCRIPTS
from latitude.spec.addresses import beginning
from latitude.spec.regions import identifier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from latitude.spec import Application

_LATENCY: Final = "_domain_latency_"
"""What is in the address of a latency record, of which there is none while its region drains."""
Place = tuple[str, str]
"""A stack and an address in it."""


@dataclass(frozen=True, kw_only=True)
class Migration:
    """Where each resource goes, and those that have no place in the new layout."""

    moves: Mapping[Place, Place]
    left: Sequence[Place]


def addresses(folder: Path) -> set[Place]:
    """Return every resource of the synthesized stacks in ``folder``."""
    return {
        (stack.parent.name, f"{kind}.{name}")
        for stack in folder.glob("stacks/*/cdk.tf.json")
        for kind, found in json.loads(stack.read_text("utf-8")).get("resource", {}).items()
        for name in found
    }


def migration(old: Application, old_places: set[Place], new: Application, new_places: set[Place]) -> Migration:
    """Pair the resources of two descriptions of the same application.

    Raises:
        ValueError: the descriptions are of different applications.

    """
    if old.name != new.name:
        raise ValueError(f"the descriptions must be of the same application, got {old.name!r} and {new.name!r}")
    if old.layout == new.layout:
        pairs = {place: place for place in old_places}
    elif old.layout == "cells":
        pairs = {place: _in_single(old, place, new_places) for place in old_places}
    else:
        pairs = {_in_single(new, place, old_places): place for place in new_places}
    moves = {place: pairs[place] for place in sorted(old_places) if place in pairs and pairs[place] in new_places}
    return Migration(moves=moves, left=sorted(old_places - set(moves)))


def _in_single(application: Application, place: Place, single: set[Place]) -> Place:
    """Return where a resource of layout cells is in layout single: a cell's service has its region behind its name."""
    stack, address = place
    if stack in application.stack_names.apart:
        return place
    regions = {application.stack_names.cell(region): identifier(region) for region in application.regions}
    if stack in regions:
        kind, _, name = address.partition(".")
        for service in sorted((beginning(each.name) for each in application.services), key=len, reverse=True):
            moved = (application.stack_names.single, f"{kind}.{service}_{regions[stack]}{name.removeprefix(service)}")
            if name.startswith(service) and moved in single:
                return moved
    return (application.stack_names.single, address)


def script(found: Migration, *, old: Path, new: Path) -> str:
    """Return a bash script that pulls the states, moves what is in them, and pushes them to where they go.

    It works on copies in ``states`` until the push, keeps what was there in ``states/before``, and plans at the end.
    """
    sources = sorted({stack for stack, _ in found.moves})
    targets = sorted({stack for stack, _ in found.moves.values()})
    lines = [
        "#!/usr/bin/env bash",
        "# Moves Terraform's state. Nothing in AWS changes; the plans at the end must destroy nothing.",
        "set -euo pipefail",
        IN_SCRIPTS,
        DEFAULT_WORKSPACE,
        "test ! -e states || { echo 'states is there already: move it away first'; exit 1; }",
        "mkdir -p states/before states/old states/new",
    ]
    for stack in sources:
        lines += [
            *_init(old, stack),
            f"terraform -chdir={_folder(old, stack)} state pull > states/before/{stack}.tfstate",
            f"cp states/before/{stack}.tfstate states/old/{stack}.tfstate",
        ]
    same = all(before == after for before, after in found.moves.items())
    lines += [line for stack in targets for line in _init(new, stack)]
    if same:
        lines += [f"cp states/old/{stack}.tfstate states/new/{stack}.tfstate" for stack in sources]
    else:
        # A state that was emptied by an earlier move has a lineage, which a push must keep. One that never was is an
        # empty file, or in HCP Terraform a state without a lineage, which must not become the new state's.
        for stack in targets:
            lines += [
                f"terraform -chdir={_folder(new, stack)} state pull > states/new/{stack}.tfstate",
                f'grep -q \'"lineage": "[^"]\' states/new/{stack}.tfstate || rm states/new/{stack}.tfstate',
            ]
        lines += [_move(before, after) for before, after in found.moves.items()]
    lines += [
        f'terraform -chdir={_folder(new, stack)} state push "$PWD/states/new/{stack}.tfstate"' for stack in targets
    ]
    if not same:
        lines += ["# The old states no longer have what moved, so that nobody destroys it from there."]
        lines += [
            f'terraform -chdir={_folder(old, stack)} state push "$PWD/states/old/{stack}.tfstate"' for stack in sources
        ]
    lines += [f"terraform -chdir={_folder(new, stack)} plan -input=false" for stack in targets]
    lines += [f"# No place in the new description: {stack} {address}" for stack, address in found.left]
    return "\n".join([*lines, ""])


def _move(before: Place, after: Place) -> str:
    """Return the line that moves a resource; one of which a region that drains has none is moved if it is there."""
    (stack, address), (to, renamed) = before, after
    old = f"states/old/{stack}.tfstate"
    line = (
        f"terraform state mv -backup=- -state={old} -state-out=states/new/{to}.tfstate "
        f"{shlex.quote(address)} {shlex.quote(renamed)}"
    )
    if _LATENCY not in address:
        return line
    return f'if [ -n "$(terraform state list -state={old} {shlex.quote(address)} 2> /dev/null)" ]; then {line}; fi'


def _init(out: Path, stack: str) -> list[str]:
    """Return the lines that connect a folder to its state, whatever it was connected to before."""
    folder = _folder(out, stack)
    # What `init -reconfigure` does, which Terraform refuses for HCP Terraform.
    return [f"rm -f {folder}/.terraform/terraform.tfstate", f"terraform -chdir={folder} init -input=false"]


def _folder(out: Path, stack: str) -> str:
    return shlex.quote(str(out / "stacks" / stack))
