"""Pages of a list, with the token that leads to the next."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any, TypeVar

from latitude.sandbox.apprunner.exceptions import InvalidRequestException

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Item = TypeVar("Item")


def page(items: Sequence[Item], request: Mapping[str, Any]) -> tuple[list[Item], dict[str, str]]:
    """Return the items of one page and, unless it is the last, ``{"NextToken": ...}``.

    Without MaxResults the page holds everything that is left, as App Runner's reference says of its lists.
    """
    start = _offset(request.get("NextToken"))
    size = request.get("MaxResults", len(items))
    end = start + size
    token = {} if end >= len(items) else {"NextToken": base64.b64encode(str(end).encode()).decode()}
    return list(items[start:end]), token


def _offset(token: str | None) -> int:
    if token is None:
        return 0
    try:
        return int(base64.b64decode(token, validate=True))
    except (binascii.Error, ValueError):
        msg = "The provided NextToken isn't valid."
        raise InvalidRequestException(msg) from None
