"""One line on stderr when the bindings are not as fast as they could be."""

import contextlib
import functools
import sys
import threading
from collections.abc import Iterator

SLOW_SECONDS = 2.0


@functools.cache
def say(text: str) -> None:
    """Print `latitude: TEXT` on stderr, once for each text."""
    print(f"latitude: {text}", file=sys.stderr)  # noqa: T201  there is no logger this early


@contextlib.contextmanager
def patience(text: str) -> Iterator[None]:
    """Say `text` if the block takes more than two seconds."""
    slow = threading.Timer(SLOW_SECONDS, say, [text])
    slow.daemon = True
    slow.start()
    try:
        yield
    finally:
        slow.cancel()
