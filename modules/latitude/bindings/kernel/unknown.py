"""What the kernel raises for a request that is Node's to answer."""

from typing import NoReturn


class UnknownError(Exception):
    """Python does not know the answer, or it might differ from Node's; its text says what was asked for."""


def unknown(what: str) -> NoReturn:
    """Leave the request to Node."""
    raise UnknownError(what)
