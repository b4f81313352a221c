"""What Latitude writes, as arguments and references by type: every stack of every test application."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from tests.support.synthesized import every_stack

if TYPE_CHECKING:
    from collections.abc import Iterator

_REFERENCE: Final = re.compile(r"\b((?:data\.)?aws_[a-z0-9_]+)\.[A-Za-z0-9_-]+(?:\[[^\]]*\])?\.([a-z0-9_]+)")
_TERRAFORMS_OWN: Final = {"//", "provider", "depends_on", "lifecycle", "count", "for_each"}

Path = tuple[str, ...]


def emitted() -> dict[str, set[Path]]:
    """Return the arguments that are written, by type: each a path of names through blocks and nested objects."""
    found: dict[str, set[Path]] = {}
    for _, kind, body in _blocks():
        found.setdefault(kind, set()).update(_paths(body))
    return found


def emitted_types() -> set[str]:
    """Return the types, those of data sources with ``data.`` before them."""
    return set(emitted())


def referenced() -> dict[str, set[str]]:
    """Return the attributes that are read, by type."""
    found: dict[str, set[str]] = {}
    for template in every_stack().values():
        for kind, attribute in _REFERENCE.findall(json.dumps(template.document)):
            found.setdefault(kind, set()).add(attribute)
    return found


def _blocks() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for stack, template in every_stack().items():
        for section, before in (("resource", ""), ("data", "data.")):
            for kind, bodies in template.document.get(section, {}).items():
                for body in bodies.values():
                    if kind.startswith("aws_"):
                        yield stack, before + kind, body


def _paths(body: dict[str, Any], before: Path = ()) -> Iterator[Path]:
    for name, value in body.items():
        if not before and name in _TERRAFORMS_OWN:
            continue
        yield (*before, name)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield from _paths(each, (*before, name))
