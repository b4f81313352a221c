"""Which branches of the modules a plan takes: modules with an output more, and what a plan tells in it."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from latitude.hcl.tree import renew
from latitude.spec.regions import identifier
from tests.support.hcl import modules_for
from tests.support.parity.conditions import Condition, conditions, telling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_FILE: Final = re.compile(r"(?:modules/(?P<part>[\w-]+)/)?\w+\.tf")
_DECIDE_NOTHING: Final = ("variables.tf", "limits.tf")
_NOT_CALLED: Final = "image-replication"
"""The module that the root module does not call; its own tests plan it."""
_UNKNOWN: Final = "association.tf"
"""What App Runner answers is known after the apply alone."""


def by_module(regions: Sequence[str]) -> dict[str, list[Condition]]:
    """Return the conditions of each module, in the order of their numbers."""
    found: dict[str, list[Condition]] = defaultdict(list)
    for path, text in modules_for(tuple(regions)).items():
        match = _FILE.fullmatch(path)
        if match is None or path.endswith((*_DECIDE_NOTHING, _UNKNOWN)) or match["part"] == _NOT_CALLED:
            continue
        found[match["part"] or ""] += conditions(path, text, regions)
    return found


def named(regions: Sequence[str]) -> set[str]:
    """Return the names of all branches."""
    found = (each.name for stated in by_module(regions).values() for each in stated)
    return {f"{name}: {way}" for name in found for way in ("yes", "no")}


def write_telling_modules(regions: Sequence[str], folder: Path) -> None:
    """Write the modules, with an output each in which they tell how their conditions were decided."""
    renew(modules_for(tuple(regions)), folder)
    for part, stated in by_module(regions).items():
        below = [] if part else _calls(regions)
        path = folder / "modules" / part if part else folder
        (path / "branches.tf").write_text(telling(part, stated, below), encoding="utf-8")


def told(plan: Mapping[str, Any], regions: Sequence[str]) -> set[str]:
    """Return the names of the branches that a plan took, as far as it knew them."""
    stated = by_module(regions)
    found = set()
    for part, number, value in _values(plan["output_changes"]["branches"]["after"]):
        found.add(f"{stated[part][number].name}: {'yes' if value else 'no'}")
    return found


def _calls(regions: Sequence[str]) -> list[str]:
    """Return what the root module calls, as code for the list of their outputs."""
    services = [f"{kind}_{identifier(region)}" for kind in ("service", "routing") for region in regions]
    return ["[module.registry.branches]", *(f"values(module.{name})[*].branches" for name in ("table", *services))]


def _values(output: Mapping[str, Any]) -> Iterator[tuple[str, int, bool]]:
    for number, values in (output.get("values") or {}).items():
        for value in values or ():
            if value is not None:
                yield output["module"], int(number), value
    for called in output.get("below") or ():
        yield from _values(called or {})
