"""The role that a service's code has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability
from latitude.constructs.policy import Grant, document

if TYPE_CHECKING:
    from collections.abc import Sequence


class InstanceRole(Capability):
    """Makes the instance role of a service, with a policy where there is anything to allow.

    IAM is global and services are not: the role's name has the region in it.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        provider: Any,
        name: str,
        grants: Sequence[Grant],
    ) -> None:
        super().__init__(scope, id, provider=provider)
        trust = Grant(
            actions=["sts:AssumeRole"], principal_type="Service", principals=["tasks.apprunner.amazonaws.com"]
        )
        role = self.make(aws.iam_role.IamRole, name=name, assume_role_policy=document(self, "trust", [trust]))
        self.arn: str = role.arn
        self.policy = (
            self.make(
                aws.iam_role_policy.IamRolePolicy,
                name="instance",
                role=role.name,
                policy=document(self, "policy", grants),
            )
            if grants
            else None
        )


# What the X-Ray SDK and the collector call (AWS managed policy AWSXRayDaemonWriteAccess).
TRACING = Grant(
    sid="Tracing",
    actions=[
        "xray:GetSamplingRules",
        "xray:GetSamplingStatisticSummaries",
        "xray:GetSamplingTargets",
        "xray:PutTelemetryRecords",
        "xray:PutTraceSegments",
    ],
    resources=["*"],
)
