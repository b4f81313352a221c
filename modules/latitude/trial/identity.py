"""What an application finds in IAM: policies and OIDC providers for its own roles, and roles of its services."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from latitude.spec import CloudState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec import Application, GithubRoles, RunRole
    from latitude.trial.aws import Clients

_POLICY: Final = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "sts:GetCallerIdentity", "Resource": "*"}],
}
_AWS_S_OWN: Final = "aws"
_TRUST: Final = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "tasks.apprunner.amazonaws.com"}}
    ],
}


def make_identity(application: Application, clients: Clients) -> None:
    """Make the roles, customer-managed policies and OIDC providers that the application names; leave what exists.

    Such a role has no policy, and such a policy allows nothing that matters: the real ones are unknown here.
    """
    iam = clients("iam", application.home_region)
    for service in application.services:
        if service.instance_role_arn is not None:
            above, _, name = service.instance_role_arn.partition(":role")[2].rpartition("/")
            with suppress(iam.exceptions.EntityAlreadyExistsException):
                iam.create_role(RoleName=name, Path=f"{above}/", AssumeRolePolicyDocument=json.dumps(_TRUST))
    for arn in _policies(application):
        account, path = arn.split(":", 5)[4:]
        above, _, name = path.removeprefix("policy").rpartition("/")
        if account != _AWS_S_OWN:
            with suppress(iam.exceptions.EntityAlreadyExistsException):
                iam.create_policy(PolicyName=name, Path=f"{above}/", PolicyDocument=json.dumps(_POLICY))
    for roles in _roles(application):
        if roles.oidc_provider_arn is not None:
            host = roles.oidc_provider_arn.partition(":oidc-provider/")[2]
            with suppress(iam.exceptions.EntityAlreadyExistsException):
                iam.create_open_id_connect_provider(Url=f"https://{host}", ClientIDList=["sts.amazonaws.com"])


def _policies(application: Application) -> Iterator[str]:
    if application.roles.permissions_boundary_arn is not None:
        yield application.roles.permissions_boundary_arn
    for roles in _roles(application):
        yield from roles.policy_arns
        yield from () if roles.plan_policy_arns is None else roles.plan_policy_arns


def _roles(application: Application) -> Iterator[GithubRoles | RunRole]:
    if application.pipeline is not None:
        yield application.pipeline
    state = application.state
    if isinstance(state, CloudState) and state.workspaces is not None and state.workspaces.role is not None:
        yield state.workspaces.role
