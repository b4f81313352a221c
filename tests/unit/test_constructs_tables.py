"""Tables and replicas: who waits for whom, and what Terraform leaves alone."""

from __future__ import annotations

from latitude import Application, Provisioned, ScaledCapacity, Table
from tests.support.synthesized import stacks_of, synthesized


def test_replicas_of_a_table_are_made_one_after_the_other() -> None:
    """DynamoDB makes one replica of a table at a time: each waits for the one before."""
    data = stacks_of("three_regions")["shop-data"]
    data.expect("aws_dynamodb_table_replica.catalog_eu_central_1", depends_on=None)
    data.expect(
        "aws_dynamodb_table_replica.catalog_us_east_1",
        depends_on=["aws_dynamodb_table_replica.catalog_eu_central_1"],
    )


def test_first_replica_of_a_provisioned_table_waits_for_scaling() -> None:
    """DynamoDB refuses a replica while the write capacity of table or index does not scale."""
    waits = stacks_of("three_regions")["shop-data"].get("aws_dynamodb_table_replica.carts_eu_central_1")["depends_on"]
    assert waits == [
        f"aws_appautoscaling_policy.carts_eu_west_1_scaling_{role}"
        for role in ("read", "write", "by_shop_read", "by_shop_write", "by_item_read", "by_item_write")
    ]


def test_table_ignores_its_replicas() -> None:
    """The table's own view of its replicas would undo what the replica resources do."""
    table = stacks_of("three_regions")["shop-data"].get("aws_dynamodb_table.catalog")
    assert table["lifecycle"]["ignore_changes"] == ["replica"]


def test_provisioned_table_leaves_capacity_to_scaling() -> None:
    """What Application Auto Scaling has set since is no drift: the table ignores it, an index is stated as it is."""
    ignored = ["replica", "read_capacity", "write_capacity"]
    table = stacks_of("three_regions")["shop-data"].get("aws_dynamodb_table.carts")
    assert table["lifecycle"]["ignore_changes"] == ignored
    (by_shop,) = (index for index in table["global_secondary_index"] if index["name"] == "by-shop")
    assert by_shop["read_capacity"].startswith("${try(max(5, one([for index in data.aws_dynamodb_table.carts_earlier")
    application = Application(
        name="plain",
        regions=("us-east-1",),
        tables=(
            Table(
                name="one",
                hash_key="id",
                attributes={"id": "S"},
                billing=Provisioned(read=ScaledCapacity(max_units=2), write=ScaledCapacity(max_units=2)),
            ),
        ),
    )
    alone = synthesized(application)["plain-data"].get("aws_dynamodb_table.one")
    assert alone["lifecycle"]["ignore_changes"] == ignored


def test_strong_table_has_its_replicas_within() -> None:
    """Strong consistency is had at creation only: replica and witness are blocks of the table, and nothing else."""
    data = stacks_of("strong")["ledger-data"]
    data.expect(
        "aws_dynamodb_table.entries",
        replica=[
            {
                "consistency_mode": "STRONG",
                "deletion_protection_enabled": False,
                "point_in_time_recovery": True,
                "propagate_tags": True,
                "region_name": "us-east-2",
            }
        ],
        global_table_witness={"region_name": "us-west-2"},
    )
    data.lacks("aws_dynamodb_table_replica.entries_us_east_2")


def test_replica_names_no_key_unless_it_is_the_customer_s() -> None:
    """The ARN of the key that DynamoDB owns would come back as a change for ever."""
    stacks_of("example")["orders-data"].expect("aws_dynamodb_table_replica.orders_us_west_2", kms_key_arn=None)
    data = stacks_of("three_regions")["shop-data"]
    data.expect(
        "aws_dynamodb_table_replica.carts_us_east_1", kms_key_arn="${aws_kms_key.carts_us_east_1_table_key.arn}"
    )


def test_resource_policy_waits_for_the_replica_that_it_is_attached_to() -> None:
    """The policy names the ARN of its own region's replica by reference."""
    policy = stacks_of("three_regions")["shop-data"].get("aws_dynamodb_resource_policy.carts_us_east_1_policy")
    assert policy["resource_arn"] == "${aws_dynamodb_table_replica.carts_us_east_1.arn}"


def test_table_has_the_limits_days_and_patience_that_are_stated() -> None:
    """The limits are the global indexes' too; the provider has no days for a replica."""
    data = stacks_of("everything")["all-data"]
    limits = {"max_read_request_units": 4000, "max_write_request_units": 1000}
    waiting = {"create": "60m", "delete": "30m", "update": "180m"}
    data.expect(
        "aws_dynamodb_table.Events_v1",
        on_demand_throughput=limits,
        point_in_time_recovery={"enabled": True, "recovery_period_in_days": 14},
        timeouts=waiting,
    )
    (index,) = data.get("aws_dynamodb_table.Events_v1")["global_secondary_index"]
    assert index["on_demand_throughput"] == limits
    data.expect("aws_dynamodb_table_replica.Events_v1_eu_west_1", timeouts=waiting, point_in_time_recovery=True)


def test_table_without_limits_states_none() -> None:
    """What is not stated stays out of the plan; but days left out would stay as they were, and are DynamoDB's own."""
    table = stacks_of("example")["orders-data"].get("aws_dynamodb_table.orders")
    assert not {"on_demand_throughput", "timeouts"} & set(table)
    assert table["point_in_time_recovery"] == {"enabled": True, "recovery_period_in_days": 35}


def test_table_says_so_where_it_is_neither_encrypted_nor_aging() -> None:
    """Left out, ``ttl`` and ``server_side_encryption`` keep what was there (optional and computed in the provider)."""
    table = stacks_of("strong")["ledger-data"].get("aws_dynamodb_table.entries")
    assert table["server_side_encryption"] == {"enabled": False}
    assert table["ttl"]["enabled"] is False
    # DynamoDB takes the name of the attribute to turn time to live off, too (provider issue 44730).
    assert "data.aws_dynamodb_table.entries_earlier[0].ttl" in table["ttl"]["attribute_name"]


def test_key_of_a_table_is_forgotten_and_not_destroyed() -> None:
    """Where none is made, what was made earlier stays in AWS; where one is, a protected table protects it."""
    data = stacks_of("three_regions")["shop-data"]
    left = {each["from"]: each["lifecycle"] for each in data.document["removed"]}
    assert left["aws_kms_key.catalog_us_east_1_table_key"] == {"destroy": False}
    assert not any("carts" in address for address in left)
    key = data.get("aws_kms_key.carts_us_east_1_table_key")
    assert key["lifecycle"] == {"create_before_destroy": True, "prevent_destroy": True}


def test_replica_has_the_class_of_its_source() -> None:
    """An override would have the replica replaced when the class changes (ForceNew in the provider)."""
    replica = stacks_of("three_regions")["shop-data"].get("aws_dynamodb_table_replica.catalog_us_east_1")
    assert "table_class_override" not in replica
    assert replica["lifecycle"] == {"ignore_changes": ["table_class_override"]}
