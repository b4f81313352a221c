"""The application that the test of changes goes through states every optional field."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from latitude.spec.inspection import models
from tests.support.traces import FIXED, STEPS, full, parts, stated

if TYPE_CHECKING:
    from latitude.spec.base import Part


def _stated_otherwise(part: Part, found: dict[str, set[str]]) -> None:
    for name, value in stated(part):
        if value != type(part).model_fields[name].get_default(call_default_factory=True):
            found[type(part).__name__].add(name)
        for _, below in parts(value):
            _stated_otherwise(below, found)


def test_changes_go_through_every_optional_field() -> None:
    """A field that is new is stated there too, with another value than its default; or it has a reason not to be."""
    found: dict[str, set[str]] = defaultdict(set)
    _stated_otherwise(full("trace"), found)
    missing = {
        (model.__name__, name)
        for model in models()
        if model.__name__ in found
        for name, field in model.model_fields.items()
        if not field.is_required() and name not in found[model.__name__]
    }
    assert missing - set(FIXED) == set()


def test_each_step_is_a_description_of_its_own() -> None:
    """All, none and the halves differ, and are accepted."""
    steps = {name: step(full("trace")) for name, step in STEPS.items()}
    assert len(set(map(str, steps.values()))) == len(steps)
