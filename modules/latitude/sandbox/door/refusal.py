"""Why a request is refused before any service sees it."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - it is an answer
    """A request that is refused. ``status`` is HTTP's, ``code`` the one in AWS's error."""

    def __init__(self, status: str, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


def malformed(code: str, message: str) -> Refusal:
    """Return the refusal of a request that no service could read."""
    return Refusal("400 Bad Request", code, message)
