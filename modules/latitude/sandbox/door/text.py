"""Texts that come in a path, a query or a form: percent-encoded UTF-8."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, unquote_to_bytes

from latitude.sandbox.door.refusal import malformed

if TYPE_CHECKING:
    from collections.abc import Mapping

_STRAY_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_MOST_FIELDS: Final = 10_000
_LONGEST: Final = 16 * 1024


def require_decodable(environ: Mapping[str, Any]) -> None:
    """Raise ``Refusal`` unless the path and the query can be read, and the headers are ASCII."""
    target = str(environ.get("RAW_URI", environ.get("PATH_INFO", "/")))
    if not target.startswith("/") or len(target) > _LONGEST:
        raise malformed("InvalidURI", f"The request's target must be a path of at most {_LONGEST} characters")
    decoded(target, what="The path")
    fields(str(environ.get("QUERY_STRING", "")), what="The query")
    for name, value in environ.items():
        if name.startswith(("HTTP_", "CONTENT_")) and not (str(value).isascii() and str(value).isprintable()):
            header = name.removeprefix("HTTP_").replace("_", "-").title()
            raise malformed("InvalidRequest", f"The header {header[:80]!r} must be printable ASCII")


def fields(encoded: str, *, what: str) -> list[tuple[str, str]]:
    """Return the names and values of a query or a form. Raises ``Refusal``."""
    decoded(encoded.replace("+", "%20"), what=what)
    try:
        return parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise malformed("MalformedQueryString", f"{what} can't be read: {error}") from None


def decoded(encoded: str, *, what: str) -> str:
    """Return a text without its percent-encoding. Raises ``Refusal``."""
    if _STRAY_PERCENT.search(encoded):
        raise malformed("InvalidURI", f"{what} has a '%' that two hexadecimal digits must follow")
    try:
        plain = unquote_to_bytes(encoded.encode("latin-1", "replace")).decode()
    except UnicodeDecodeError:
        raise malformed("InvalidURI", f"{what} must be UTF-8") from None
    if "\0" in plain:
        raise malformed("InvalidURI", f"{what} must not have a NUL")
    return plain
