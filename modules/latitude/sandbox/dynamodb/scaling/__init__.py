"""Application Auto Scaling, which a provisioned table needs before it is replicated: the tags that moto lacks."""

from __future__ import annotations


def install_late() -> None:
    """Give moto's scalable targets tags. May be called any number of times."""
    from moto.applicationautoscaling.models import (  # noqa: PLC0415 - it brings EC2, which takes more than a second
        applicationautoscaling_backends,
    )

    from latitude.sandbox.dynamodb.scaling.models import TaggedTargetsBackend  # noqa: PLC0415 - the same

    # What is there already was kept by a sandbox, and is of this class.
    applicationautoscaling_backends.backend = TaggedTargetsBackend
