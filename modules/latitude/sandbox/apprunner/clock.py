"""The sandbox's clock, and how long App Runner takes by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from latitude.sandbox import settings


def now() -> datetime:
    """Return the time by the sandbox's clock."""
    return datetime.fromtimestamp(settings.get().clock(), tz=UTC)


def operation() -> timedelta:
    """Return how long an asynchronous operation takes."""
    return timedelta(seconds=settings.get().operation_seconds)


def after_operation() -> datetime:
    """Return when an operation that starts now will be over."""
    return now() + operation()
