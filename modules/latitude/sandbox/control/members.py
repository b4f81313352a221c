"""The types of what a control call gives: a wrong one would stay in the sandbox, and fail calls that come later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT: Final = (str,)
TEXT_OR_NULL: Final = (str, type(None))
TRUTH: Final = (bool,)
WHOLE: Final = (int,)
NUMBER: Final = (int, float)
TEXTS: Final = (list,)
_WORDS: Final[dict[tuple[type, ...], str]] = {
    TEXT: "a string",
    TEXT_OR_NULL: "a string or null",
    TRUTH: "true or false",
    WHOLE: "a whole number",
    NUMBER: "a number",
    TEXTS: "a list of strings",
}


def require_types(given: Mapping[str, Any], **wanted: tuple[type, ...]) -> None:
    """Check the members that are given; ``True`` is no number.

    Raises ``ValueError`` for one of another type.
    """
    for name, types in wanted.items():
        if name not in given:
            continue
        value = given[name]
        if type(value) not in types or (types is TEXTS and any(type(each) is not str for each in value)):
            msg = f"{name}: must be {_WORDS[types]}, got {value!r}"
            raise ValueError(msg)
