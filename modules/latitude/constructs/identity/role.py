"""IAM roles: the one place that makes them, so that what an organization demands of roles is true of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import aws
from latitude.constructs.identity.policy_document import document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.constructs.capability import Capability
    from latitude.spec import RoleSettings
    from latitude.spec.iam import IamStatement


def make_role(
    capability: Capability,
    *,
    name: str,
    trust: IamStatement,
    settings: RoleSettings,
    tags: Mapping[str, str] = {},
) -> Any:
    """Make a role at the capability's own address, which whoever ``trust`` says may take; return the resource."""
    return capability.make(
        aws.iam_role.IamRole,
        name=name,
        path=None if settings.path == "/" else settings.path,
        permissions_boundary=settings.permissions_boundary_arn,
        assume_role_policy=document(capability, "trust", [trust]),
        tags=dict(tags) or None,
    )
