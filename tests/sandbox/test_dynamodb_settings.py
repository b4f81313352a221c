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


@pytest.fixture
def both(client: ClientFactory, clock: ManualClock) -> tuple[DynamoDBClient, DynamoDBClient]:
    """Return us-east-1 and us-west-2 with a global table."""
    east: DynamoDBClient = client("dynamodb")
    east.create_table(**TABLE)
    east.update_table(TableName="orders", ReplicaUpdates=[{"Create": {"RegionName": "us-west-2"}}])
    clock.advance(OPERATION_SECONDS)
    return east, client("dynamodb", region="us-west-2")


def _add(source: DynamoDBClient, **action: Any) -> None:
    create: Any = {"RegionName": "us-west-2", **action}
    source.update_table(TableName="orders", ReplicaUpdates=[{"Create": create}])


def test_index_added_in_one_region_is_in_the_other(both: tuple[DynamoDBClient, DynamoDBClient]) -> None:
    """Indexes belong to the whole table, from whichever region they are changed (DDB-TABLE-296)."""
    index: Any = {
        "IndexName": "by-g",
        "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "ALL"},
    }
    attributes: Any = [{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "g")]
    east, west = both
    west.update_table(
        TableName="orders", AttributeDefinitions=attributes, GlobalSecondaryIndexUpdates=[{"Create": index}]
    )
    for region in both:
        described = region.describe_table(TableName="orders")["Table"]
        assert [entry["IndexName"] for entry in described["GlobalSecondaryIndexes"]] == ["by-g"]
        assert described["AttributeDefinitions"] == attributes
    east.update_table(TableName="orders", GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "by-g"}}])
    assert west.describe_table(TableName="orders")["Table"].get("GlobalSecondaryIndexes", []) == []


def test_time_to_live_set_in_one_region_is_in_the_other(both: tuple[DynamoDBClient, DynamoDBClient]) -> None:
    """So does time to live."""
    both[1].update_time_to_live(
        TableName="orders", TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"}
    )
    for region in both:
        described = region.describe_time_to_live(TableName="orders")["TimeToLiveDescription"]
        assert described == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"}


def test_time_to_live_is_turned_off_by_the_name_of_its_attribute(
    both: tuple[DynamoDBClient, DynamoDBClient],
) -> None:
    """And is on for one attribute at a time (ack-api-quirks; terraform-provider-aws 44730)."""

    def change(attribute: str, *, enabled: bool) -> None:
        specification: Any = {"Enabled": enabled, "AttributeName": attribute}
        both[0].update_time_to_live(TableName="orders", TimeToLiveSpecification=specification)

    with refused("ValidationException", "TimeToLive is already disabled"):
        change("expires", enabled=False)
    change("expires", enabled=True)
    with refused("ValidationException", "TimeToLive is already enabled"):
        change("expires", enabled=True)
    other = "TimeToLive is active on a different AttributeName: current AttributeName is expires"
    for enabled in (True, False):
        with refused("ValidationException", other):
            change("ends", enabled=enabled)
    change("expires", enabled=False)
    for region in both:
        described = region.describe_time_to_live(TableName="orders")["TimeToLiveDescription"]
        assert described == {"TimeToLiveStatus": "DISABLED"}


def test_tags_recovery_protection_insights_and_policy_are_each_regions_own(
    both: tuple[DynamoDBClient, DynamoDBClient],
) -> None:
    """What is set in us-west-2 leaves us-east-1 as it was."""
    east, west = both
    arn = west.describe_table(TableName="orders")["Table"]["TableArn"]
    west.tag_resource(ResourceArn=arn, Tags=[{"Key": "App", "Value": "shop"}])
    west.update_continuous_backups(
        TableName="orders", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    west.update_table(TableName="orders", DeletionProtectionEnabled=True)
    west.update_contributor_insights(TableName="orders", ContributorInsightsAction="ENABLE")
    west.put_resource_policy(ResourceArn=arn, Policy='{"Version": "2012-10-17", "Statement": []}')

    there = east.describe_table(TableName="orders")["Table"]
    backups = east.describe_continuous_backups(TableName="orders")["ContinuousBackupsDescription"]
    assert east.list_tags_of_resource(ResourceArn=there["TableArn"])["Tags"] == []
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "DISABLED"
    assert there["DeletionProtectionEnabled"] is False
    assert east.describe_contributor_insights(TableName="orders")["ContributorInsightsStatus"] == "DISABLED"
    assert west.describe_contributor_insights(TableName="orders")["ContributorInsightsStatus"] == "ENABLED"
    with pytest.raises(east.exceptions.PolicyNotFoundException, match="Resource-based policy not found"):
        east.get_resource_policy(ResourceArn=there["TableArn"])


def test_tag_given_again_takes_the_new_value(both: tuple[DynamoDBClient, DynamoDBClient]) -> None:
    """Listed twice, as moto lists it, Terraform would see drift."""
    arn = both[0].describe_table(TableName="orders")["Table"]["TableArn"]
    for value in ("1", "2"):
        both[0].tag_resource(ResourceArn=arn, Tags=[{"Key": "Change", "Value": value}])
    assert both[0].list_tags_of_resource(ResourceArn=arn)["Tags"] == [{"Key": "Change", "Value": "2"}]


def test_resource_policy_does_not_outlive_its_replica(
    both: tuple[DynamoDBClient, DynamoDBClient], clock: ManualClock
) -> None:
    """A replica that is made again has none."""
    east, west = both
    arn = west.describe_table(TableName="orders")["Table"]["TableArn"]
    west.put_resource_policy(ResourceArn=arn, Policy='{"Version": "2012-10-17", "Statement": []}')
    west.delete_table(TableName="orders")
    clock.advance(OPERATION_SECONDS)
    _add(east)
    clock.advance(OPERATION_SECONDS)
    with pytest.raises(west.exceptions.PolicyNotFoundException, match="Resource-based policy not found"):
        west.get_resource_policy(ResourceArn=arn)


def test_stream_that_was_disabled_can_be_enabled_with_another_view(client: ClientFactory) -> None:
    """Terraform changes a view type so; moto refuses the second step."""
    east = client("dynamodb")
    east.create_table(**TABLE, StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"})
    with refused("ValidationException", "Table already has an enabled stream: TableName: orders"):
        east.update_table(
            TableName="orders", StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
        )
    east.update_table(TableName="orders", StreamSpecification={"StreamEnabled": False})
    east.put_item(TableName="orders", Item={"pk": {"S": "1"}})
    east.update_table(TableName="orders", StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"})
    described = east.describe_table(TableName="orders")["Table"]["StreamSpecification"]
    assert described == {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}


def test_scalable_target_keeps_its_tags(client: ClientFactory) -> None:
    """Terraform reads them back; moto has no such operation."""
    scaling = client("application-autoscaling")
    arn = scaling.register_scalable_target(
        ServiceNamespace="dynamodb",
        ResourceId="table/orders",
        ScalableDimension="dynamodb:table:WriteCapacityUnits",
        MinCapacity=1,
        MaxCapacity=2,
        Tags={"App": "shop"},
    )["ScalableTargetARN"]
    scaling.tag_resource(ResourceARN=arn, Tags={"Team": "web"})
    scaling.untag_resource(ResourceARN=arn, TagKeys=["App"])
    assert scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"Team": "web"}
    with refused("ResourceNotFoundException", "No scalable target found for resource ARN: arn:missing"):
        scaling.list_tags_for_resource(ResourceARN="arn:missing")


def test_table_class_of_a_replica_is_overridden_and_changed(client: ClientFactory, clock: ManualClock) -> None:
    """The override is listed by the source, and is UPDATING for the operation's time when it changes."""
    east = client("dynamodb")
    east.create_table(**TABLE, TableClass="STANDARD")
    _add(east, TableClassOverride="STANDARD_INFREQUENT_ACCESS")
    clock.advance(OPERATION_SECONDS)
    west = client("dynamodb", region="us-west-2")
    described = west.describe_table(TableName="orders")["Table"]
    assert described["TableClassSummary"] == {"TableClass": "STANDARD_INFREQUENT_ACCESS"}
    update = {"RegionName": "us-west-2", "TableClassOverride": "STANDARD"}
    east.update_table(TableName="orders", ReplicaUpdates=[{"Update": update}])
    table = east.describe_table(TableName="orders")["Table"]
    assert table["TableClassSummary"] == {"TableClass": "STANDARD"}
    assert [(entry["ReplicaStatus"], entry["ReplicaTableClassSummary"]) for entry in table["Replicas"]] == [
        ("UPDATING", {"TableClass": "STANDARD"})
    ]
    described = west.describe_table(TableName="orders")["Table"]
    assert described["TableClassSummary"] == {"TableClass": "STANDARD"}


def test_on_demand_limits_are_read_back(client: ClientFactory) -> None:
    """Moto drops them, and Terraform would see drift."""
    east = client("dynamodb")
    east.create_table(**TABLE, OnDemandThroughput={"MaxReadRequestUnits": 10, "MaxWriteRequestUnits": 20})
    east.update_table(TableName="orders", OnDemandThroughput={"MaxReadRequestUnits": 30})
    described = east.describe_table(TableName="orders")["Table"]["OnDemandThroughput"]
    assert described == {"MaxReadRequestUnits": 30, "MaxWriteRequestUnits": 20}


def test_on_demand_limits_of_an_index_are_read_back(client: ClientFactory) -> None:
    """An index has limits of its own, from its table's creation or from a change, and none once the table is gone."""
    east = client("dynamodb")
    index = {
        "IndexName": "by-pk",
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "ALL"},
    }
    made = {**TABLE, "GlobalSecondaryIndexes": [{**index, "OnDemandThroughput": {"MaxReadRequestUnits": 10}}]}
    east.create_table(**made)
    change = {"IndexName": "by-pk", "OnDemandThroughput": {"MaxReadRequestUnits": 30}}
    east.update_table(TableName="orders", GlobalSecondaryIndexUpdates=[{"Update": change}])
    (described,) = east.describe_table(TableName="orders")["Table"]["GlobalSecondaryIndexes"]
    assert described["OnDemandThroughput"] == {"MaxReadRequestUnits": 30}
    east.delete_table(TableName="orders")
    east.create_table(**{**TABLE, "GlobalSecondaryIndexes": [index]})
    (described,) = east.describe_table(TableName="orders")["Table"]["GlobalSecondaryIndexes"]
    assert "OnDemandThroughput" not in described


def test_billing_on_demand_is_shared_and_has_no_capacity(client: ClientFactory, clock: ManualClock) -> None:
    """The whole table changes its billing mode, in every region."""
    east = client("dynamodb")
    east.create_table(**TABLE)
    _add(east)
    clock.advance(OPERATION_SECONDS)
    west = client("dynamodb", region="us-west-2")
    capacity = {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}
    east.update_table(TableName="orders", BillingMode="PROVISIONED", ProvisionedThroughput=capacity)
    provisioned = west.describe_table(TableName="orders")["Table"]["ProvisionedThroughput"]
    assert (provisioned["ReadCapacityUnits"], provisioned["WriteCapacityUnits"]) == (5, 5)
    west.update_table(TableName="orders", BillingMode="PAY_PER_REQUEST")
    described = east.describe_table(TableName="orders")["Table"]
    assert described["BillingModeSummary"] == {"BillingMode": "PAY_PER_REQUEST"}
    assert described["ProvisionedThroughput"]["WriteCapacityUnits"] == 0


def test_insights_are_listed_while_they_are_on(both: tuple[DynamoDBClient, DynamoDBClient]) -> None:
    """Of the table and of its indexes."""
    east = both[0]
    east.update_contributor_insights(TableName="orders", ContributorInsightsAction="ENABLE")
    east.update_contributor_insights(TableName="orders", IndexName="by-g", ContributorInsightsAction="ENABLE")
    east.update_contributor_insights(TableName="orders", ContributorInsightsAction="DISABLE")
    listed = east.list_contributor_insights(TableName="orders")["ContributorInsightsSummaries"]
    assert [(entry["IndexName"], entry["ContributorInsightsStatus"]) for entry in listed] == [("by-g", "ENABLED")]


def test_resource_policy_given_at_creation_is_kept(client: ClientFactory) -> None:
    """CreateTable takes a policy; moto drops it."""
    east = client("dynamodb")
    policy = '{"Version": "2012-10-17", "Statement": []}'
    arn = east.create_table(**TABLE, ResourcePolicy=policy)["TableDescription"]["TableArn"]
    assert east.get_resource_policy(ResourceArn=arn)["Policy"] == policy
