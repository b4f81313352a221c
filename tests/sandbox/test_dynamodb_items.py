from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from latitude.sandbox import settings
from latitude.sandbox.testing import ManualClock, refused

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from latitude.sandbox.pytest_plugin import ClientFactory

pytestmark = pytest.mark.sandbox

OPERATION_SECONDS = 0.5
DELAY_SECONDS = 2.0
KEY: Any = {"pk": {"S": "1"}, "sk": {"N": "7"}}


@pytest.fixture
def east(client: ClientFactory, clock: ManualClock) -> DynamoDBClient:
    """Return us-east-1 with a table that us-west-2 has, too."""
    made: DynamoDBClient = client("dynamodb")
    made.create_table(
        TableName="orders",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "N"},
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    made.put_item(TableName="orders", Item={**KEY, "v": {"S": "before"}})
    made.update_table(TableName="orders", ReplicaUpdates=[{"Create": {"RegionName": "us-west-2"}}])
    clock.advance(OPERATION_SECONDS)
    return made


@pytest.fixture
def west(client: ClientFactory, east: DynamoDBClient) -> DynamoDBClient:  # noqa: ARG001 - the table is made there
    """Return us-west-2."""
    made: DynamoDBClient = client("dynamodb", region="us-west-2")
    return made


@pytest.fixture
def delayed(east: DynamoDBClient) -> None:  # noqa: ARG001 - the sandbox must be running
    """Let writes take DELAY_SECONDS to the other region."""
    settings.use(dataclasses.replace(settings.get(), replication_delay_seconds=DELAY_SECONDS))


def _value(asked: DynamoDBClient) -> str | None:
    item = asked.get_item(TableName="orders", Key=KEY).get("Item")
    return None if item is None else item["v"]["S"]


def test_items_written_before_the_replica_are_in_it(west: DynamoDBClient) -> None:
    """A new replica holds what the table held."""
    assert _value(west) == "before"


def test_put_item_is_read_in_the_other_region(east: DynamoDBClient, west: DynamoDBClient) -> None:
    """A put goes both ways."""
    east.put_item(TableName="orders", Item={**KEY, "v": {"S": "east"}})
    assert _value(west) == "east"
    west.put_item(TableName="orders", Item={**KEY, "v": {"S": "west"}})
    assert _value(east) == "west"


def test_update_item_is_read_in_the_other_region(east: DynamoDBClient, west: DynamoDBClient) -> None:
    """An update is."""
    west.update_item(
        TableName="orders", Key=KEY, UpdateExpression="SET v = :v", ExpressionAttributeValues={":v": {"S": "new"}}
    )
    assert _value(east) == "new"


def test_delete_item_is_seen_in_the_other_region(east: DynamoDBClient, west: DynamoDBClient) -> None:
    """A deletion is."""
    west.delete_item(TableName="orders", Key=KEY)
    assert _value(east) is None


def test_batch_write_is_read_in_the_other_region(east: DynamoDBClient, west: DynamoDBClient) -> None:
    """Puts and deletions of a batch are."""
    put: Any = {"PutRequest": {"Item": {"pk": {"S": "2"}, "sk": {"N": "1"}}}}
    east.batch_write_item(RequestItems={"orders": [put, {"DeleteRequest": {"Key": KEY}}]})
    assert [item["pk"]["S"] for item in west.scan(TableName="orders")["Items"]] == ["2"]


def test_transaction_is_read_in_the_other_region(east: DynamoDBClient, west: DynamoDBClient) -> None:
    """Every write of a transaction is."""
    other: Any = {"pk": {"S": "2"}, "sk": {"N": "1"}}
    change: Any = {
        "TableName": "orders",
        "Key": KEY,
        "UpdateExpression": "SET v = :v",
        "ExpressionAttributeValues": {":v": {"S": "paid"}},
    }
    east.transact_write_items(TransactItems=[{"Update": change}, {"Put": {"TableName": "orders", "Item": other}}])
    assert _value(west) == "paid"
    assert west.scan(TableName="orders")["Count"] == 2


def test_cancelled_transaction_sends_nothing(east: DynamoDBClient, west: DynamoDBClient) -> None:
    """Of a transaction that is cancelled the other region sees nothing."""
    put: Any = {"TableName": "orders", "Item": {**KEY, "v": {"S": "never"}}}
    check: Any = {
        "TableName": "orders",
        "Key": {"pk": {"S": "9"}, "sk": {"N": "9"}},
        "ConditionExpression": "attribute_exists(pk)",
    }
    reasons = (
        "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]"
    )
    with refused("TransactionCanceledException", reasons):
        east.transact_write_items(TransactItems=[{"Put": put}, {"ConditionCheck": check}])
    assert (_value(east), _value(west)) == ("before", "before")


def test_partiql_statement_is_read_in_the_other_region(east: DynamoDBClient, west: DynamoDBClient) -> None:
    """What a PartiQL statement changes is."""
    east.execute_statement(Statement="INSERT INTO orders VALUE {'pk': '2', 'sk': 1, 'v': 'ql'}")
    east.execute_statement(Statement="DELETE FROM orders WHERE pk = '1'")
    assert [item["v"]["S"] for item in west.scan(TableName="orders")["Items"]] == ["ql"]


@pytest.mark.usefixtures("delayed")
def test_delayed_write_is_read_elsewhere_when_it_has_arrived(
    east: DynamoDBClient, west: DynamoDBClient, clock: ManualClock
) -> None:
    """Until the delay is over the other region reads the old item."""
    east.put_item(TableName="orders", Item={**KEY, "v": {"S": "new"}})
    clock.advance(DELAY_SECONDS - 0.1)
    assert (_value(east), _value(west)) == ("new", "before")
    clock.advance(0.1)
    assert _value(west) == "new"


@pytest.mark.usefixtures("delayed")
def test_last_writer_wins_in_every_region(east: DynamoDBClient, west: DynamoDBClient, clock: ManualClock) -> None:
    """Of two writes that cross, the later one is everywhere in the end, and the earlier one does not overwrite it."""
    east.put_item(TableName="orders", Item={**KEY, "v": {"S": "first"}})
    clock.advance(1.0)
    west.put_item(TableName="orders", Item={**KEY, "v": {"S": "last"}})
    clock.advance(DELAY_SECONDS - 1.0)
    assert (_value(east), _value(west)) == ("first", "last")
    clock.advance(1.0)
    assert (_value(east), _value(west)) == ("last", "last")


def test_replicated_write_is_not_sent_back(client: ClientFactory, west: DynamoDBClient) -> None:
    """One write is one record in the stream of each region: nothing goes round in a loop."""
    west.put_item(TableName="orders", Item={**KEY, "v": {"S": "once"}})
    for region in ("us-east-1", "us-west-2"):
        streams = client("dynamodbstreams", region=region)
        stream = streams.list_streams(TableName="orders")["Streams"][0]["StreamArn"]
        shard = streams.describe_stream(StreamArn=stream)["StreamDescription"]["Shards"][0]["ShardId"]
        iterator = streams.get_shard_iterator(StreamArn=stream, ShardId=shard, ShardIteratorType="TRIM_HORIZON")[
            "ShardIterator"
        ]
        records = streams.get_records(ShardIterator=iterator)["Records"]
        assert [record["dynamodb"]["NewImage"]["v"] for record in records] == [{"S": "once"}]


def test_writes_stop_at_a_replica_that_is_gone(east: DynamoDBClient, client: ClientFactory, clock: ManualClock) -> None:
    """A table of that name made later in the region is a stranger."""
    east.update_table(TableName="orders", ReplicaUpdates=[{"Delete": {"RegionName": "us-west-2"}}])
    clock.advance(OPERATION_SECONDS)
    west = client("dynamodb", region="us-west-2")
    west.create_table(
        TableName="orders",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    east.put_item(TableName="orders", Item=KEY)
    assert west.scan(TableName="orders")["Count"] == 0
