"""Keys of mappings as Terraform reads them: two that Unicode normalizes to the same text are one."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from latitude.spec.base import Part, fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.faults import Fault


def key_faults(part: Part) -> Iterator[Fault]:
    """Yield a fault for each key of a mapping, anywhere in a part, that is another key to Python and not to Terraform.

    Terraform normalizes every text to Unicode's form NFC (its language documentation, strings).
    """
    for name in type(part).model_fields:
        yield from (found.below(name) for found in _within(part.__dict__.get(name)))


def _within(value: Any) -> Iterator[Fault]:
    if isinstance(value, Part):
        yield from key_faults(value)
    elif isinstance(value, tuple):
        for position, entry in enumerate(value):
            yield from (found.below(position) for found in _within(entry))
    elif isinstance(value, dict):
        first: dict[str, str] = {}
        for key, entry in value.items():
            other = first.setdefault(unicodedata.normalize("NFC", key), key)
            if other != key:
                yield fault(
                    key,
                    message=f"must differ in more than how Unicode writes it, got {key!a} and {other!a} "
                    "(Terraform normalizes texts to NFC)",
                )
            yield from (found.below(key) for found in _within(entry))
