"""Roles that jobs elsewhere have in AWS, without stored keys: each shows a token that says what it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability
from latitude.constructs.identity.policy_document import document
from latitude.constructs.identity.role import make_role
from latitude.spec.addresses import attachment
from latitude.spec.iam import oidc_trust

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from latitude.spec import Condition, RoleSettings
    from latitude.spec.iam import IamStatement


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """Who signs the tokens, and whom they are for."""

    arn: str
    hostname: str
    audience: str


class OidcProvider(Capability):
    """Tells AWS whose tokens to believe; IAM fetches the host's thumbprint itself (IAM CreateOpenIDConnectProvider)."""

    def __init__(self, scope: Construct, id: str, *, provider: Any, hostname: str, audience: str) -> None:
        super().__init__(scope, id, provider=provider)
        made = self.make(
            aws.iam_openid_connect_provider.IamOpenidConnectProvider,
            url=f"https://{hostname}",
            client_id_list=[audience],
        )
        self.arn: str = made.arn


class OidcRole(Capability):
    """Makes a role for jobs whose token is for the audience and has one of ``subjects``, whole.

    ``policy_arns`` are managed policies, ``policies`` the role's own, by name; ``conditions`` narrow whom it trusts.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        provider: Any,
        name: str,
        issuer: Issuer,
        settings: RoleSettings,
        subjects: Sequence[str],
        policy_arns: Sequence[str] = (),
        policies: Mapping[str, Sequence[IamStatement]] = {},
        conditions: Sequence[Condition] = (),
    ) -> None:
        super().__init__(scope, id, provider=provider)
        trust = oidc_trust(
            issuer_arn=issuer.arn,
            hostname=issuer.hostname,
            audience=issuer.audience,
            subjects=subjects,
            conditions=conditions,
        )
        role = make_role(self, name=name, trust=trust, settings=settings)
        for arn in policy_arns:
            self.make(
                aws.iam_role_policy_attachment.IamRolePolicyAttachment,
                attachment(arn),
                role=role.name,
                policy_arn=arn,
            )
        for policy, statements in policies.items():
            if statements:
                self.make(
                    aws.iam_role_policy.IamRolePolicy,
                    policy,
                    name=policy,
                    role=role.name,
                    policy=document(self, policy, statements),
                )
        self.arn: str = role.arn


def issuer_of(scope: Construct, id: str, *, given: str | None, provider: Any, hostname: str, audience: str) -> Issuer:
    """Return the issuer at a host: with the account's provider for it, or one that is made."""
    arn = given
    if arn is None:
        arn = OidcProvider(scope, id, provider=provider, hostname=hostname, audience=audience).arn
    return Issuer(arn=arn, hostname=hostname, audience=audience)
