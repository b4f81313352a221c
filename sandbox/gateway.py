"""What stands before moto: it passes each request on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


class Gateway:
    """A WSGI application around moto's dispatcher."""

    def __init__(self, moto: Any) -> None:
        self._moto = moto

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request."""
        answer: Iterable[bytes] = self._moto(environ, start_response)
        return answer
