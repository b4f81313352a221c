"""Stacks that have left the description, and still have something in their states."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from latitude.operate.heartbeat import Heartbeat
from latitude.operate.stack_record import StackRecord, place_of
from latitude.operate.terraform import Terraform
from latitude.operate.words import terraform_line
from latitude.spec.stack_names import StackNames, stack_of_state_file, state_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

_EMPTY: Final = "No state file was found"


@dataclass(frozen=True, kw_only=True)
class Departed:
    """A stack that the description does not have any more, and what is known of its state."""

    stack: str
    objects: int | None
    """How many objects its state has; ``None`` if the state could not be read."""
    remedy: str

    def __str__(self) -> str:
        held = "a state that could not be read" if self.objects is None else f"{self.objects} objects in its state"
        return f"{self.stack} is no longer in the description, and has {held}: {self.remedy}"


@dataclass(frozen=True, kw_only=True)
class Departures:
    """Finds the stacks that have left: by the record, by their folders in ``folder``, and by state files beside it all.

    A state is read through Terraform, in a folder that has nothing but the stack's backend: it needs no providers, and
    the stack's own folder need not be there, or initialized. ``tell`` hears what is being looked for, and for how long.
    """

    folder: Path
    application: str
    environment: Mapping[str, str]
    tell: Callable[[str, str], None]
    others: Collection[str] = ()
    """The other applications of the program, by their names: what is theirs has not left."""
    heartbeat_seconds: float = 5.0

    def look(self, names: Collection[str]) -> list[Departed]:
        """Return the stacks that are not among ``names``, and whose states are not known to be empty.

        The record has ``names`` afterwards, and what was found; those whose states are empty have left it for good.

        Raises:
            UnwritableError: the record cannot be written.
            ValueError: the record is not what Latitude has written.

        """
        places = {stack: place for stack, place in self._places().items() if stack not in names}
        found: list[Departed] = []
        doing = "looking whether it, which has left the description, has left anything behind"
        with Heartbeat(doing=doing, seconds=self.heartbeat_seconds, tell=self.tell) as heartbeat:
            for stack, place in sorted(places.items()):
                objects = heartbeat.during(stack, partial(self._objects, place=place))
                if objects != 0:
                    found.append(Departed(stack=stack, objects=objects, remedy=self._remedy(stack, place)))
        self.record.renew(self.folder.parent, names, gone=places.keys() - {each.stack for each in found})
        return found

    @property
    def record(self) -> StackRecord:
        """The application's record."""
        return StackRecord.beside(self.folder.parent, self.application)

    def _places(self) -> dict[str, dict[str, Any] | None]:
        """Return the stacks that there are or have been, and where their states are; the surest source counts."""
        files = {
            stack_of_state_file(path.name): {"backend": {"local": {"path": str(path)}}}
            for path in self.folder.resolve().parents[1].glob(state_file(f"{self.application}*"))
        }
        own = StackNames(self.application)
        folders = {path.parent.name: place_of(path.parent) for path in self.folder.glob("*/cdk.tf.json")}
        recorded = self.record.read()
        found = {
            **{name: place for name, place in files.items() if own.has(name)},
            **recorded,
            **folders,
        }
        return {name: place for name, place in found.items() if name in recorded or not self._is_anothers(name)}

    def _is_anothers(self, stack: str) -> bool:
        return any(StackNames(other).could_have(stack) for other in self.others)

    def _objects(self, stack: str, place: Mapping[str, Any] | None) -> int | None:
        directory = self.folder / stack
        if place is None:
            return None
        if "cloud" in place:
            # HCP Terraform makes a workspace that is asked for, and is not there.
            return self._listed(directory) if (directory / ".terraform").is_dir() else None
        with tempfile.TemporaryDirectory(prefix="latitude-") as made:
            settings = {"terraform": {"backend": _absolute(place["backend"], directory)}}
            (Path(made) / "backend.tf.json").write_text(json.dumps(settings), encoding="utf-8")
            ended = self._terraform(Path(made)).run("init", "-no-color", allowed=None)
            return self._listed(Path(made)) if ended.returncode == 0 else None

    def _listed(self, directory: Path) -> int | None:
        ended = self._terraform(directory).run("state", "list", allowed=None)
        if ended.returncode == 0:
            return len([line for line in ended.stdout.splitlines() if not line.startswith("data.")])
        return 0 if _EMPTY in ended.stderr else None

    def _terraform(self, directory: Path) -> Terraform:
        return Terraform(directory=directory, environment=self.environment)

    def _remedy(self, stack: str, place: Mapping[str, Any] | None) -> str:
        directory = self.folder / stack
        if (directory / "cdk.tf.json").is_file() and place is not None:
            init = terraform_line(directory, "init")
            return f"`{init} && {terraform_line(directory, 'destroy')}` removes what is there."
        where = "" if place is None else f" Its state is in {_words(place)}."
        return (
            f"put it back into the description, and destroy it from its folder before it leaves.{where} Where you know "
            f"that nothing is left, remove it from {self.record.path.name}."
        )


def _absolute(backend: Mapping[str, Any], directory: Path) -> Mapping[str, Any]:
    """Return a backend as it is meant from a stack's folder, for use elsewhere."""
    local = backend.get("local")
    if local is None:
        return backend
    return {"local": {**local, "path": str(directory.resolve() / local.get("path", "terraform.tfstate"))}}


def _words(place: Mapping[str, Any]) -> str:
    """Return where a state is kept, in words."""
    if "cloud" in place:
        cloud = place["cloud"]
        return f"the workspace {cloud['workspaces']['name']} of {cloud['organization']} in HCP Terraform"
    ((kind, settings),) = place["backend"].items()
    words = {"s3": "s3://{bucket}/{key}", "local": "{path}"}
    return words.get(kind, "its backend").format(**settings)
