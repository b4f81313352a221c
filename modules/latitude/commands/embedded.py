"""The embedded AWS, for the commands that use it: it comes with the extra ``sandbox``."""

from __future__ import annotations

from importlib.util import find_spec


def require_embedded() -> None:
    """Say how to install what the embedded AWS needs.

    Raises:
        ValueError: it is not installed.

    """
    missing = [name for name in ("boto3", "flask", "moto") if find_spec(name) is None]
    if missing:
        raise ValueError(f"the embedded AWS needs {', '.join(missing)}: pip install 'latitude[sandbox]'")
