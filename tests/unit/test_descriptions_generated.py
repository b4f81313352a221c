"""Whatever a description says, it is accepted, or refused with its faults; what is accepted can be written.

The examples are the same on every run. Budget: 300 and 20 examples, together less than 25 seconds on two idle cores.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, given, settings

from latitude.spec import Application, InvalidDescriptionError
from latitude.spec.inspection import models
from latitude.stacks import synthesize
from tests.support.generated import CANARY, Draft, built, drafts, right, spoiled

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


def test_generated_descriptions_state_every_field() -> None:
    """No field is left out of the generator: each is drawn in some description."""
    stated: set[str] = set()

    def look(value: object) -> None:
        if isinstance(value, Draft):
            stated.update(f"{value.model.__name__}.{name}" for name in value.values)
        entries = value.values.values() if isinstance(value, Draft) else value
        entries = entries.values() if isinstance(entries, dict) else entries
        for entry in entries if not isinstance(entries, str) and hasattr(entries, "__iter__") else ():
            look(entry)

    @settings(max_examples=150, phases=_PHASES)
    @given(drafts(share=10))
    def draw(draft: Draft) -> None:
        look(draft)

    draw()
    assert {f"{model.__name__}.{name}" for model in models() for name in model.model_fields} - stated == set()
