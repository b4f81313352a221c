"""Terraform JSON as cdktf writes it (npm json-stable-stringify, two spaces): keys in order, nothing that is unset."""

import re
from collections.abc import Callable
from json.encoder import encode_basestring as quoted
from typing import Any

from latitude.bindings.kernel.merge import NULL
from latitude.bindings.kernel.unknown import unknown

Resolve = Callable[[str], str]

_MAP_TOKENS = frozenset({"String Map Token Value", "Any Map Token Value"})
_NUMBER_TOKEN = re.compile(r"-[\d.]+e\+?29\d")
_NUMBER_MAP_TOKEN = -123456789
_LARGEST = 2**53
"""Up to here JavaScript's numbers are exact."""
_LAST_OF_ONE_UNIT = "\uffff"


def dumps(value: Any, resolve: Resolve) -> bytes:
    """Return the JSON of a document, its tokens resolved.

    Raises:
        UnknownError: JavaScript would write a value otherwise, or cdktf refuse it.

    """
    parts: list[str] = []
    _write(value, "\n", parts.append, resolve)
    try:
        return "".join(parts).encode()
    except UnicodeEncodeError:
        unknown("half of a surrogate pair")


def number(value: float) -> str:
    """Write a number as JavaScript does (cdktf lib/tokens/private/resolve.js refuses the token of a map)."""
    if value == _NUMBER_MAP_TOKEN or not abs(value) <= _LARGEST:  # nan is not less than anything
        unknown(f"the number {value}")
    if value == int(value):
        return str(int(value))
    text = repr(value)
    if "e" in text:  # Python has exponents below 1e-4, JavaScript below 1e-6
        unknown(f"the number {text}")
    return text


def _write(value: Any, indent: str, out: Callable[[str], Any], resolve: Resolve) -> None:
    """Append the JSON of a value; `indent` begins with the end of a line."""
    kind = type(value)
    if kind is dict:
        inner = indent + "  "
        begin = "{" + inner
        for key, item in _in_order(value, resolve):
            if item is None:
                continue
            out(f"{begin}{quoted(key)}: ")
            if type(item) is str:  # most are: this saves a call
                out(_string(item, resolve))
            else:
                _write(item, inner, out, resolve)
            begin = "," + inner
        out(indent + "}" if begin[0] == "," else "{" + indent + "}")
    elif kind is list and not _is_token(value):
        inner = indent + "  "
        begin = "[" + inner
        for item in value:
            out(begin)
            _write(item, inner, out, resolve)
            begin = "," + inner
        out(indent + "]" if begin[0] == "," else "[" + indent + "]")
    else:
        out(_one(value, resolve))


def _is_token(value: list[Any]) -> bool:
    """Whether a list is the token of one, which stands for a text (cdktf lib/tokens/resolvable.js, `resolveList`)."""
    return len(value) == 1 and type(value[0]) is str and value[0].startswith("#{TfToken[")


def _one(value: Any, resolve: Resolve) -> str:
    """Return the JSON of a value that is neither an object nor a list of some."""
    kind = type(value)
    if kind is str:
        return _string(value, resolve)
    if kind is list:
        return quoted(resolve(value[0]))
    if kind is bool:
        return "true" if value else "false"
    if kind is int or kind is float:
        return number(value)
    if value is not NULL:
        unknown(f"{value!r} in a document")
    return "null"


def _string(text: str, resolve: Resolve) -> str:
    """Quote a text with its tokens resolved (cdktf lib/tokens/private/resolve.js, `resolve`).

    A number's token, -1e298 or so (lib/tokens/private/encoding.js, `createTokenDouble`), counts within a text too.
    """
    if "TfToken[" in text:
        if text.startswith("#{TfToken["):
            unknown(f"the token of a list in the place of a text: {text!r}")
        text = resolve(text)
    elif text in _MAP_TOKENS or (("e29" in text or "e+29" in text) and _NUMBER_TOKEN.search(text)):
        unknown(f"a token of a map or a number in {text!r}")
    return quoted(text)


def _in_order(value: dict[str, Any], resolve: Resolve) -> list[tuple[str, Any]]:
    """Return an object's items in the order of JavaScript, which compares the units of UTF-16."""
    keys = "".join(value)
    if "TfToken[" in keys:
        value = {resolve(key): item for key, item in value.items()}
        keys = "".join(value)
    if not keys.isascii() and max(keys) > _LAST_OF_ONE_UNIT:
        unknown("a key that sorts otherwise in UTF-16")
    return [(key, value[key]) for key in sorted(value)]
