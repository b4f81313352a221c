"""The role with which App Runner pulls an image."""

from __future__ import annotations

from typing import Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability
from latitude.constructs.policy import Grant, document

_PULL = ("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer")


class PullRole(Capability):
    """Makes the access role of a service: App Runner may pull from the one repository, in the one region.

    IAM is global and services are not: the role's name has the region in it. The principal that pulls is another than
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
        repository_arn: str,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        trust = Grant(
            actions=["sts:AssumeRole"], principal_type="Service", principals=["build.apprunner.amazonaws.com"]
        )
        role = self.make(aws.iam_role.IamRole, name=name, assume_role_policy=document(self, "trust", [trust]))
        grants = [
            # ecr:GetAuthorizationToken knows no resource (Service Authorization Reference, Amazon ECR).
            Grant(sid="Authorize", actions=["ecr:GetAuthorizationToken"], resources=["*"]),
            Grant(sid="Pull", actions=_PULL, resources=[repository_arn]),
        ]
        self.policy = self.make(
            aws.iam_role_policy.IamRolePolicy,
            name="pull",
            role=role.name,
            policy=document(self, "policy", grants),
        )
        self.arn: str = role.arn


def pull_role_name(service: str, region: str) -> str:
    """Return the name of the access role of a service, named as it is in AWS, in a region."""
    # At most 60 characters, and IAM allows 64: a service's name has 40, a region's 14.
    return f"{service}-{region}-pull"
