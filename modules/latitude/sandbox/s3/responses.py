"""PutObject with If-None-Match or If-Match, atomic as in S3.

moto looks whether the object is there, then writes; between the two, another thread of the server can do the same,
and two Terraform runs would both hold the lock file.
"""

from __future__ import annotations

import functools
import threading
from typing import Any

from moto.s3.responses import S3Response

_lock = threading.Lock()
_original = S3Response.put_object


@functools.wraps(_original)
def _put_object(self: S3Response) -> Any:
    with _lock:
        return _original(self)


def install() -> None:
    """Let one PutObject run at a time."""
    S3Response.put_object = _put_object  # type: ignore[method-assign] # moto has no hook around an operation
