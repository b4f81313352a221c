"""The roles that a description names for Terraform to assume."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.spec.iam import IamStatement

if TYPE_CHECKING:
    from latitude.spec.application import Application


def assumed_roles(application: Application) -> tuple[str, ...]:
    """Return the ARNs of the roles that providers and the S3 backend assume, each once."""
    accounts = (application.account, application.dns_account)
    stated = [None if account is None else account.role_arn for account in accounts]
    # Only state in S3 has a role.
    stated.append(getattr(application.state, "role_arn", None))
    return tuple(dict.fromkeys(arn for arn in stated if arn is not None))


def assume_statements(application: Application) -> list[IamStatement]:
    """Return the statement that lets whoever runs Terraform take those roles; none where there are none."""
    roles = assumed_roles(application)
    return [IamStatement(sid="Assume", actions=["sts:AssumeRole"], resources=roles)] if roles else []
