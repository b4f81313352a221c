"""Secrets and parameters, by the ARNs that they have in the service's own region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import aws
from latitude.constructs.capability import Capability
from latitude.spec import SecretsManagerSecret, SsmParameter
from latitude.spec.grants import LocalSecret
from latitude.spec.names import terraform_name
from latitude.spec.partition import make_arn

if TYPE_CHECKING:
    from collections.abc import Mapping


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
        self.local = {
            variable: self._secret(variable, secret, region)
            if isinstance(secret, SecretsManagerSecret)
            else _parameter(secret, region, make_arn("ssm", "parameter", region=region, account_id=account_id))
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
            value_from=secret.reference(arn),
            arn=arn,
            action="secretsmanager:GetSecretValue",
            key_arn=None if secret.kms_key_arns is None else secret.kms_key_arns[region],
        )


def _parameter(parameter: SsmParameter, region: str, prefix: str) -> LocalSecret:
    arn = parameter.arns[region] if parameter.arns is not None else f"{prefix}/{str(parameter.name).removeprefix('/')}"
    return LocalSecret(
        value_from=arn,
        arn=arn,
        action="ssm:GetParameters",
        key_arn=None if parameter.kms_key_arns is None else parameter.kms_key_arns[region],
    )
