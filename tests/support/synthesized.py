"""Applications as synthesized, each once in a test run."""

from __future__ import annotations

import re
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from latitude.stacks import synthesize
from tests.support.applications import APPLICATIONS
from tests.support.template import Template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude import Application

_REFERENCE = re.compile(r"\b(?:data\.)?aws_[a-z0-9_]+\.[A-Za-z_][A-Za-z0-9_-]*")


def synthesized(application: Application) -> dict[str, Template]:
    """Return the application's stacks by name, in the order in which they are applied."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        return {name: Template.read(out, name) for name in synthesize(application, out)}


@cache
def stacks_of(name: str) -> dict[str, Template]:
    """Return the stacks of one of ``APPLICATIONS``."""
    return synthesized(APPLICATIONS[name]())


def every_stack() -> dict[str, Template]:
    """Return every stack of every one of ``APPLICATIONS``, by APPLICATION/STACK."""
    return {f"{name}/{stack}": template for name in APPLICATIONS for stack, template in stacks_of(name).items()}


def references(value: Any) -> Iterator[str]:
    """Yield the addresses that an argument refers to, in templates and in ``depends_on``."""
    if isinstance(value, dict):
        for nested in value.values():
            yield from references(nested)
    elif isinstance(value, list):
        for nested in value:
            yield from references(nested)
    elif isinstance(value, str):
        yield from _REFERENCE.findall(value)
