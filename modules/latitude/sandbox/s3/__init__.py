"""Make moto's S3 honest about what Terraform's state stands on: conditional writes, policies, configurations."""

from __future__ import annotations


def install() -> None:
    """Extend moto's S3."""
    from latitude.sandbox.s3 import configurations, policies, policy_documents, responses  # noqa: PLC0415 - importing moto takes a third of a second

    for part in (responses, policies, policy_documents, configurations):
        part.install()
