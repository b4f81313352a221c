"""Customer-managed KMS keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws, cdktf
from latitude.constructs.capability import Capability

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.spec import CustomerManagedKey


class EncryptionKey(Capability):
    """Makes a KMS key with yearly rotation, and its alias, in one region (KMS keys are regional).

    It is destroyed after whatever is updated not to use it any more: Terraform destroys first, unless a resource is
    made before its successor. With ``prevent_destroy`` no plan destroys it while its block is there.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: CustomerManagedKey,
        provider: Any,
        alias: str,
        description: str,
        prevent_destroy: bool = False,
        tags: Mapping[str, str] = {},
    ) -> None:
        super().__init__(scope, id, provider=provider)
        self.key = self.make(
            aws.kms_key.KmsKey,
            description=description,
            enable_key_rotation=True,
            deletion_window_in_days=spec.deletion_window_days,
            tags=dict(tags) or None,
            lifecycle=cdktf.TerraformResourceLifecycle(
                create_before_destroy=True, prevent_destroy=prevent_destroy or None
            ),
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
    keep: bool = False,
    prevent_destroy: bool = False,
    tags: Mapping[str, str] = {},
) -> str | None:
    """Return the key's ARN in ``region``: the one given, or that of a key made below ``scope``; none without a spec.

    With ``keep``, a key that was made here is left in AWS when the description no longer asks for one: what it has
    encrypted, backups too, can be read with it alone.
    """
    if spec is None or spec.arns is not None:
        if keep:
            scope.leave("aws_kms_key", id)
        return None if spec is None or spec.arns is None else spec.arns[region]
    return EncryptionKey(
        scope,
        id,
        spec=spec,
        provider=scope.provider,
        alias=alias,
        description=description,
        prevent_destroy=prevent_destroy,
        tags=tags,
    ).arn


class ExistingKey(Capability):
    """Finds, by its alias in the provider's region, a key that another stack made."""

    def __init__(self, scope: Construct, id: str, *, provider: Any, alias: str) -> None:
        super().__init__(scope, id, provider=provider)
        self.arn: str = self.make(aws.data_aws_kms_alias.DataAwsKmsAlias, name=f"alias/{alias}").target_key_arn
