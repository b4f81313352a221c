from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from latitude.sandbox.testing import ManualClock, refused

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from latitude.sandbox.pytest_plugin import ClientFactory

pytestmark = pytest.mark.sandbox

OPERATION_SECONDS = 0.5
DAY_SECONDS = 24 * 60 * 60
TABLE: dict[str, Any] = {
    "TableName": "orders",
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
}
BUSY = "The resource which you are attempting to change is in use."
RECENT_SOURCE = (
    "Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the table in "
    "the last 24 hours."
)
WEST: Any = [{"Create": {"RegionName": "us-west-2"}}]
EXISTS = (
    "Failed to create a the new replica of table with name: \u2018orders\u2019 because one or more replicas already "
    "existed as tables."
)


@pytest.fixture
def east(client: ClientFactory, clock: ManualClock) -> DynamoDBClient:  # noqa: ARG001 - the sandbox goes by the clock
    """Return us-east-1 with a regional table."""
    made: DynamoDBClient = client("dynamodb")
    made.create_table(**TABLE, BillingMode="PAY_PER_REQUEST")
    return made


@pytest.fixture
def both(east: DynamoDBClient, client: ClientFactory, clock: ManualClock) -> tuple[DynamoDBClient, DynamoDBClient]:
    """Return us-east-1 and us-west-2 with a global table that was made in the first."""
    east.update_table(TableName="orders", ReplicaUpdates=WEST)
    clock.advance(OPERATION_SECONDS)
    return east, client("dynamodb", region="us-west-2")


def test_second_replica_action_is_refused_while_the_first_lasts(east: DynamoDBClient, clock: ManualClock) -> None:
    """No two replicas are made at the same time; after the first the second is."""
    east.update_table(TableName="orders", ReplicaUpdates=WEST)
    third: Any = [{"Create": {"RegionName": "eu-west-1"}}]
    with refused("ResourceInUseException", BUSY):
        east.update_table(TableName="orders", ReplicaUpdates=third)
    clock.advance(OPERATION_SECONDS)
    east.update_table(TableName="orders", ReplicaUpdates=third)


def test_other_changes_are_refused_while_a_replica_is_made(east: DynamoDBClient) -> None:
    """UpdateTable waits for the replica (DDB-TABLE-227)."""
    east.update_table(TableName="orders", ReplicaUpdates=WEST)
    with refused("ResourceInUseException", BUSY):
        east.update_table(TableName="orders", DeletionProtectionEnabled=True)


@pytest.mark.parametrize(
    ("updates", "message"),
    [
        (
            [{"Create": {"RegionName": "us-west-2"}}, {"Create": {"RegionName": "eu-west-1"}}],
            "Update table operation with more than one create or delete replica actions not allowed",
        ),
        (
            [{"Create": {"RegionName": "us-east-1"}}],
            (
                "Cannot add, delete, or update the local region through ReplicaUpdates. Use CreateTable, DeleteTable, "
                "or UpdateTable as required."
            ),
        ),
        (
            [{"Delete": {"RegionName": "us-west-2"}}],
            (
                "Update global table operation failed because one or more replicas were not part of the global table. "
                "Please retry the request without these replicas: [us-west-2]. (Replica specified in the Replica "
                "Update or Replica Delete action of the request was not found.)"
            ),
        ),
        (
            [{"Create": {"RegionName": "us-west-2", "KMSMasterKeyId": "alias/mine"}}],
            "One or more parameter values were invalid: KMSMasterKeyId must be specified for each replica.",
        ),
    ],
)
def test_replica_updates_that_do_not_fit_are_refused(
    east: DynamoDBClient, updates: list[dict[str, Any]], message: str
) -> None:
    """Each rule has its own message, and the table stays regional."""
    asked: Any = updates
    with refused("ValidationException", message):
        east.update_table(TableName="orders", ReplicaUpdates=asked)
    assert "Replicas" not in east.describe_table(TableName="orders")["Table"]


def test_replica_in_a_region_that_does_not_exist_is_refused(east: DynamoDBClient) -> None:
    """The message lists the regions there are."""
    with pytest.raises(east.exceptions.ClientError, match=r"Region us-nowhere-1 is not supported\. The latest version"):
        east.update_table(TableName="orders", ReplicaUpdates=[{"Create": {"RegionName": "us-nowhere-1"}}])


def test_replica_beside_a_table_of_that_name_is_refused(east: DynamoDBClient, client: ClientFactory) -> None:
    """A stranger in the region is in the way (DDB-TABLE-225)."""
    client("dynamodb", region="us-west-2").create_table(**TABLE, BillingMode="PAY_PER_REQUEST")
    with refused("ValidationException", EXISTS):
        east.update_table(TableName="orders", ReplicaUpdates=WEST)


def test_replica_that_exists_cannot_be_created_again(both: tuple[DynamoDBClient, DynamoDBClient]) -> None:
    """So is the replica itself."""
    with refused("ValidationException", EXISTS):
        both[0].update_table(TableName="orders", ReplicaUpdates=WEST)


def test_update_of_a_replica_without_a_change_is_refused(both: tuple[DynamoDBClient, DynamoDBClient]) -> None:
    """An Update action says what to change."""
    with refused("ValidationException", "There are no actions specified in the Replica Update Action of the request."):
        both[0].update_table(TableName="orders", ReplicaUpdates=[{"Update": {"RegionName": "us-west-2"}}])


def test_replicas_are_changed_by_a_request_of_their_own(east: DynamoDBClient) -> None:
    """Nothing else may stand in the request (DDB-TABLE-224)."""
    with refused("ValidationException", "Requests that modify replicas or witnesses must not also modify other fields"):
        east.update_table(TableName="orders", ReplicaUpdates=WEST, DeletionProtectionEnabled=True)


def test_update_table_without_a_change_is_refused(east: DynamoDBClient) -> None:
    """A request must ask for something."""
    with pytest.raises(east.exceptions.ClientError, match="At least one of ProvisionedThroughput, BillingMode"):
        east.update_table(TableName="orders")


def test_stream_of_a_replica_cannot_be_disabled(both: tuple[DynamoDBClient, DynamoDBClient]) -> None:
    """Replication needs it, in every region."""
    message = "One or more parameter values were invalid: Disabling Stream is not allowed for a Global Table replica."
    for region in both:
        with refused("ValidationException", message):
            region.update_table(TableName="orders", StreamSpecification={"StreamEnabled": False})


def test_provisioned_table_is_not_replicated_without_auto_scaling(
    client: ClientFactory,
    clock: ManualClock,  # noqa: ARG001 - the sandbox goes by the clock
) -> None:
    """Writes must be on demand, or scaled by a target and a policy."""
    east = client("dynamodb")
    east.create_table(**TABLE, ProvisionedThroughput={"ReadCapacityUnits": 1, "WriteCapacityUnits": 1})
    message = "Table write capacity should either be Pay-Per-Request or AutoScaled."
    with refused("ValidationException", message):
        east.update_table(TableName="orders", ReplicaUpdates=WEST)
    scaling = client("application-autoscaling")
    subject = {
        "ServiceNamespace": "dynamodb",
        "ResourceId": "table/orders",
        "ScalableDimension": "dynamodb:table:WriteCapacityUnits",
    }
    scaling.register_scalable_target(**subject, MinCapacity=1, MaxCapacity=10)
    with refused("ValidationException", message):
        east.update_table(TableName="orders", ReplicaUpdates=WEST)
    metric = {"PredefinedMetricType": "DynamoDBWriteCapacityUtilization"}
    scaling.put_scaling_policy(
        **subject,
        PolicyName="writes",
        PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration={"TargetValue": 70.0, "PredefinedMetricSpecification": metric},
    )
    east.update_table(TableName="orders", ReplicaUpdates=WEST)


def test_source_cannot_be_deleted_before_its_replica_for_a_day(
    both: tuple[DynamoDBClient, DynamoDBClient], clock: ManualClock
) -> None:
    """The region a replica was added from stays for 24 hours."""
    with refused("ValidationException", RECENT_SOURCE):
        both[0].delete_table(TableName="orders")
    clock.advance(DAY_SECONDS)
    both[0].delete_table(TableName="orders")
    clock.advance(OPERATION_SECONDS)
    assert both[0].list_tables()["TableNames"] == []
    assert "Replicas" not in both[1].describe_table(TableName="orders")["Table"]


def test_source_can_be_deleted_after_its_replica(
    both: tuple[DynamoDBClient, DynamoDBClient], clock: ManualClock
) -> None:
    """With the replica gone there is nothing to wait for (DDB-TABLE-266)."""
    both[0].update_table(TableName="orders", ReplicaUpdates=[{"Delete": {"RegionName": "us-west-2"}}])
    clock.advance(OPERATION_SECONDS)
    both[0].delete_table(TableName="orders")
    assert both[0].list_tables()["TableNames"] == []


def test_deletion_protection_of_a_replica_holds_in_every_way(both: tuple[DynamoDBClient, DynamoDBClient]) -> None:
    """A protected replica is deleted neither through its source nor in its own region."""
    east, west = both
    west.update_table(TableName="orders", DeletionProtectionEnabled=True)
    assert east.describe_table(TableName="orders")["Table"]["DeletionProtectionEnabled"] is False
    message = (
        "Cannot delete table orders in region us-west-2 because it has deletion protection enabled. Disable deletion "
        "protection first."
    )
    with refused("ValidationException", message):
        east.update_table(TableName="orders", ReplicaUpdates=[{"Delete": {"RegionName": "us-west-2"}}])
    with refused("ValidationException", message):
        west.delete_table(TableName="orders")


def test_deletion_protection_of_a_regional_table_holds(east: DynamoDBClient) -> None:
    """The words are AWS's, which moto has not."""
    east.update_table(TableName="orders", DeletionProtectionEnabled=True)
    message = (
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first."
    )
    with refused("ValidationException", message):
        east.delete_table(TableName="orders")


def test_replica_that_is_being_created_cannot_be_deleted(east: DynamoDBClient, client: ClientFactory) -> None:
    """Creation cannot be cancelled (DDB-TABLE-298)."""
    east.update_table(TableName="orders", ReplicaUpdates=WEST)
    message = "Attempt to change a resource which is still in use: Table: orders is being used."
    with refused("ResourceInUseException", message):
        client("dynamodb", region="us-west-2").delete_table(TableName="orders")
