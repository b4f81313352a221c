"""ECR's replication between regions, as an extension of moto's ECR."""

from __future__ import annotations


def install() -> None:
    """Let moto's ECR replicate. May be called any number of times; repositories made before are forgotten."""
    from moto.ecr.models import ecr_backends  # noqa: PLC0415 - importing moto takes a third of a second

    from latitude.sandbox.ecr.models import ReplicatingBackend  # noqa: PLC0415 - the same

    if ecr_backends.backend is not ReplicatingBackend:
        ecr_backends.clear()
        ecr_backends.backend = ReplicatingBackend
