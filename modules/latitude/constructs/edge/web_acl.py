"""AWS WAF in front of a service."""

from __future__ import annotations

from typing import Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability


class WebAclAssociation(Capability):
    """Associates a regional WAF web ACL with what answers a service's requests, in the same region."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        provider: Any,
        resource_arn: str,
        web_acl_arn: str,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        self.make(
            aws.wafv2_web_acl_association.Wafv2WebAclAssociation,
            resource_arn=resource_arn,
            web_acl_arn=web_acl_arn,
        )
