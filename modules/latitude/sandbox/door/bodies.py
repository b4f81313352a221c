"""The body of a request, read whole: of the length that was announced, within a bound."""

from __future__ import annotations

import io
import re
from typing import Any, BinaryIO, Final

from latitude.sandbox.door.refusal import Refusal, malformed

LIMIT_BYTES: Final = 64 * 1024 * 1024
_LENGTH: Final = re.compile(r"[0-9]{1,18}")
_CHUNK: Final = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?\r?\n")
_LONGEST_LINE: Final = 1024


def read_whole(environ: dict[str, Any]) -> bytes:
    """Read the body, and leave it in ``environ`` as one of a known length. Raises ``Refusal``."""
    try:
        body = _read(environ)
    except TimeoutError:
        message = "The body did not arrive"
        raise Refusal("408 Request Timeout", "RequestTimeout", message) from None
    except OSError as error:
        raise malformed("IncompleteBody", f"The body can't be read: {error}") from None
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    environ["CONTENT_LENGTH"] = str(len(body))
    rewind(environ, body)
    return body


def rewind(environ: dict[str, Any], body: bytes) -> None:
    """Let the body be read from its beginning."""
    environ["wsgi.input"] = io.BytesIO(body)


def _read(environ: dict[str, Any]) -> bytes:
    stated, encoding = environ.get("CONTENT_LENGTH"), environ.get("HTTP_TRANSFER_ENCODING")
    if encoding is not None:
        if stated is not None or encoding.strip().lower() != "chunked":
            message = f"Transfer-Encoding must be 'chunked', without Content-Length, got {encoding[:40]!r}"
            raise malformed("InvalidRequest", message)
        return _read_chunks(environ["wsgi.input"])
    if stated is None:
        return b""
    if _LENGTH.fullmatch(stated) is None:
        raise malformed("InvalidRequest", f"Content-Length must be a whole number of bytes, got {stated[:40]!r}")
    _require_small(int(stated))
    body: bytes = environ["wsgi.input"].read(int(stated))
    if len(body) < int(stated):
        raise malformed("IncompleteBody", f"The body has {len(body)} bytes, and Content-Length says {stated}")
    return body


def _read_chunks(stream: BinaryIO) -> bytes:
    """Read a chunked body (RFC 9112, section 7.1); what follows the last chunk is left."""
    body = bytearray()
    while True:
        size = _CHUNK.fullmatch(stream.readline(_LONGEST_LINE))
        if size is None:
            raise malformed("IncompleteBody", "Each chunk must begin with its size, in hexadecimal digits")
        bytes_of_chunk = int(size[1], 16)
        if bytes_of_chunk == 0:
            return bytes(body)
        _require_small(len(body) + bytes_of_chunk)
        chunk = stream.read(bytes_of_chunk)
        if len(chunk) < bytes_of_chunk or stream.readline(_LONGEST_LINE) not in (b"\r\n", b"\n"):
            raise malformed("IncompleteBody", f"The chunk must have {bytes_of_chunk} bytes, and then a line's end")
        body += chunk


def _require_small(size: int) -> None:
    if size > LIMIT_BYTES:
        message = f"The body must have at most {LIMIT_BYTES} bytes"
        raise Refusal("413 Content Too Large", "EntityTooLarge", message)
