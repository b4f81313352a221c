"""A module as its variables see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.hcl.fields import Field


@dataclass(frozen=True, kw_only=True)
class Module:
    """The variables of a module, in their order."""

    folder: str
    """Where it lies in the emitted tree; empty for the root module."""
    fields: Sequence[Field]
    checked: Sequence[str] | None = None
    """The variables that have validations of their own limits; unset: all have."""

    @property
    def name(self) -> str:
        """What the module is called."""
        return self.folder.rpartition("/")[2] or ROOT

    @property
    def path(self) -> str:
        """What the paths of its files begin with."""
        return f"{self.folder}/" if self.folder else ""


ROOT = "multi-region-service"
"""What the root module is called; a registry calls it by its repository's name."""
