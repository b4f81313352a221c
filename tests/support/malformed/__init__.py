"""Malformed requests, from a seed: valid ones of operations that Terraform uses, each broken in a place or three."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.support.malformed.breaks import BREAKS
from tests.support.malformed.valid import control, valid

if TYPE_CHECKING:
    from random import Random

    from tests.support.malformed.wire import Sent

_CONTROL_SHARE = 0.08
_HOW_OFTEN = (1, 1, 1, 2, 3)


def malformed(chance: Random, *, host: str) -> Sent:
    """Return a request that is wrong in one to three ways, or, by luck, in none."""
    sent = control(chance, host) if chance.random() < _CONTROL_SHARE else valid(chance, host)
    for _ in range(chance.choice(_HOW_OFTEN)):
        breaks = chance.choice(BREAKS)
        sent = breaks(chance, sent)
        sent = replace(sent, about=f"{sent.about} {breaks.__name__}")
    return sent
