"""What an exception is answered with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from moto.core.responses import BaseResponse
from moto.core.utils import iso_8601_datetime_with_milliseconds

from latitude.sandbox.apprunner.tags import Tags
from latitude.sandbox.door.failures import failure

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.sandbox


def _raise(error: Exception) -> None:
    raise error


@pytest.mark.parametrize(
    ("fail", "status"),
    [
        (lambda: Tags().add("arn", [{}]), "500 Internal Server Error"),
        (lambda: iso_8601_datetime_with_milliseconds("x"), "400 Bad Request"),  # type: ignore[arg-type] # the point
        (lambda: BaseResponse._transform_response({}, 1), "400 Bad Request"),
        (lambda: _raise(NotImplementedError("a")), "501 Not Implemented"),
        (lambda: json.loads("{"), "500 Internal Server Error"),
    ],
    ids=["the sandbox's own", "moto's", "another of moto's", "what moto lacks", "nobody's"],
)
def test_failure_is_the_sandbox_s_own_unless_it_is_in_moto(fail: Callable[[], object], status: str) -> None:
    """Only what moto stumbles over, at the end of the trace, counts as a request that can't be read."""
    with pytest.raises((KeyError, AttributeError, TypeError, NotImplementedError, json.JSONDecodeError)) as caught:
        fail()
    assert failure(caught.value).status == status
