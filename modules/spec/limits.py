"""Limits as data: what a field may hold, and who says so.

They stand in a field's annotation, so that one statement serves the check in Python, the reference, the ``validation``
block of an HCL module, and the test that holds it to botocore's service model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError, core_schema

from modules.spec.tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import GetCoreSchemaHandler


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A bound on one value. ``shape`` names botocore's own statement of it: ``service:Operation.Member.Member``."""

    source: str
    shape: str | None = None

    def allows(self, value: Any) -> bool:
        """Say whether the value is within the limit."""
        raise NotImplementedError

    @property
    def allowed(self) -> str:
        """What is allowed, as the end of a sentence that begins with "must be"."""
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Check the value after its type, unless it is a cdktf token."""
        return core_schema.no_info_wrap_validator_function(self._check, handler(source))

    def _check(self, value: Any, inner: core_schema.ValidatorFunctionWrapHandler) -> Any:
        if is_token(value):
            return value
        value = inner(value)
        if is_token(value) or self.allows(value):
            return value
        raise PydanticCustomError("limit", "{text}", {"text": self.refusal(value)})

    def refusal(self, value: Any) -> str:
        """Return the message for a value that is not allowed."""
        return f"must be {self.allowed}, got {value!r} ({self.source})"


@dataclass(frozen=True, kw_only=True)
class Range(Limit):
    """A whole number from ``minimum`` to ``maximum``; ``quota`` where AWS raises the maximum on request."""

    minimum: int
    maximum: int
    quota: bool = False

    def allows(self, value: int) -> bool:
        """Say whether the number is in the range."""
        return self.minimum <= value <= self.maximum

    @property
    def allowed(self) -> str:
        """The range in words."""
        return f"{self.minimum} to {self.maximum}"


@dataclass(frozen=True, kw_only=True)
class Length(Limit):
    """The number of characters of a text, or of entries of a collection."""

    minimum: int
    maximum: int
    unit: str = "characters"

    def allows(self, value: str | tuple[Any, ...] | Mapping[str, Any]) -> bool:
        """Say whether the value is long enough and not too long."""
        return self.minimum <= len(value) <= self.maximum

    @property
    def allowed(self) -> str:
        """The lengths in words."""
        return f"{self.minimum} to {self.maximum} {self.unit}"

    def refusal(self, value: Any) -> str:
        """Return the message, with the length beside the value."""
        return f"must be {self.allowed}, got {len(value)}: {value!r} ({self.source})"


@dataclass(frozen=True, kw_only=True)
class Pattern(Limit):
    """A text that a regular expression matches as a whole; ``words`` says the same to a person."""

    regex: str
    words: str

    def allows(self, value: str) -> bool:
        """Say whether the whole text matches."""
        return re.fullmatch(self.regex, value) is not None

    @property
    def allowed(self) -> str:
        """The pattern in words."""
        return self.words


@dataclass(frozen=True, kw_only=True)
class OneOf(Limit):
    """One of a closed list of values."""

    values: tuple[str | int, ...]

    def allows(self, value: str | int) -> bool:
        """Say whether the value is in the list."""
        return value in self.values

    @property
    def allowed(self) -> str:
        """The list in words."""
        return "one of " + ", ".join(str(value) for value in self.values)
