"""The region that resources are in, and the account that has them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Region:
    """One region of one account; ``partition`` is AWS's part of an ARN, such as ``aws``."""

    name: str
    account_id: str
    partition: str

    def arn(self, *segments: str) -> str:
        """Return the ARN of an App Runner resource of this region."""
        return f"arn:{self.partition}:apprunner:{self.name}:{self.account_id}:{'/'.join(segments)}"
