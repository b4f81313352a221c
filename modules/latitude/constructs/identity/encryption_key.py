"""Customer-managed KMS keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability

if TYPE_CHECKING:
    from latitude.spec import CustomerManagedKey


class EncryptionKey(Capability):
    """Makes a KMS key with yearly rotation, and its alias, in one region (KMS keys are regional)."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: CustomerManagedKey,
        provider: Any,
        alias: str,
        description: str,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        self.key = self.make(
            aws.kms_key.KmsKey,
            description=description,
            enable_key_rotation=True,
            deletion_window_in_days=spec.deletion_window_days,
        )
        self.make(aws.kms_alias.KmsAlias, name=f"alias/{alias}", target_key_id=self.key.key_id)
        self.arn: str = self.key.arn


def key_arn(
    scope: Capability,
    id: str,
    *,
    spec: CustomerManagedKey | None,
    region: str,
    alias: str,
    description: str,
) -> str | None:
    """Return the key's ARN in ``region``: the one given, or that of a key made below ``scope``; none without a spec."""
    if spec is None:
        return None
    if spec.arns is not None:
        return spec.arns[region]
    return EncryptionKey(scope, id, spec=spec, provider=scope.provider, alias=alias, description=description).arn


class ExistingKey(Capability):
    """Finds, by its alias in the provider's region, a key that another stack made."""

    def __init__(self, scope: Construct, id: str, *, provider: Any, alias: str) -> None:
        super().__init__(scope, id, provider=provider)
        self.arn: str = self.make(aws.data_aws_kms_alias.DataAwsKmsAlias, name=f"alias/{alias}").target_key_arn
