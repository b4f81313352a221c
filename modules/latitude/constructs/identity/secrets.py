"""Secrets and parameters, by the ARNs that they have in the service's own region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latitude.bindings import aws
from latitude.constructs.capability import Capability
from latitude.constructs.identity.policy_document import IamStatement
from latitude.spec import Condition, SecretsManagerSecret, SsmParameter
from latitude.spec.expressions import without_prefix
from latitude.spec.names import terraform_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, kw_only=True)
class LocalSecret:
    """A secret in one region: what App Runner is told, and what the instance role must be allowed."""

    value_from: str
    arn: str
    action: str
    key_arn: str | None


class Secrets(Capability):
    """Finds a service's secrets in one region; reads none of their values, so that none gets into Terraform's state."""

    def __init__(
        self,
        scope: Any,
        id: str,
        *,
        spec: Mapping[str, SecretsManagerSecret | SsmParameter],
        provider: Any,
        region: str,
        account_id: str,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        self.region = region
        self.local = {
            variable: self._secret(variable, secret, region)
            if isinstance(secret, SecretsManagerSecret)
            else _parameter(secret, region, f"arn:aws:ssm:{region}:{account_id}:parameter")
            for variable, secret in spec.items()
        }

    def _secret(self, variable: str, secret: SecretsManagerSecret, region: str) -> LocalSecret:
        arn: str
        if secret.arns is not None:
            arn = secret.arns[region]
        else:
            arn = self.make(
                aws.data_aws_secretsmanager_secret.DataAwsSecretsmanagerSecret,
                terraform_name(variable),
                name=secret.name,
            ).arn
        return LocalSecret(
            # SECRET-ARN:JSON-KEY:VERSION-STAGE:VERSION-ID (App Runner Developer Guide, environment variables).
            value_from=arn if secret.json_key is None else f"{arn}:{secret.json_key}::",
            arn=arn,
            action="secretsmanager:GetSecretValue",
            key_arn=None if secret.kms_key_arns is None else secret.kms_key_arns[region],
        )

    def statements(self) -> Iterator[IamStatement]:
        """Yield the statements that let the service read just these secrets."""
        for action in ("secretsmanager:GetSecretValue", "ssm:GetParameters"):
            arns = dict.fromkeys(secret.arn for secret in self.local.values() if secret.action == action)
            if arns:
                yield IamStatement(sid=action.partition(":")[2], actions=[action], resources=list(arns))
        keys = [(secret.key_arn, secret.action) for secret in self.local.values() if secret.key_arn is not None]
        if keys:
            services = sorted({f"{action.partition(':')[0]}.{self.region}.amazonaws.com" for _, action in keys})
            yield IamStatement(
                sid="DecryptSecrets",
                actions=["kms:Decrypt"],
                resources=list(dict.fromkeys(arn for arn, _ in keys)),
                # The key may encrypt more than secrets (AWS KMS Developer Guide, kms:ViaService).
                conditions=[Condition(test="StringEquals", variable="kms:ViaService", values=tuple(services))],
            )


def _parameter(parameter: SsmParameter, region: str, prefix: str) -> LocalSecret:
    arn = (
        parameter.arns[region] if parameter.arns is not None else f"{prefix}/{without_prefix(str(parameter.name), '/')}"
    )
    return LocalSecret(
        value_from=arn,
        arn=arn,
        action="ssm:GetParameters",
        key_arn=None if parameter.kms_key_arns is None else parameter.kms_key_arns[region],
    )
