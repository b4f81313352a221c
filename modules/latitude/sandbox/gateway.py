"""Stands before moto: who may ask, the control plane, dark regions, faults, and calls that are answered already."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING, Any

from latitude.sandbox import calls, errors, faults, regions
from latitude.sandbox.applications import Applications
from latitude.sandbox.attempts import Attempts
from latitude.sandbox.control import routes
from latitude.sandbox.control.client import PREFIX
from latitude.sandbox.door.bodies import read_whole, rewind
from latitude.sandbox.door.callers import require_own
from latitude.sandbox.door.failures import failure
from latitude.sandbox.door.refusal import Refusal
from latitude.sandbox.door.requests import require_well_formed

if TYPE_CHECKING:
    from collections.abc import Iterable


class Gateway:
    """A WSGI application around moto's. ``port`` is the one that it is asked at."""

    def __init__(self, *, port: int) -> None:
        self._port = port
        self._applications = Applications()
        self._attempts = Attempts()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request, or let moto do it."""
        protocol = calls.protocol_of(environ)
        try:
            require_own(environ, port=self._port)
            body = read_whole(environ)
            if environ["PATH_INFO"].startswith(PREFIX):
                return routes.answer(environ, body, start_response)
            call = calls.read(environ)
            protocol = call.protocol
            return self._answer(call, environ, body, start_response)
        except Refusal as refusal:
            return _refuse(refusal, protocol, start_response)
        except Exception as error:  # noqa: BLE001 - whatever it is, the client must hear which
            return _refuse(failure(error), protocol, start_response)

    def _answer(self, call: calls.Call, environ: dict[str, Any], body: bytes, start_response: Any) -> Iterable[bytes]:
        darkness = None if call.region is None else regions.darkness(call.region)
        if darkness == "drop":
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        if darkness is not None:
            return _send(errors.answer("dark", protocol=call.protocol), start_response)
        for fault in faults.strike(call):
            if fault.kind != "latency":
                return _send(errors.answer(fault.kind, protocol=call.protocol), start_response)
            time.sleep(fault.seconds)
        service = require_well_formed(call, environ, body)
        rewind(environ, body)

        def ask(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            return self._applications.answer(service.package, environ, start)

        return self._attempts.answer(environ, start_response, ask)


def _refuse(refusal: Refusal, protocol: calls.Protocol, start_response: Any) -> Iterable[bytes]:
    said = errors.error(refusal.status, code=refusal.code, message=refusal.message, protocol=protocol)
    return _send(said, start_response)


def _send(answer: errors.ErrorAnswer, start_response: Any) -> Iterable[bytes]:
    start_response(answer.status, answer.headers)
    return [answer.body]
