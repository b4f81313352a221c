"""Limits as data: what a field may hold, and who says so.

They stand in a field's annotation, so that one statement serves the check in Python, the reference, the ``validation``
block of an HCL module, and the test that holds it to botocore's service model.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError, core_schema

from latitude.spec.faults import shown
from latitude.spec.tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import GetCoreSchemaHandler


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A bound on one value. ``shape`` names botocore's own statement of it, where it has one.

    A shape is written ``service:Operation.Member.Member``; ``[]`` stands for an entry of a list, ``{key}`` and
    ``{value}`` for those of a map.
    """

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
        """Check the value after its type; a cdktf token is of the type that it stands for, and has no bounds."""
        return core_schema.no_info_wrap_validator_function(self._check, handler(source))

    def _check(self, value: Any, inner: core_schema.ValidatorFunctionWrapHandler) -> Any:
        value = inner(value)
        if is_token(value) or self.allows(value):
            return value
        raise self.refused(value)

    def refusal(self, value: Any) -> str:
        """Return the message for a value that is not allowed."""
        return f"must be {self.allowed}, got {shown(value)} ({self.source})"

    def refused(self, value: Any) -> PydanticCustomError:
        """Return the error for a value that is not allowed."""
        return PydanticCustomError("limit", "{text}", {"text": self.refusal(value)})


@dataclass(frozen=True, kw_only=True)
class Range(Limit):
    """A whole number from ``minimum`` to ``maximum``; ``quota`` where AWS raises the maximum on request."""

    minimum: int
    maximum: int
    quota: bool = False

    def _check(self, value: Any, inner: core_schema.ValidatorFunctionWrapHandler) -> Any:
        if type(value) is float and is_token(value):
            return value
        # Pydantic alone would take True for 1 and "3" for 3.
        if type(value) is not int:
            raise self.refused(value)
        return super()._check(value, inner)

    def allows(self, value: int) -> bool:
        """Say whether the number is in the range."""
        return self.minimum <= value <= self.maximum

    @property
    def allowed(self) -> str:
        """The range in words."""
        return f"{self.minimum} to {self.maximum}"


@dataclass(frozen=True, kw_only=True)
class Length(Limit):
    """The number of characters of a text, or of entries of a collection; ``quota`` as in ``Range``."""

    minimum: int
    maximum: int
    unit: str = "characters"
    quota: bool = False

    def allows(self, value: str | tuple[Any, ...] | Mapping[str, Any]) -> bool:
        """Say whether the value is long enough and not too long."""
        return self.minimum <= len(value) <= self.maximum

    @property
    def allowed(self) -> str:
        """The lengths in words."""
        return f"{self.minimum} to {self.maximum} {self.unit}"

    def refusal(self, value: Any) -> str:
        """Return the message, with the length beside the value."""
        return f"must be {self.allowed}, got {len(value)}: {shown(value)} ({self.source})"


@dataclass(frozen=True, kw_only=True)
class Pattern(Limit):
    """A text that ``regex`` matches as a whole and ``but_not`` does not; ``words`` says the same to a person.

    Both are regular expressions of RE2, which Terraform's ``regex`` function has too: no look-around, classes of ASCII.
    """

    regex: str
    words: str
    but_not: str | None = None

    def allows(self, value: str) -> bool:
        """Say whether the whole text matches."""
        if self.but_not is not None and re.fullmatch(self.but_not, value, re.ASCII) is not None:
            return False
        return re.fullmatch(self.regex, value, re.ASCII) is not None

    @property
    def allowed(self) -> str:
        """The pattern in words."""
        return self.words


@dataclass(frozen=True, kw_only=True)
class Letters(Pattern):
    """A text of some of Unicode's general categories and of ``others``; ``regex`` says the same in RE2.

    Python's own expressions know no categories, so that here each character is looked up.
    """

    categories: str
    others: str

    def allows(self, value: str) -> bool:
        """Say whether every character is of a category, or one of the others."""
        if self.but_not is not None and re.fullmatch(self.but_not, value, re.ASCII) is not None:
            return False
        if not value:
            return self.regex.endswith("*")
        return all(letter in self.others or unicodedata.category(letter)[0] in self.categories for letter in value)


@dataclass(frozen=True, kw_only=True)
class OneOf(Limit):
    """One of a closed list of values; ``text`` where AWS takes a number as a text, so that a token of one does too."""

    values: tuple[str | int, ...]
    text: bool = False

    def _check(self, value: Any, inner: core_schema.ValidatorFunctionWrapHandler) -> Any:
        numbers = all(isinstance(each, int) for each in self.values)
        if is_token(value) and (isinstance(value, str) if not numbers else self.text or isinstance(value, float)):
            return value
        if not self.allows(value):
            raise self.refused(value)
        return super()._check(value, inner)

    def allows(self, value: Any) -> bool:
        """Say whether the value is in the list, and of its type: 1 is not True."""
        return type(value) in {int, str} and value in self.values

    @property
    def allowed(self) -> str:
        """The list in words."""
        return "one of " + ", ".join(str(value) for value in self.values)
