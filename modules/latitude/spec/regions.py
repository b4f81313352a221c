"""AWS Regions: which have App Runner, and which form the sets that DynamoDB's strong consistency needs."""

from __future__ import annotations

from typing import Final

APP_RUNNER_REGIONS: Final = (
    "ap-northeast-1",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "eu-central-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "us-east-1",
    "us-east-2",
    "us-west-2",
)
"""The 11 Regions with App Runner (AWS General Reference, App Runner endpoints and quotas)."""

STRONG_CONSISTENCY_SETS: Final = (
    ("us-east-1", "us-east-2", "us-west-2"),
    ("eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1"),
    ("ap-northeast-1", "ap-northeast-2", "ap-northeast-3"),
)
"""Replicas and witness of a strongly consistent table come from one set (DynamoDB Developer Guide, MRSC)."""


def identifier(region: str) -> str:
    """Return the Region as part of a Terraform address or a provider alias: ``us_east_1``."""
    return region.replace("-", "_")
