"""The account that a provider works in."""

from __future__ import annotations

from typing import Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability


class CallerIdentity(Capability):
    """Reads who the provider's credentials belong to (STS GetCallerIdentity, in the provider's region)."""

    def __init__(self, scope: Construct, id: str, *, provider: Any) -> None:
        super().__init__(scope, id, provider=provider)
        self.identity = self.make(aws.data_aws_caller_identity.DataAwsCallerIdentity)
        self.id: str = self.identity.account_id
