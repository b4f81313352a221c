"""moto's KMS with multi-Region keys that know which of them is the primary."""

from __future__ import annotations


def install() -> None:
    """Set moto's multi-Region keys right. May be called any number of times; keys made before are forgotten."""
    from moto.kms.models import kms_backends  # noqa: PLC0415 - importing moto takes a third of a second

    from latitude.sandbox.kms.models import MultiRegionBackend  # noqa: PLC0415 - the same

    if kms_backends.backend is not MultiRegionBackend:
        kms_backends.clear()
        kms_backends.backend = MultiRegionBackend
