from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.terraform.conftest import Plans

pytestmark = pytest.mark.terraform

REGIONS = ("eu-west-1", "eu-central-1", "us-east-1")


def test_records_of_a_domain_with_www_and_ipv6(plans: Plans) -> None:
    """With www and dual stack a region has four latency records, four of its own, and three that validate."""
    routing = plans("three_regions")["shop-routing"]
    for region in REGIONS:
        plan = plans("three_regions")[f"shop-{region}"]
        place = f".web_{region.replace('-', '_')}_domain_latency_"
        latency = [routing.planned(each) for each in routing.changes if place in each]
        own = [plan.planned(each) for each in plan.changes if ".web_domain_region_" in each and "data." not in each]
        names = [("shop.example.org", "A"), ("shop.example.org", "AAAA")]
        names += [(f"www.{name}", type_) for name, type_ in names]
        assert sorted((record["name"], record["type"]) for record in latency) == sorted(names)
        assert sorted((record["name"], record["type"]) for record in own) == sorted(
            (f"{region}.{name}", type_) for name, type_ in names
        )
        assert {record["set_identifier"] for record in latency} == {region}
        assert sum("web_domain_validation_" in each for each in plan.changes) == 3


def test_health_check_with_a_path_of_its_own(plans: Plans) -> None:
    """The region's health check may ask more than an instance's."""
    check = plans("three_regions")["shop-eu-west-1"].planned("aws_route53_health_check.web_domain_health")
    assert (check["resource_path"], check["request_interval"], check["failure_threshold"]) == ("/deep", 30, 2)


def test_zone_in_a_stack_of_its_own(plans: Plans) -> None:
    """A zone that the application makes is planned apart, so that no cell owns it."""
    assert (
        plans("three_regions")["shop-zone"].planned("aws_route53_zone.zone_shop_example_org")["name"]
        == "shop.example.org"
    )


def test_environment_of_one_region(plans: Plans) -> None:
    """A region's own variables win over the common ones, there and nowhere else."""
    found = {}
    for region in REGIONS:
        service = plans("three_regions")[f"shop-{region}"].planned("aws_apprunner_service.api")
        image = service["source_configuration"][0]["image_repository"][0]["image_configuration"][0]
        found[region] = image["runtime_environment_variables"]
    assert found == {
        "eu-west-1": {"CATALOG": "shop-catalog", "STAGE": "prod"},
        "eu-central-1": {"CATALOG": "shop-catalog", "STAGE": "prod"},
        "us-east-1": {"CATALOG": "shop-catalog", "STAGE": "prod-us", "CURRENCY": "USD"},
    }


def test_statement_names_the_region(plans: Plans) -> None:
    """A statement's placeholders become region and account; what IAM itself replaces stays as it is written."""
    statements = plans("three_regions")["shop-us-east-1"].policy("data.aws_iam_policy_document.api_instance_policy")
    queue = next(each for each in statements if each.get("Sid") == "Queue")
    assert queue["Resource"] == "arn:aws:sqs:us-east-1:123456789012:jobs-${aws:PrincipalTag/team}"
    assert queue["Condition"] == {"Bool": {"aws:SecureTransport": "true"}}


def test_key_of_a_table_in_the_policy(plans: Plans) -> None:
    """A table under a customer's key: the service may use the key of its own region, through DynamoDB only."""
    statements = plans("three_regions")["shop-us-east-1"].policy("data.aws_iam_policy_document.api_instance_policy")
    key = next(each for each in statements if "kms:Decrypt" in each["Action"])
    assert key["Resource"] == "arn:aws:kms:us-east-1:123456789012:key/00000002-0000-4000-8000-000000000000"
    assert key["Condition"] == {"StringEquals": {"kms:ViaService": "dynamodb.us-east-1.amazonaws.com"}}


def test_access_follows_the_description(plans: Plans) -> None:
    """One service reads the table, the other writes it, and neither may do the other's part."""
    plan = plans("three_regions")["shop-us-east-1"]
    web = next(
        each
        for each in plan.policy("data.aws_iam_policy_document.web_instance_policy")
        if "dynamodb:DescribeTable" in each["Action"]
    )
    api = next(
        each
        for each in plan.policy("data.aws_iam_policy_document.api_instance_policy")
        if "dynamodb:DescribeTable" in each["Action"]
    )
    assert "dynamodb:PutItem" not in web["Action"]
    assert "dynamodb:GetItem" not in api["Action"]
    assert ("dynamodb:GetItem" in web["Action"], "dynamodb:PutItem" in api["Action"]) == (True, True)


@pytest.mark.parametrize("region", REGIONS)
def test_capacity_is_scaled_in_every_region(plans: Plans, region: str) -> None:
    """A provisioned table and its global indexes are scaled in each region, read and write."""
    plan = plans("three_regions")["shop-data"]
    prefix = f"aws_appautoscaling_target.carts_{region.replace('-', '_')}_scaling"
    write = plan.planned(f"{prefix}_by_shop_write")
    assert (write["resource_id"], write["min_capacity"], write["max_capacity"]) == (
        "table/shop-carts/index/by-shop",
        2,
        20,
    )
    assert plan.planned(f"{prefix}_read")["scalable_dimension"] == "dynamodb:table:ReadCapacityUnits"
    assert plan.region(f"{prefix}_read") == region
    policy = plan.planned(f"{prefix}_write".replace("_target.", "_policy."))
    tracking = policy["target_tracking_scaling_policy_configuration"][0]
    assert tracking["target_value"] == 60
    assert (
        tracking["predefined_metric_specification"][0]["predefined_metric_type"] == "DynamoDBWriteCapacityUtilization"
    )


def test_each_replica_has_its_own(plans: Plans) -> None:
    """Key, protection, recovery, tags, insights and policy are each replica's own, in its region."""
    plan = plans("three_regions")["shop-data"]
    for region in ("eu-central-1", "us-east-1"):
        suffix = region.replace("-", "_")
        replica = plan.planned(f"aws_dynamodb_table_replica.carts_{suffix}")
        assert (replica["deletion_protection_enabled"], replica["point_in_time_recovery"]) == (True, True)
        assert replica["tags"] == {"Data": "personal"}
        assert plan.region(f"aws_dynamodb_table_replica.carts_{suffix}") == region
        assert plan.region(f"aws_kms_key.carts_{suffix}_table_key") == region
        assert plan.region(f"aws_dynamodb_contributor_insights.carts_{suffix}_insights") == region
        assert plan.region(f"aws_dynamodb_resource_policy.carts_{suffix}_policy") == region
    catalog = plan.planned("aws_dynamodb_table_replica.catalog_us_east_1")
    assert catalog["kms_key_arn"] == "arn:aws:kms:us-east-1:123456789012:key/00000002-0000-4000-8000-000000000000"
    # A replica takes the class of its source.
    assert catalog["table_class_override"] is None
    assert plan.planned("aws_dynamodb_table.catalog")["table_class"] == "STANDARD_INFREQUENT_ACCESS"


def test_schema_of_the_table(plans: Plans) -> None:
    """Keys, indexes, time to live and capacity are as stated."""
    table = plans("three_regions")["shop-data"].planned("aws_dynamodb_table.carts")
    assert (table["hash_key"], table["range_key"], table["read_capacity"]) == ("user", "item", 5)
    assert {(index["name"], index["projection_type"]) for index in table["global_secondary_index"]} == {
        ("by-shop", "KEYS_ONLY"),
        ("by-item", "INCLUDE"),
    }
    assert [(index["name"], index["range_key"]) for index in table["local_secondary_index"]] == [("by-price", "price")]
    assert table["ttl"] == [{"attribute_name": "expires", "enabled": True}]


def test_layout_single_makes_zone_and_tables_too(plans: Plans) -> None:
    """In one stack, services depend on the tables' keys and on the zone that it makes itself."""
    plan = plans("three_regions_single")["shop"]
    assert plan.planned("aws_route53_zone.zone_shop_example_org")["name"] == "shop.example.org"
    assert plan.unknown("aws_route53_record.web_us_east_1_domain_latency_a[0]")["zone_id"] is True
    assert plan.region("aws_dynamodb_table_replica.carts_us_east_1") == "us-east-1"
