"""An SDK that has not got an answer asks again; what was done for it then must not be done twice."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from werkzeug.test import run_wsgi_app

if TYPE_CHECKING:
    from collections.abc import Iterable

_KEPT = 256
_CHANGES = ("POST", "PUT", "DELETE", "PATCH")


@dataclass(frozen=True, kw_only=True)
class _Answer:
    status: str
    headers: list[tuple[str, str]]
    body: bytes


class Attempts:
    """Gives a later attempt of a call the answer of an earlier one that succeeded.

    AWS does that only where a client token is part of the request. But on loopback nothing is lost on its way that the
    user could have meant, and an App Runner service that is updated twice refuses the second time. SDKs tell the
    attempts of a call by the header ``amz-sdk-invocation-id``.
    """

    def __init__(self) -> None:
        self._answers: OrderedDict[str, _Answer] = OrderedDict()
        self._lock = Lock()

    def answer(self, environ: dict[str, Any], start_response: Any, application: Any) -> Iterable[bytes]:
        """Answer a request from memory, or let the application do it."""
        call = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
        if call is None or environ["REQUEST_METHOD"] not in _CHANGES:
            answer: Iterable[bytes] = application(environ, start_response)
            return answer
        with self._lock:
            known = self._answers.get(call)
        if known is None:
            known = _ask(environ, application)
            if known.status.startswith("2"):
                self._keep(call, known)
        start_response(known.status, known.headers)
        return [known.body]

    def _keep(self, call: str, answer: _Answer) -> None:
        with self._lock:
            self._answers[call] = answer
            while len(self._answers) > _KEPT:
                self._answers.popitem(last=False)


def _ask(environ: dict[str, Any], application: Any) -> _Answer:
    parts, status, headers = run_wsgi_app(application, environ, buffered=True)
    return _Answer(status=status, headers=headers.to_wsgi_list(), body=b"".join(parts))
