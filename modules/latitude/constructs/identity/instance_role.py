"""The role that a service's code has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability
from latitude.constructs.identity.policy_document import document
from latitude.constructs.identity.role import make_role
from latitude.spec.iam import IamStatement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from latitude.spec import RoleSettings


class InstanceRole(Capability):
    """Makes the instance role of a service, with a policy where there is anything to allow.

    IAM is global and services are not: give it a name with the region in it. ``principal`` takes the role for the code.
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
        statements: Sequence[IamStatement],
    ) -> None:
        super().__init__(scope, id, provider=provider)
        trust = IamStatement(actions=["sts:AssumeRole"], principal_type="Service", principals=[principal])
        role = make_role(self, name=name, trust=trust, settings=settings, tags=tags)
        self.arn: str = role.arn
        self.policy = (
            self.make(
                aws.iam_role_policy.IamRolePolicy,
                name="instance",
                role=role.name,
                policy=document(self, "policy", statements),
            )
            if statements
            else None
        )
