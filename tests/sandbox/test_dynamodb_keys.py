from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from latitude.sandbox.testing import ManualClock, refused

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from latitude.sandbox.pytest_plugin import ClientFactory

pytestmark = pytest.mark.sandbox

OPERATION_SECONDS = 0.5
TABLE: dict[str, Any] = {
    "TableName": "orders",
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
    "BillingMode": "PAY_PER_REQUEST",
}
WITHOUT_KEY = "One or more parameter values were invalid: KMSMasterKeyId must be specified for each replica."


def _key(client: ClientFactory, region: str) -> str:
    arn: str = client("kms", region=region).create_key()["KeyMetadata"]["Arn"]
    return arn


def _encrypted(client: ClientFactory, key: str | None) -> DynamoDBClient:
    east: DynamoDBClient = client("dynamodb")
    specification: Any = {"Enabled": True, "SSEType": "KMS"}
    east.create_table(
        **TABLE, SSESpecification=specification if key is None else specification | {"KMSMasterKeyId": key}
    )
    return east


def _add(source: DynamoDBClient, **action: Any) -> None:
    create: Any = {"RegionName": "us-west-2", **action}
    source.update_table(TableName="orders", ReplicaUpdates=[{"Create": create}])


def test_replica_of_an_encrypted_table_has_a_key_of_its_region(client: ClientFactory, clock: ManualClock) -> None:
    """Each region's key is read back as its ARN, in its own region and in the other's list (DDB-TABLE-309)."""
    keys = {region: _key(client, region) for region in ("us-east-1", "us-west-2")}
    east = _encrypted(client, keys["us-east-1"])
    _add(east, KMSMasterKeyId=keys["us-west-2"].rsplit("/", 1)[-1])
    clock.advance(OPERATION_SECONDS)
    west = client("dynamodb", region="us-west-2")
    for region, asked, other in (("us-east-1", east, "us-west-2"), ("us-west-2", west, "us-east-1")):
        table = asked.describe_table(TableName="orders")["Table"]
        assert table["SSEDescription"]["KMSMasterKeyArn"] == keys[region]
        assert table["Replicas"][0]["KMSMasterKeyId"] == keys[other]


def test_replica_of_an_aws_managed_key_uses_the_one_of_its_region(client: ClientFactory, clock: ManualClock) -> None:
    """The kind of encryption is shared, the key is regional and is not listed."""
    east = _encrypted(client, None)
    _add(east)
    clock.advance(OPERATION_SECONDS)
    described = client("dynamodb", region="us-west-2").describe_table(TableName="orders")["Table"]
    assert described["SSEDescription"]["KMSMasterKeyArn"].startswith("arn:aws:kms:us-west-2:")
    assert "KMSMasterKeyId" not in east.describe_table(TableName="orders")["Table"]["Replicas"][0]


def test_replica_of_an_encrypted_table_without_a_key_is_refused(
    client: ClientFactory,
    clock: ManualClock,  # noqa: ARG001 - the sandbox goes by the clock
) -> None:
    """A customer's key stands on all replicas or on none."""
    east = _encrypted(client, _key(client, "us-east-1"))
    with refused("ValidationException", WITHOUT_KEY):
        _add(east)
    with refused("ValidationException", "All replica keys must either be Customer Managed CMK or AWS Managed CMK."):
        _add(east, KMSMasterKeyId="alias/aws/dynamodb")


def test_replica_with_another_regions_key_is_refused(
    client: ClientFactory,
    clock: ManualClock,  # noqa: ARG001 - the sandbox goes by the clock
) -> None:
    """The key must be in the replica's region."""
    key = _key(client, "us-east-1")
    east = _encrypted(client, key)
    with refused(
        "ValidationException", "KMS validation error for region us-west-2: NotFoundException: Invalid arn us-east-1"
    ):
        _add(east, KMSMasterKeyId=key)


def test_key_of_a_replica_is_not_changed_through_its_source(client: ClientFactory, clock: ManualClock) -> None:
    """ReplicaUpdates.Update rejects a key, even the same (DDB-TABLE-309)."""
    east = _encrypted(client, _key(client, "us-east-1"))
    key = _key(client, "us-west-2")
    _add(east, KMSMasterKeyId=key)
    clock.advance(OPERATION_SECONDS)
    update: Any = {"RegionName": "us-west-2", "KMSMasterKeyId": key}
    with refused("ValidationException", WITHOUT_KEY):
        east.update_table(TableName="orders", ReplicaUpdates=[{"Update": update}])


def test_encryption_is_changed_in_one_region_or_in_all(client: ClientFactory, clock: ManualClock) -> None:
    """AWS's own key goes to every region, a customer's stays in the one that is asked."""
    east = client("dynamodb")
    east.create_table(**TABLE)
    _add(east)
    clock.advance(OPERATION_SECONDS)
    west = client("dynamodb", region="us-west-2")
    east.update_table(TableName="orders", SSESpecification={"Enabled": True, "SSEType": "KMS"})
    for region, asked in (("us-east-1", east), ("us-west-2", west)):
        key = asked.describe_table(TableName="orders")["Table"]["SSEDescription"]["KMSMasterKeyArn"]
        assert key.startswith(f"arn:aws:kms:{region}:")
    own = _key(client, "us-west-2")
    west.update_table(TableName="orders", SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": own})
    assert west.describe_table(TableName="orders")["Table"]["SSEDescription"]["KMSMasterKeyArn"] == own
    assert east.describe_table(TableName="orders")["Table"]["SSEDescription"]["KMSMasterKeyArn"] != own


def test_table_with_a_key_that_does_not_exist_is_not_created(client: ClientFactory) -> None:
    """The key is looked up in the table's region."""
    key = _key(client, "us-west-2")
    with refused(
        "ValidationException", "KMS validation error for region us-east-1: NotFoundException: Invalid arn us-west-2"
    ):
        _encrypted(client, key)
    assert client("dynamodb").list_tables()["TableNames"] == []
