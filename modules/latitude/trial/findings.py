"""What a trial finds out."""

from __future__ import annotations


class TrialError(RuntimeError):
    """Something turned out other than it should."""


def require(what: object, otherwise: str) -> None:
    """Raise ``TrialError`` with what is wrong, unless ``what`` holds."""
    if not what:
        raise TrialError(otherwise)
