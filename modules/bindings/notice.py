"""One line on stderr when the bindings are not as fast as they could be."""

import functools
import sys


@functools.cache
def say(text: str) -> None:
    """Print `latitude: TEXT` on stderr, once for each text."""
    print(f"latitude: {text}", file=sys.stderr)  # noqa: T201  there is no logger this early
