"""The example application, from ``main.py`` itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from latitude.commands.program import load

if TYPE_CHECKING:
    from latitude import Application

_MAIN = Path(__file__).parents[3] / "main.py"


def example(**changes: Any) -> Application:
    """Return the application of ``main.py``, with some of its fields changed."""
    stated = load(_MAIN)
    fields = {name: getattr(stated, name) for name in stated.model_fields_set}
    return type(stated)(**fields | changes)
