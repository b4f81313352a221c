"""What an exception that nobody caught is answered with."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Final

import moto

from latitude.sandbox.door.refusal import Refusal, malformed

_OWN: Final = str(Path(__file__).parents[1])
_MOTO: Final = str(Path(moto.__file__).parent)


def failure(error: Exception) -> Refusal:
    """Return the answer: 501 for what moto lacks, 400 for what it stumbles over, 500 for a fault of the sandbox's own.

    moto reads what it needs of a request where it needs it, and says of most that is wrong with it no more than
    ``KeyError``. SDKs send a request again that was answered with 500, and Terraform 25 times: it would change nothing.
    """
    what = f"{type(error).__name__}: {error}"[:300]
    if isinstance(error, NotImplementedError):
        return Refusal("501 Not Implemented", "NotImplemented", f"The embedded AWS does not have this: {what}")
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith(_MOTO):
            return malformed("ValidationException", f"moto can't make sense of the request: {what} (in {frame.name})")
        if frame.filename.startswith(_OWN):
            break
    return Refusal("500 Internal Server Error", "InternalFailure", f"The embedded AWS failed: {what}")
