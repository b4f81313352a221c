"""Make moto's S3 honest about conditional writes, which Terraform's state lock stands on."""

from __future__ import annotations

from sandbox.s3.responses import install

__all__ = ["install"]
