"""What Application Auto Scaling answers where moto has no answer."""

from __future__ import annotations

from moto.core.exceptions import JsonRESTError


class TargetNotFoundError(JsonRESTError):
    """No scalable target has that ARN."""

    def __init__(self, arn: str) -> None:
        super().__init__("ResourceNotFoundException", f"No scalable target found for resource ARN: {arn}")
