"""The partition of AWS, in the one place that writes it.

App Runner is in the partition ``aws`` alone (AWS General Reference, App Runner endpoints).
"""

from __future__ import annotations

from typing import Final

PARTITION: Final = "aws"
ANY_PARTITION: Final = "aws(?:-[a-z]+)*"
"""What ARNs that are stated may have: a regular expression."""
ANY_IAM_ARN: Final = f"arn:{ANY_PARTITION}:iam::"
"""How the ARNs of IAM begin that are stated: before the account's id."""


def make_arn(service: str, resource: str, *, region: str = "", account_id: str = "") -> str:
    """Return an ARN; what is global has no region, and what names no account has none (IAM User Guide, ARNs)."""
    return f"arn:{PARTITION}:{service}:{region}:{account_id}:{resource}"
