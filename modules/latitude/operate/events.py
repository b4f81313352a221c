"""What Terraform says of itself: a plan's changes, and the events of its ``-json`` output."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, Self

from latitude.operate.routes import Routes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_TOLD: Final = frozenset({"apply_start", "apply_progress", "apply_complete", "apply_errored", "resource_drift"})
_NAMES: Final = (
    "name",
    "service_name",
    "vpc_connector_name",
    "auto_scaling_configuration_name",
    "connection_name",
    "domain_name",
    "bucket",
    "table_name",
    "repository",
    "fqdn",
    "arn",
    "id",
)
"""Where an object's state has its name, the most telling first."""
_DOMAIN: Final = "_domain"
"""What the name of a domain's ``check`` block ends in."""


@dataclass(frozen=True, kw_only=True)
class Loss:
    """An object that a plan destroys, replaces, imports or forgets; ``name`` is AWS's, where it is known."""

    kind: Literal["destroys", "replaces", "imports", "forgets"]
    address: str
    name: str | None = None

    def __str__(self) -> str:
        return f"{self.kind} {self.address}" + ("" if self.name is None else f" ({self.name})")


@dataclass(frozen=True, kw_only=True)
class Changes:
    """How many objects Terraform would create, change in place, and destroy; one that is replaced counts twice.

    ``named`` are those that nobody should lose, or take over, without having read their names.
    """

    add: int = 0
    change: int = 0
    remove: int = 0
    named: tuple[Loss, ...] = ()
    routes: Routes = field(default_factory=Routes)
    waits: tuple[str, ...] = ()
    """What AWS has yet to do before a domain is live, in the words of the stack's ``check`` blocks."""

    @classmethod
    def of_plan(cls, shown: Mapping[str, Any]) -> Self:
        """Count the changes of ``terraform show -json PLAN``."""
        changes = shown.get("resource_changes", [])
        actions = [change["change"]["actions"] for change in changes]
        return cls(
            add=sum("create" in each for each in actions),
            change=sum("update" in each for each in actions),
            remove=sum("delete" in each for each in actions),
            named=tuple(loss for change in changes if (loss := _loss(change)) is not None),
            routes=Routes.of_plan(shown),
            waits=tuple(_waits(shown)),
        )

    def __str__(self) -> str:
        return f"{self.add} to add, {self.change} to change, {self.remove} to destroy"


def _waits(shown: Mapping[str, Any]) -> Iterator[str]:
    """Yield why each domain is not live: its ``check`` fails, or cannot be told before the apply."""
    for check in shown.get("checks", []):
        address = check["address"]
        if address["kind"] != "check" or not address["name"].endswith(_DOMAIN) or check["status"] == "pass":
            continue
        problems = [problem for each in check.get("instances", []) for problem in each.get("problems", [])]
        yield "; ".join(problem["message"] for problem in problems) or f"{address['name']}: known after the apply"


def _loss(planned: Mapping[str, Any]) -> Loss | None:
    """Return what a change of a plan takes from its owner, or takes over."""
    change = planned["change"]
    kind: Literal["destroys", "replaces", "imports", "forgets"]
    if "delete" in change["actions"]:
        kind = "replaces" if "create" in change["actions"] else "destroys"
    elif change.get("importing") is not None:
        kind = "imports"
    elif "forget" in change["actions"]:
        kind = "forgets"
    else:
        return None
    before = change.get("before") or {}
    imported = (change.get("importing") or {}).get("id")
    found = next((before[key] for key in _NAMES if isinstance(before.get(key), str) and before[key]), imported)
    return Loss(kind=kind, address=planned.get("address", "?"), name=found)


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
