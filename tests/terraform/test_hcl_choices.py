"""The merged tree of every module says what the constructs make, for every pair of choices.

Nothing here runs Terraform, but it takes ten seconds, so that these are no unit tests.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest

from latitude.hcl.blueprint import Blueprint, run, runs
from latitude.hcl.choices import Choice, Taken, negated, pairs
from latitude.hcl.global_table import global_table, provisioned_table
from latitude.hcl.latency_routing import latency_routing
from latitude.hcl.merge import ABSENT, Given, If, Lookup, merged
from latitude.hcl.regional_service import regional_service
from latitude.hcl.registry import registry

if TYPE_CHECKING:
    from collections.abc import Sequence

_REGIONS = ("us-east-1", "us-west-2")
_MODULES = {
    "registry": lambda: registry(_REGIONS),
    "global-table": lambda: global_table(_REGIONS),
    "provisioned-table": lambda: provisioned_table(_REGIONS),
    "latency-routing": latency_routing,
    "regional-service": regional_service,
}
# There are 830 pairs for regional-service, half a minute's work: every seventh is taken.
_EVERY = {"regional-service": 7}


@pytest.mark.parametrize("name", _MODULES)
def test_merged_tree_gives_what_the_constructs_make_for_each_pair_of_choices(name: str) -> None:
    """Deciding every condition of the one tree by the ways taken gives that run's own tree."""
    blueprint: Blueprint = _MODULES[name]()
    tree = merged(runs(blueprint), blueprint.choices)
    for taken in islice(pairs(blueprint.choices), 0, None, _EVERY.get(name, 1)):
        if taken.get("secret_keys") == "yes" and taken["parameters"] == taken["secrets"] == "no":
            continue  # keys of no secret
        assert _taken(tree, taken, blueprint.choices) == run(blueprint, taken).made, taken


def _taken(value: Any, taken: Taken, choices: Sequence[Choice]) -> Any:
    """Return the tree with every condition decided."""
    if isinstance(value, If):
        return _taken(value.then if _holds(value.condition, taken, choices) else value.otherwise, taken, choices)
    if isinstance(value, Given):
        return _taken(value.value, taken, choices) if _holds(value.condition, taken, choices) else ABSENT
    if isinstance(value, Lookup):
        choice = next(choice for choice in choices if choice.table == value.table)
        return _taken(value.values[taken[choice.name]], taken, choices)
    if isinstance(value, dict):
        found = {name: _taken(entry, taken, choices) for name, entry in value.items()}
        return {name: entry for name, entry in found.items() if entry is not ABSENT}
    if isinstance(value, list):
        return [entry for entry in (_taken(entry, taken, choices) for entry in value) if entry is not ABSENT]
    return value


def _holds(condition: str, taken: Taken, choices: Sequence[Choice]) -> bool:
    """Decide a condition: each way's own is true where the way was taken."""
    facts: dict[str, bool] = {}
    for choice in (choice for choice in choices if choice.subject is None):
        for way, code in choice.ways.items():
            facts[negated(code)] = taken[choice.name] != way
        for way, code in choice.ways.items():
            facts[code] = taken[choice.name] == way
    code = condition
    for known in sorted(facts, key=len, reverse=True):
        code = code.replace(known, str(facts[known]))
    return bool(eval(code.replace("&&", "and").replace("||", "or").replace("!", "not ")))  # noqa: S307  # True and False
