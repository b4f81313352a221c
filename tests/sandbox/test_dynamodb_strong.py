from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from latitude.sandbox.testing import ManualClock, refused

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from latitude.sandbox.pytest_plugin import ClientFactory

pytestmark = pytest.mark.sandbox

OPERATION_SECONDS = 0.5
STRONG = "for global tables with MultiRegionConsistency set to STRONG"


@pytest.fixture
def east(client: ClientFactory, clock: ManualClock) -> DynamoDBClient:  # noqa: ARG001 - the sandbox goes by the clock
    """Return us-east-1 with an empty table."""
    made: DynamoDBClient = client("dynamodb")
    made.create_table(
        TableName="ledger",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return made


def _create(source: DynamoDBClient, *regions: str, witness: str | None = None, consistency: Any = "STRONG") -> None:
    request: dict[str, Any] = {"ReplicaUpdates": [{"Create": {"RegionName": region}} for region in regions]}
    if witness is not None:
        request["GlobalTableWitnessUpdates"] = [{"Create": {"RegionName": witness}}]
    if consistency is not None:
        request["MultiRegionConsistency"] = consistency
    source.update_table(TableName="ledger", **request)


def _delete(source: DynamoDBClient, *regions: str, witness: str | None = None) -> None:
    request: dict[str, Any] = {"ReplicaUpdates": [{"Delete": {"RegionName": region}} for region in regions]}
    if witness is not None:
        request["GlobalTableWitnessUpdates"] = [{"Delete": {"RegionName": witness}}]
    source.update_table(TableName="ledger", **request)


@pytest.fixture
def strong(east: DynamoDBClient, clock: ManualClock) -> DynamoDBClient:
    """Return us-east-1, whose table is strongly consistent with us-east-2 and us-west-2."""
    _create(east, "us-east-2", "us-west-2")
    clock.advance(OPERATION_SECONDS)
    return east


@pytest.fixture
def witnessed(east: DynamoDBClient, clock: ManualClock) -> DynamoDBClient:
    """Return us-east-1, whose table is strongly consistent with us-east-2 and has a witness in us-west-2."""
    _create(east, "us-east-2", witness="us-west-2")
    clock.advance(OPERATION_SECONDS)
    return east


def test_three_replicas_are_created_by_one_request(strong: DynamoDBClient, client: ClientFactory) -> None:
    """Two replicas at once, which eventual consistency does not admit; every region says STRONG."""
    table = strong.describe_table(TableName="ledger")["Table"]
    assert [replica["RegionName"] for replica in table["Replicas"]] == ["us-east-2", "us-west-2"]
    for region in ("us-east-1", "us-east-2", "us-west-2"):
        described = client("dynamodb", region=region).describe_table(TableName="ledger")["Table"]
        assert described["MultiRegionConsistency"] == "STRONG"


def test_witness_is_no_table(witnessed: DynamoDBClient, client: ClientFactory) -> None:
    """The witness is listed, and its region holds no table of that name (DDB-TABLE-259)."""
    table = witnessed.describe_table(TableName="ledger")["Table"]
    assert table["GlobalTableWitnesses"] == [{"RegionName": "us-west-2", "WitnessStatus": "ACTIVE"}]
    assert [replica["RegionName"] for replica in table["Replicas"]] == ["us-east-2"]
    assert client("dynamodb", region="us-west-2").list_tables()["TableNames"] == []


@pytest.mark.parametrize(
    ("regions", "witness", "consistency", "message"),
    [
        (("us-east-2",), None, "STRONG", f"Unsupported replica count {STRONG}."),
        (("us-east-2", "us-west-2"), "us-west-1", "STRONG", f"Unsupported replica count {STRONG}."),
        (
            ("eu-west-1", "eu-west-2"),
            None,
            "STRONG",
            f"Unsupported Region(s) specified {STRONG}: [eu-west-1, eu-west-2].",
        ),
        (("us-east-2",), "us-west-1", "STRONG", f"Unsupported Region(s) specified {STRONG}: [us-west-1]."),
        (("us-east-2",), "us-east-2", "STRONG", "Cannot target multiple regions with the same action"),
        (
            ("us-east-2",),
            "us-east-1",
            "STRONG",
            (
                "Cannot add a witness in the same region as an existing replica when creating a global table with "
                "MultiRegionConsistency set to STRONG."
            ),
        ),
        (
            ("us-east-2",),
            "us-west-2",
            None,
            "MultiRegionConsistency must be set as STRONG when GlobalTableWitnessUpdates parameter is present.",
        ),
    ],
)
def test_region_sets_that_do_not_fit_are_refused(
    east: DynamoDBClient, regions: tuple[str, ...], witness: str | None, consistency: str | None, message: str
) -> None:
    """Exactly three regions of one set: the table's, and two replicas or a replica and a witness (DDB-TABLE-257)."""
    with refused("ValidationException", message):
        _create(east, *regions, witness=witness, consistency=consistency)


def test_table_that_holds_items_does_not_become_strong(east: DynamoDBClient) -> None:
    """Strong consistency begins with an empty table."""
    east.put_item(TableName="ledger", Item={"pk": {"S": "1"}})
    message = f"One or more parameter values were invalid: A table that holds items is not supported {STRONG}."
    with refused("ValidationException", message):
        _create(east, "us-east-2", "us-west-2")


def test_table_with_time_to_live_does_not_become_strong(east: DynamoDBClient) -> None:
    """Time to live is not for strong consistency."""
    east.update_time_to_live(TableName="ledger", TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"})
    message = f"One or more parameter values were invalid: Time to Live is not supported {STRONG}."
    with refused("ValidationException", message):
        _create(east, "us-east-2", "us-west-2")


def test_eventual_table_does_not_become_strong(east: DynamoDBClient, clock: ManualClock) -> None:
    """The mode is chosen with the first replica."""
    _create(east, "us-east-2", consistency=None)
    clock.advance(OPERATION_SECONDS)
    message = "MultiRegionConsistency parameter is unsupported on existing global table"
    with refused("ValidationException", message):
        _create(east, "us-west-2")


def test_strong_table_takes_no_more_replicas(strong: DynamoDBClient) -> None:
    """Its regions are fixed (DDB-TABLE-260)."""
    with refused("ValidationException", "Cannot add replicas to a global table with strong MultiRegionConsistency"):
        _create(strong, "eu-west-1", consistency=None)


def test_strong_table_does_not_lose_one_replica(strong: DynamoDBClient, client: ClientFactory) -> None:
    """Neither by ReplicaUpdates nor by DeleteTable in any region."""
    message = f"Deletion of only one table replica is not supported {STRONG}."
    with refused("ValidationException", message):
        _delete(strong, "us-west-2")
    for region in ("us-east-1", "us-west-2"):
        with refused("ValidationException", message):
            client("dynamodb", region=region).delete_table(TableName="ledger")


def test_witness_goes_with_its_replica(witnessed: DynamoDBClient, clock: ManualClock) -> None:
    """The replica alone cannot go; with the witness it leaves a regional table, which can be deleted."""
    with refused("ValidationException", "Update table delete operation does not include all witnesses."):
        _delete(witnessed, "us-east-2")
    _delete(witnessed, "us-east-2", witness="us-west-2")
    clock.advance(OPERATION_SECONDS)
    assert "MultiRegionConsistency" not in witnessed.describe_table(TableName="ledger")["Table"]
    witnessed.delete_table(TableName="ledger")


def test_both_replicas_go_together(strong: DynamoDBClient, clock: ManualClock) -> None:
    """One request takes a strong table apart (DDB-TABLE-261)."""
    _delete(strong, "us-east-2", "us-west-2")
    clock.advance(OPERATION_SECONDS)
    assert "Replicas" not in strong.describe_table(TableName="ledger")["Table"]


def test_strong_write_is_read_everywhere_at_once(strong: DynamoDBClient, client: ClientFactory) -> None:
    """A write that succeeded is read in the other regions whatever the delay of eventual consistency."""
    strong.put_item(TableName="ledger", Item={"pk": {"S": "1"}})
    for region in ("us-east-2", "us-west-2"):
        assert client("dynamodb", region=region).scan(TableName="ledger")["Count"] == 1
