"""cdktf tokens: values that Terraform knows only later, and Python therefore can't check."""

from __future__ import annotations

import re
from typing import Final

STRING_TOKEN: Final = re.compile(r"\$\{TfToken\[[^\]]+\]\}|\$\{aws_[^}]+\}(?!.)|#\{TfToken\[[^\]]+\]\}")
# cdktf encodes number tokens as doubles just above -2^961 (its lib/tokens/private/encoding.js).
_NUMBER_TOKEN_CEILING: Final = -1.888e289


def is_token(value: object) -> bool:
    """Say whether ``value`` is, or contains, a cdktf token: a string or a number that stands for a later one."""
    if isinstance(value, str):
        return "${TfToken[" in value
    return isinstance(value, float) and value < _NUMBER_TOKEN_CEILING
