"""Whatever a description says, it is accepted, or refused with its faults; what is accepted can be written.

The examples are the same on every run. Budget: 300 and 20 examples, together less than 25 seconds on two idle cores.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from latitude.spec import Application, InvalidDescriptionError
from latitude.spec.inspection import models
from latitude.stacks import synthesize
from tests.support.generated import CANARY, Draft, built, parts, right, spoiled

if TYPE_CHECKING:
    from latitude.spec.base import Part

# What fails is reported as it was drawn: a smaller example would take minutes.
_PHASES = (Phase.explicit, Phase.generate)


@settings(max_examples=300, phases=_PHASES)
@given(spoiled())
def test_no_description_ends_in_a_traceback(draft: Draft) -> None:
    """A wrong value of any type anywhere is a fault with a path, or nothing that matters; it is never a traceback."""
    with suppress(InvalidDescriptionError):
        built(draft)


@settings(max_examples=20, phases=_PHASES)
@given(right())
def test_every_accepted_description_is_written_with_literal_texts(application: Application) -> None:
    """Each stack is JSON, and no text of the description begins a template of Terraform's in it."""
    with TemporaryDirectory() as folder:
        stacks = synthesize(application, Path(folder))
        texts = [(Path(folder) / "stacks" / stack / "cdk.tf.json").read_text("utf-8") for stack in stacks]
    for text in texts:
        json.loads(text)
        for found in re.finditer(rf"(.?.?)([$%])\{{{CANARY}", text):
            assert found[1].endswith(found[2]), text[max(0, found.start() - 60) : found.end() + 20]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_generated_descriptions_state_every_field(model: type[Part]) -> None:
    """No field is left out of the generator: each of a class is drawn in some of its parts."""
    stated: set[str] = set()

    @settings(max_examples=40, phases=_PHASES, suppress_health_check=[HealthCheck.too_slow])
    @given(parts(model))
    def draw(draft: Draft) -> None:
        stated.update(draft.values)

    draw()
    assert set(model.model_fields) - stated == set()
