"""A table's replica, as the services of its region see it."""

from __future__ import annotations

from latitude.spec.grants import LocalTable

__all__ = ["LocalTable"]
