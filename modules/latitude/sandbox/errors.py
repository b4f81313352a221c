"""AWS's error answers, in the protocol of the call, so that SDKs understand them and retry."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from uuid import uuid4
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from latitude.sandbox.calls import Protocol

Kind = Literal["throttle", "error", "dark"]

_MESSAGES: dict[Kind, str] = {
    "throttle": "Rate exceeded (asked of the sandbox)",
    "error": "The request processing has failed (asked of the sandbox)",
    "dark": "The region does not answer (asked of the sandbox)",
}
_THROTTLES: dict[Protocol, tuple[str, str]] = {
    "json": ("400 Bad Request", "ThrottlingException"),
    "rest-json": ("429 Too Many Requests", "ThrottlingException"),
    "query": ("400 Bad Request", "Throttling"),
    "rest-xml": ("400 Bad Request", "Throttling"),
    "ec2": ("503 Service Unavailable", "RequestLimitExceeded"),
    "s3": ("503 Slow Down", "SlowDown"),
}
_FAILURES: dict[Kind, tuple[str, str]] = {
    "error": ("500 Internal Server Error", "InternalFailure"),
    "dark": ("503 Service Unavailable", "ServiceUnavailable"),
}
_XML: dict[Protocol, str] = {
    "s3": "<Error><Code>{code}</Code><Message>{message}</Message><RequestId>{request}</RequestId></Error>",
    "ec2": "<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors>"
    "<RequestID>{request}</RequestID></Response>",
}
_XML_ELSE = (
    "<ErrorResponse><Error><Type>Receiver</Type><Code>{code}</Code><Message>{message}</Message></Error>"
    "<RequestId>{request}</RequestId></ErrorResponse>"
)


@dataclass(frozen=True, kw_only=True)
class ErrorAnswer:
    """A WSGI status, headers and body."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


def answer(kind: Kind, *, protocol: Protocol) -> ErrorAnswer:
    """Return the answer of a service that throttles, that fails, or that nobody reaches."""
    status, code = _THROTTLES[protocol] if kind == "throttle" else _FAILURES[kind]
    return error(status, code=code, message=_MESSAGES[kind], protocol=protocol)


def error(status: str, *, code: str, message: str, protocol: Protocol) -> ErrorAnswer:
    """Return an error with a code and a message of its own."""
    request = str(uuid4())
    if protocol in ("json", "rest-json"):
        text, mime = json.dumps({"__type": code, "message": message}), "application/x-amz-json-1.0"
    else:
        text = _XML.get(protocol, _XML_ELSE).format(code=code, message=escape(message), request=request)
        mime = "text/xml"
    body = text.encode()
    headers = [
        ("Content-Type", mime),
        ("Content-Length", str(len(body))),
        ("x-amzn-RequestId", request),
        ("x-amzn-ErrorType", code),
    ]
    return ErrorAnswer(status=status, headers=headers, body=body)
