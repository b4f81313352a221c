from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from latitude.sandbox.testing import ManualClock, refused

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from latitude.sandbox.pytest_plugin import ClientFactory

pytestmark = pytest.mark.sandbox

OPERATION_SECONDS = 0.5
STREAM: Any = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
TABLE: dict[str, Any] = {
    "TableName": "orders",
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
    "BillingMode": "PAY_PER_REQUEST",
}


@pytest.fixture
def east(client: ClientFactory, clock: ManualClock) -> DynamoDBClient:  # noqa: ARG001 - the sandbox goes by the clock
    """Return us-east-1 with a table that has a stream."""
    made: DynamoDBClient = client("dynamodb")
    made.create_table(**TABLE, StreamSpecification=STREAM)
    return made


@pytest.fixture
def west(client: ClientFactory) -> DynamoDBClient:
    """Return us-west-2."""
    made: DynamoDBClient = client("dynamodb", region="us-west-2")
    return made


def _update(source: DynamoDBClient, **actions: Any) -> None:
    updates: Any = [{action: {"RegionName": region}} for action, region in actions.items()]
    source.update_table(TableName="orders", ReplicaUpdates=updates)


def _replicas(asked: DynamoDBClient) -> list[tuple[str, str]]:
    table = asked.describe_table(TableName="orders")["Table"]
    return [(replica["RegionName"], replica["ReplicaStatus"]) for replica in table.get("Replicas", [])]


def _add(source: DynamoDBClient, clock: ManualClock, region: str) -> None:
    _update(source, Create=region)
    clock.advance(OPERATION_SECONDS)


def test_replica_is_creating_and_then_active(east: DynamoDBClient, west: DynamoDBClient, clock: ManualClock) -> None:
    """A new replica is CREATING for the operation's time, its source UPDATING, and ACTIVE after it."""
    _update(east, Create="us-west-2")
    assert _replicas(east) == [("us-west-2", "CREATING")]
    assert east.describe_table(TableName="orders")["Table"]["TableStatus"] == "UPDATING"
    assert west.describe_table(TableName="orders")["Table"]["TableStatus"] == "CREATING"
    clock.advance(OPERATION_SECONDS)
    assert _replicas(east) == [("us-west-2", "ACTIVE")]
    assert west.describe_table(TableName="orders")["Table"]["TableStatus"] == "ACTIVE"


def test_describe_table_lists_the_other_regions_and_never_its_own(
    client: ClientFactory, east: DynamoDBClient, west: DynamoDBClient, clock: ManualClock
) -> None:
    """Each region sees the others, and the version of global tables (DDB-TABLE-265)."""
    _add(east, clock, "us-west-2")
    _add(east, clock, "eu-west-1")
    ireland = client("dynamodb", region="eu-west-1")
    assert [region for region, _ in _replicas(east)] == ["us-west-2", "eu-west-1"]
    assert [region for region, _ in _replicas(west)] == ["us-east-1", "eu-west-1"]
    assert [region for region, _ in _replicas(ireland)] == ["us-east-1", "us-west-2"]
    for asked in (east, west, ireland):
        assert asked.describe_table(TableName="orders")["Table"]["GlobalTableVersion"] == "2019.11.21"


def test_describe_table_without_replicas_says_nothing_of_global_tables(east: DynamoDBClient) -> None:
    """A regional table has neither Replicas nor a version."""
    assert {"Replicas", "GlobalTableVersion", "MultiRegionConsistency"}.isdisjoint(
        east.describe_table(TableName="orders")["Table"]
    )


def test_replica_has_the_schema_indexes_stream_and_billing_of_its_source(
    client: ClientFactory, west: DynamoDBClient, clock: ManualClock
) -> None:
    """A replica is a real table: what defines the data is the source's."""
    source = client("dynamodb")
    projection = {"ProjectionType": "ALL"}
    source.create_table(
        TableName="orders",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk", "g", "l")],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification=STREAM,
        GlobalSecondaryIndexes=[
            {"IndexName": "by-g", "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}], "Projection": projection}
        ],
        LocalSecondaryIndexes=[
            {
                "IndexName": "by-l",
                "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "l", "KeyType": "RANGE"}],
                "Projection": projection,
            }
        ],
    )
    _add(source, clock, "us-west-2")
    table, replica = (asked.describe_table(TableName="orders")["Table"] for asked in (source, west))
    for member in ("KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "LocalSecondaryIndexes"):
        assert replica[member] == table[member]
    assert replica["StreamSpecification"] == STREAM
    assert replica["BillingModeSummary"] == {"BillingMode": "PAY_PER_REQUEST"}
    assert replica["LatestStreamArn"].startswith("arn:aws:dynamodb:us-west-2:")
    assert replica["TableArn"] == table["TableArn"].replace("us-east-1", "us-west-2")


def test_replica_has_its_own_tags_recovery_and_protection(
    client: ClientFactory, west: DynamoDBClient, clock: ManualClock
) -> None:
    """Tags, point-in-time recovery and deletion protection of the source do not come along."""
    source = client("dynamodb")
    source.create_table(**TABLE, Tags=[{"Key": "App", "Value": "shop"}], DeletionProtectionEnabled=True)
    source.update_continuous_backups(
        TableName="orders", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    _add(source, clock, "us-west-2")
    replica = west.describe_table(TableName="orders")["Table"]
    backups = west.describe_continuous_backups(TableName="orders")["ContinuousBackupsDescription"]
    assert west.list_tags_of_resource(ResourceArn=replica["TableArn"])["Tags"] == []
    assert replica["DeletionProtectionEnabled"] is False
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "DISABLED"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, "NEW_AND_OLD_IMAGES"),
        ("KEYS_ONLY", "KEYS_ONLY"),
    ],
)
def test_replica_of_a_table_without_a_stream_turns_it_on(
    client: ClientFactory, west: DynamoDBClient, clock: ManualClock, before: str | None, after: str
) -> None:
    """AWS turns a missing stream on and leaves another view type as it is (DDB-TABLE-305)."""
    source = client("dynamodb")
    stream = {} if before is None else {"StreamSpecification": {"StreamEnabled": True, "StreamViewType": before}}
    source.create_table(**TABLE, **stream)
    _add(source, clock, "us-west-2")
    for asked in (source, west):
        table = asked.describe_table(TableName="orders")["Table"]
        assert table["StreamSpecification"] == {"StreamEnabled": True, "StreamViewType": after}


def test_replica_that_is_being_created_is_only_described(east: DynamoDBClient, west: DynamoDBClient) -> None:
    """Until it is ACTIVE, DescribeTable alone finds a replica (DDB-TABLE-298)."""
    _update(east, Create="us-west-2")
    with refused("ResourceNotFoundException", "Requested resource not found: Table: orders not found"):
        west.get_item(TableName="orders", Key={"pk": {"S": "1"}})


def test_deleted_replica_is_deleting_and_then_gone(
    east: DynamoDBClient, west: DynamoDBClient, clock: ManualClock
) -> None:
    """A replica is DELETING for the operation's time; with the last one the table is regional again."""
    _add(east, clock, "us-west-2")
    _update(east, Delete="us-west-2")
    assert _replicas(east) == [("us-west-2", "DELETING")]
    clock.advance(OPERATION_SECONDS)
    assert "GlobalTableVersion" not in east.describe_table(TableName="orders")["Table"]
    assert west.list_tables()["TableNames"] == []
    with refused("ResourceNotFoundException", "Requested resource not found: Table: orders not found"):
        west.describe_table(TableName="orders")


def test_deleting_a_replica_in_its_own_region_leaves_the_others(
    client: ClientFactory, east: DynamoDBClient, west: DynamoDBClient, clock: ManualClock
) -> None:
    """DeleteTable in a replica's region removes that replica (DDB-TABLE-297)."""
    _add(east, clock, "us-west-2")
    _add(east, clock, "eu-west-1")
    assert west.delete_table(TableName="orders")["TableDescription"]["TableStatus"] == "DELETING"
    clock.advance(OPERATION_SECONDS)
    assert _replicas(east) == [("eu-west-1", "ACTIVE")]
    assert _replicas(client("dynamodb", region="eu-west-1")) == [("us-east-1", "ACTIVE")]


def test_region_takes_a_replica_again_after_its_first_is_gone(
    east: DynamoDBClient, west: DynamoDBClient, clock: ManualClock
) -> None:
    """A replica can be removed and added again, and is complete."""
    east.put_item(TableName="orders", Item={"pk": {"S": "1"}})
    _add(east, clock, "us-west-2")
    _update(east, Delete="us-west-2")
    clock.advance(OPERATION_SECONDS)
    _add(east, clock, "us-west-2")
    assert west.scan(TableName="orders")["Count"] == 1


def test_replica_may_be_added_through_any_member(
    client: ClientFactory, east: DynamoDBClient, west: DynamoDBClient, clock: ManualClock
) -> None:
    """The regions of a global table are equals: each can add another (DDB-TABLE-265)."""
    _add(east, clock, "us-west-2")
    _add(west, clock, "eu-west-1")
    assert _replicas(client("dynamodb", region="eu-west-1")) == [("us-east-1", "ACTIVE"), ("us-west-2", "ACTIVE")]
