"""moto's IAM with AWS's managed policies, read once a process."""

from __future__ import annotations


def install() -> None:
    """Let IAM know AWS's managed policies. May be called any number of times."""
    from moto.iam.models import iam_backends  # noqa: PLC0415 - importing moto takes a third of a second

    from latitude.sandbox.iam.models import PolicedBackend  # noqa: PLC0415 - the same

    if iam_backends.backend is not PolicedBackend:
        iam_backends.clear()
        iam_backends.backend = PolicedBackend
