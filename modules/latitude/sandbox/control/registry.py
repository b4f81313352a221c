"""The routes that the sandbox's services add to the control plane."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Route = Callable[[Mapping[str, Any]], Any]
"""Takes the JSON object of the request, returns the JSON value of the answer.

It may raise ``ValueError``, ``KeyError``, ``TypeError`` or moto's ``ServiceException`` to refuse the request.
"""

routes: dict[str, Route] = {}


def add(name: str, route: Route) -> None:
    """Mount a route under ``/_latitude/<name>``, in place of one that has the name."""
    routes[name] = route
