"""Application Auto Scaling, which a provisioned table needs before it is replicated: the tags that moto lacks."""

from __future__ import annotations


def install() -> None:
    """Give moto's scalable targets tags. May be called any number of times."""
    from moto.applicationautoscaling.models import (  # noqa: PLC0415 - importing moto takes a third of a second
        applicationautoscaling_backends,
    )

    from latitude.sandbox.dynamodb.scaling.models import TaggedTargetsBackend  # noqa: PLC0415 - the same

    if applicationautoscaling_backends.backend is not TaggedTargetsBackend:
        applicationautoscaling_backends.clear()
        applicationautoscaling_backends.backend = TaggedTargetsBackend
