"""What AWS's service models, as botocore has them, say of an operation's input."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import botocore.session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from botocore.model import ServiceModel, Shape


@cache
def service_model(name: str) -> ServiceModel:
    """Return botocore's model of a service."""
    return botocore.session.get_session().get_service_model(name)


def shape_of(path: str) -> Shape:
    """Return the shape that a ``Limit.shape`` names."""
    service, _, members = path.partition(":")
    operation, *steps = re.findall(r"\w+|\[\]|\{key\}|\{value\}", members)
    shape: Any = service_model(service).operation_model(operation).input_shape
    for step in steps:
        if step == "[]":
            shape = shape.member
        elif step in {"{key}", "{value}"}:
            shape = getattr(shape, step.strip("{}"))
        else:
            shape = shape.members[step]
    found: Shape = shape
    return found


def alternatives(shape: Any) -> Iterator[str]:
    """Yield every word that the pattern of App Runner's Cpu or Memory allows."""
    numbers, _, words = str(shape.metadata["pattern"]).partition("|(")
    yield from numbers.split("|")
    inner, _, unit = words.partition(")")
    yield from (f"{number}{unit}" for number in inner.split("|"))
