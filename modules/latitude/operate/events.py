"""What Terraform says of itself: a plan's changes, and the events of its ``-json`` output."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TOLD: Final = frozenset({"apply_start", "apply_progress", "apply_complete", "apply_errored", "resource_drift"})


@dataclass(frozen=True, kw_only=True)
class Changes:
    """How many objects Terraform would create, change in place, and destroy; one that is replaced counts twice."""

    add: int = 0
    change: int = 0
    remove: int = 0

    @classmethod
    def of_plan(cls, shown: Mapping[str, Any]) -> Self:
        """Count the changes of ``terraform show -json PLAN``."""
        actions = [change["change"]["actions"] for change in shown.get("resource_changes", [])]
        return cls(
            add=sum("create" in each for each in actions),
            change=sum("update" in each for each in actions),
            remove=sum("delete" in each for each in actions),
        )

    def __str__(self) -> str:
        return f"{self.add} to add, {self.change} to change, {self.remove} to destroy"


@dataclass(frozen=True, kw_only=True)
class Diagnostic:
    """An error that Terraform names."""

    summary: str
    detail: str
    address: str | None

    def __str__(self) -> str:
        where = "" if self.address is None else f"{self.address}: "
        return f"{where}{self.summary}" + (f"\n{self.detail}" if self.detail else "")


def event(line: str) -> dict[str, Any]:
    """Return the event that a line is; an empty one for what is no JSON, such as a plugin's last words."""
    with suppress(ValueError):
        found = json.loads(line)
        if isinstance(found, dict):
            return found
    return {}


def errors(lines: Iterable[str]) -> list[Diagnostic]:
    """Return the errors among Terraform's events."""
    found = (event(line).get("diagnostic", {}) for line in lines)
    return [
        Diagnostic(summary=each["summary"], detail=each.get("detail", ""), address=each.get("address"))
        for each in found
        if each.get("severity") == "error"
    ]


def progress(line: str) -> str | None:
    """Return the message of an event that says how far an apply is."""
    found = event(line)
    return str(found["@message"]) if found.get("type") in _TOLD else None
