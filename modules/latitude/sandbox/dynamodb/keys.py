"""The KMS keys of a global table: each region's replica has its own, and all are of one kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.kms.models import kms_backends

from latitude.sandbox.dynamodb.exceptions import KeyKindsException, KeyNotFoundException, ReplicaKeyException

if TYPE_CHECKING:
    from moto.dynamodb.models.table import Table

AWS_MANAGED = "alias/aws/dynamodb"


def resolve(key: str, *, account_id: str, region: str) -> str:
    """Return the ARN of ``key`` (an id, an ARN, an alias or its ARN) in ``region``, as AWS reads it back.

    Raises ``KeyNotFoundException`` if the key is another region's or does not exist.
    """
    if key.startswith("arn:") and key.split(":")[3] != region:
        raise KeyNotFoundException(region=region, why=f"Invalid arn {key.split(':')[3]}")
    kms = kms_backends[account_id][region]
    name = kms.get_alias_name(key)
    key_id = kms.get_key_id_from_alias(name) if name.startswith("alias/") else kms.get_key_id(key)
    if key_id not in kms.keys:
        raise KeyNotFoundException(region=region, why=f"Key '{key}' does not exist")
    return str(kms.keys[key_id].arn)


def customer_key(table: Table) -> str | None:
    """Return the ARN of the customer managed key of ``table``; ``None`` if AWS owns or manages its key."""
    specification = table.sse_specification
    if not specification or not specification.get("Enabled"):
        return None
    key = specification.get("KMSMasterKeyId")
    if key is None or key == resolve(AWS_MANAGED, account_id=table.account_id, region=table.region_name):
        return None
    return str(key)


def replica_encryption(source: Table, *, region: str, key: str | None) -> dict[str, Any] | None:
    """Return the encryption of a new replica of ``source`` in ``region`` that is asked for with the key ``key``.

    Raises ``ReplicaKeyException`` unless both or neither have a customer managed key, ``KeyKindsException`` if the
    replica's is AWS's while the source's is the customer's, ``KeyNotFoundException`` as ``resolve`` does.
    """
    managed = source.sse_specification is not None and bool(source.sse_specification.get("Enabled"))
    if customer_key(source) is None:
        if key is not None:
            raise ReplicaKeyException
        return {"Enabled": True} if managed else None
    if key is None:
        raise ReplicaKeyException
    if key.endswith(AWS_MANAGED):
        raise KeyKindsException
    return {"Enabled": True, "KMSMasterKeyId": resolve(key, account_id=source.account_id, region=region)}
