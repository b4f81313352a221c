"""cdktf tokens: values that Terraform knows only later, and Python therefore can't check."""

from __future__ import annotations

import re
import struct
from typing import Final

# A string, an element of a list, a key of a map (cdktf's lib/tokens/private/encoding.js).
_TEXT_TOKEN: Final = re.compile(r"[$#&]\{TfToken\[")
# A number token is a double with these first two bytes; the others are the token's index.
_NUMBER_TOKEN_MARK: Final = b"\xfb\xff"


def is_token(value: object) -> bool:
    """Say whether ``value`` is, or contains, a cdktf token: a string or a number that stands for a later one."""
    if isinstance(value, str):
        return _TEXT_TOKEN.search(value) is not None
    return isinstance(value, float) and struct.pack(">d", value)[:2] == _NUMBER_TOKEN_MARK
