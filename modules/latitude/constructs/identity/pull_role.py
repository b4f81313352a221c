"""The role with which a service's image is pulled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability
from latitude.constructs.identity.policy_document import document
from latitude.constructs.identity.role import make_role
from latitude.spec.iam import IamStatement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.spec import RoleSettings

PULL_ACTIONS: Final = (
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:DescribeImages",
    "ecr:GetDownloadUrlForLayer",
)
"""What whoever pulls an image does (App Runner Developer Guide, access role)."""


class PullRole(Capability):
    """Makes the role in which ``principal`` pulls from the one repository, in the one region.

    IAM is global and services are not: give it a name with the region in it. The principal that pulls is another than
    the one that runs (App Runner Developer Guide, access role).

    App Runner refuses a role that is seconds old ("Error in assuming access role"), and the provider tries again only
    for instance roles (its service.go): make this one in an earlier apply than the service.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        provider: Any,
        name: str,
        principal: str,
        settings: RoleSettings,
        tags: Mapping[str, str],
        repository_arn: str,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        trust = IamStatement(actions=["sts:AssumeRole"], principal_type="Service", principals=[principal])
        role = make_role(self, name=name, trust=trust, settings=settings, tags=tags)
        statements = [
            # ecr:GetAuthorizationToken knows no resource (Service Authorization Reference, Amazon ECR).
            IamStatement(sid="Authorize", actions=["ecr:GetAuthorizationToken"], resources=["*"]),
            IamStatement(sid="Pull", actions=PULL_ACTIONS, resources=[repository_arn]),
        ]
        self.policy = self.make(
            aws.iam_role_policy.IamRolePolicy,
            name="pull",
            role=role.name,
            policy=document(self, "policy", statements),
        )
        self.arn: str = role.arn
