"""The roles that runs of HCP Terraform have in AWS, without stored keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from modules.bindings import Construct, aws
from modules.constructs.capability import Capability
from modules.constructs.policy import Grant, document
from modules.spec import Condition
from modules.spec.names import MAX_ROLE_NAME_LENGTH, shortened, terraform_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from modules.spec import RunRole

_AUDIENCE: Final = "aws.workload.identity"
_PREFIX: Final = ":policy/"


class RunRoles(Capability):
    """Makes a role for runs, or one for applies and one for plans, and the OIDC provider that both trust.

    The token of a run names its organization, project, workspace and phase in ``sub`` (HCP Terraform, workload
    identity); the role is given for those of ``subjects``, each ``organization:…:workspace:NAME``. IAM fetches the
    host's thumbprint itself where none is given (IAM CreateOpenIDConnectProvider). ``environment`` leads runs to the
    roles.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: RunRole,
        provider: Any,
        application: str,
        hostname: str,
        subjects: Sequence[str],
    ) -> None:
        super().__init__(scope, id, provider=provider)
        self._hostname, self._subjects, self._application = hostname, subjects, application
        self._oidc_arn = spec.oidc_provider_arn
        if self._oidc_arn is None:
            module = aws.iam_openid_connect_provider
            made = self.make(module.IamOpenidConnectProvider, url=f"https://{hostname}", client_id_list=[_AUDIENCE])
            self._oidc_arn = made.arn
        if spec.plan_policy_arns:
            arns = {
                "TFC_AWS_PLAN_ROLE_ARN": self._role("plan", "plan", spec.plan_policy_arns),
                "TFC_AWS_APPLY_ROLE_ARN": self._role("apply", "apply", spec.policy_arns),
            }
        else:
            arns = {"TFC_AWS_RUN_ROLE_ARN": self._role("run", "*", spec.policy_arns)}
        self.environment: dict[str, str] = {"TFC_AWS_PROVIDER_AUTH": "true", **arns}

    def _role(self, role: str, phase: str, policy_arns: Sequence[str]) -> str:
        trust = Grant(
            actions=["sts:AssumeRoleWithWebIdentity"],
            principal_type="Federated",
            principals=[self._oidc_arn or ""],
            conditions=[
                Condition(test="StringEquals", variable=f"{self._hostname}:aud", values=(_AUDIENCE,)),
                Condition(
                    test="StringLike",
                    variable=f"{self._hostname}:sub",
                    values=tuple(f"{subject}:run_phase:{phase}" for subject in self._subjects),
                ),
            ],
        )
        made = self.make(
            aws.iam_role.IamRole,
            role,
            name=shortened(f"{self._application}-hcp-{role}", MAX_ROLE_NAME_LENGTH),
            assume_role_policy=document(self, f"{role}_trust", [trust]),
        )
        for arn in policy_arns:
            self.make(
                aws.iam_role_policy_attachment.IamRolePolicyAttachment,
                f"{role}_{terraform_name(arn.partition(_PREFIX)[2])}",
                role=made.name,
                policy_arn=arn,
            )
        return str(made.arn)
