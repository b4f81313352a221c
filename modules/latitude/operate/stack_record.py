"""The stacks that an application has had, and where their states are: a file beside the output folder, to commit."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from latitude.files import write_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_KINDS: Final = ("backend", "cloud")
Places = dict[str, dict[str, Any]]
"""Where the states of stacks are, by their names: a ``backend`` or a ``cloud`` block, as in the stack's own JSON."""


@dataclass(frozen=True, kw_only=True)
class StackRecord:
    """The record of one application; a stack stays in it until it is known that its state is empty."""

    path: Path

    @classmethod
    def beside(cls, out: Path, application: str) -> StackRecord:
        """Return the record of an application that is written to ``out``."""
        return cls(path=out.resolve().parent / f"{application}.stacks.json")

    def read(self) -> Places:
        """Return what is written down; nothing where there is no record yet.

        Raises:
            ValueError: the file is not what Latitude has written.

        """
        try:
            found = json.loads(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise self._unreadable() from error
        if not isinstance(found, dict) or not all(_is_place(place) for place in found.values()):
            raise self._unreadable()
        return found

    def renew(self, out: Path, names: Iterable[str], *, gone: Iterable[str] = ()) -> Places:
        """Write down the synthesized stacks, and forget those that are ``gone``; return the others that are there.

        Raises:
            UnwritableError: the file cannot be written.
            ValueError: the file that is there is not what Latitude has written.

        """
        before = self.read()
        now = {name: place_of(out / "stacks" / name) for name in names}
        others = {name: place for name, place in before.items() if name not in now}
        after = {name: place for name, place in {**others, **now}.items() if place is not None and name not in gone}
        if after != before:
            write_text(self.path, json.dumps(after, indent=2, sort_keys=True) + "\n")
        return others

    def _unreadable(self) -> ValueError:
        return ValueError(
            f"{self.path} is not the record of stacks that Latitude wrote: restore it from version control, or remove "
            "it; a stack that has left the description is then known by its folder alone"
        )


def place_of(directory: Path) -> dict[str, Any] | None:
    """Return where the stack of a folder keeps its state; ``None`` where that cannot be read."""
    try:
        settings = json.loads((directory / "cdk.tf.json").read_text("utf-8"))["terraform"]
        return next({kind: settings[kind]} for kind in _KINDS if settings.get(kind))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, StopIteration):
        return None


def _is_place(found: object) -> bool:
    return isinstance(found, dict) and len(found) == 1 and next(iter(found)) in _KINDS
