"""What stands before moto: the control plane, dark regions, faults, and calls that were answered already."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING, Any

from latitude.sandbox import calls, errors, faults, regions
from latitude.sandbox.attempts import Attempts
from latitude.sandbox.control import routes
from latitude.sandbox.control.client import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable


class Gateway:
    """A WSGI application around moto's dispatcher."""

    def __init__(self, moto: Any) -> None:
        self._moto = moto
        self._attempts = Attempts()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request, or pass it on to moto."""
        if environ.get("PATH_INFO", "").startswith(PREFIX):
            return routes.answer(environ, start_response)
        call = calls.read(environ)
        if call is not None:
            darkness = None if call.region is None else regions.darkness(call.region)
            if darkness == "drop":
                environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            if darkness is not None:
                return _fail("dark", call, start_response)
            for fault in faults.strike(call):
                if fault.kind != "latency":
                    return _fail(fault.kind, call, start_response)
                time.sleep(fault.seconds)
        return self._attempts.answer(environ, start_response, self._moto)


def _fail(kind: errors.Kind, call: calls.Call, start_response: Any) -> Iterable[bytes]:
    answer = errors.answer(kind, protocol=call.protocol)
    start_response(answer.status, answer.headers)
    return [answer.body]
