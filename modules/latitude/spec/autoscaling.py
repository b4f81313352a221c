"""How many instances App Runner runs in a region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from latitude.spec.base import Part, fault, rule
from latitude.spec.limits import Range
from latitude.spec.tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.faults import Fault

_OPERATION: Final = "App Runner CreateAutoScalingConfiguration"
_SHAPE: Final = "apprunner:CreateAutoScalingConfiguration"


class AutoScaling(Part):
    """An App Runner auto scaling configuration, the same in every region."""

    min_size: Annotated[int, Range(minimum=1, maximum=25, source=_OPERATION, shape=f"{_SHAPE}.MinSize")] = 2
    """Instances kept provisioned in each region; two, so that one can be replaced without a cold start."""
    max_size: Annotated[
        int,
        Range(minimum=1, maximum=25, quota=True, source=f"{_OPERATION}, default quota", shape=f"{_SHAPE}.MaxSize"),
    ] = 25
    """Instances at most in each region."""
    max_concurrency: Annotated[
        int, Range(minimum=1, maximum=200, source=_OPERATION, shape=f"{_SHAPE}.MaxConcurrency")
    ] = 100
    """Concurrent requests that one instance takes before another is added."""

    @rule
    def _sizes(self) -> Iterator[Fault]:
        """Keep ``min_size`` at most ``max_size``."""
        if is_token(self.min_size) or is_token(self.max_size):
            return
        if self.min_size > self.max_size:
            yield fault(
                "min_size", message=f"must be at most max_size, {self.max_size}, got {self.min_size} ({_OPERATION})"
            )
