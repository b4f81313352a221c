"""The applications that tests use leave no field of the description out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from latitude import spec
from tests.support.applications import APPLICATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator


def _parts(value: Any) -> Iterator[BaseModel]:
    if isinstance(value, BaseModel):
        yield value
        for name in value.model_fields_set:
            yield from _parts(getattr(value, name))
    elif isinstance(value, dict):
        yield from _parts(tuple(value.values()))
    elif isinstance(value, tuple):
        for nested in value:
            yield from _parts(nested)


def test_every_field_of_every_class_is_stated_somewhere() -> None:
    """Each field of each class that a user can import is set in at least one of the applications."""
    stated = {
        (type(part).__name__, field)
        for application in APPLICATIONS.values()
        for part in _parts(application())
        for field in part.model_fields_set
    }
    wanted = {(name, field) for name in spec.__all__ for field in getattr(getattr(spec, name), "model_fields", {})}
    assert wanted - stated == set()
