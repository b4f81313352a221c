from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.images import DIGEST
from tests.support.scanning import argued

if TYPE_CHECKING:
    from tests.support.plan import Plan
    from tests.support.scanning import Scanner
    from tests.terraform.conftest import Plans

pytestmark = pytest.mark.terraform

REGIONS = ("us-east-1", "us-west-2")


@pytest.fixture(params=REGIONS)
def cell(request: pytest.FixtureRequest, plans: Plans) -> tuple[str, Plan]:
    """Return each region of the example with its plan."""
    region: str = request.param
    return region, plans("example")[f"orders-{region}"]


def test_the_example_plans_these_stacks(plans: Plans) -> None:
    """Layout cells: a stack for the registry, one for the data, one per region, one for the way there; each plans."""
    cells = [f"orders-{region}" for region in REGIONS]
    assert list(plans("example")) == ["orders-registry", "orders-data", *cells, "orders-routing"]


def test_record_set_of_a_cell(cell: tuple[str, Plan]) -> None:
    """A cell plans its region's own record set: one weighted entry, the health of its target, and a health check."""
    region, plan = cell
    record = plan.planned("aws_route53_record.web_domain_region_a")
    assert (record["name"], record["type"]) == (f"{region}.shop.example.com", "A")
    assert record["set_identifier"] == "app-runner"
    assert record["alias"][0]["evaluate_target_health"] is True
    assert record["alias"][0]["zone_id"] == plan.read("data.aws_apprunner_hosted_zone_id.web_domain_region")["id"]
    unknown = plan.unknown("aws_route53_record.web_domain_region_a")
    assert (unknown["health_check_id"], unknown["weighted_routing_policy"]) == (True, [{"weight": True}])
    assert plan.region("aws_route53_record.web_domain_region_a") == region


def test_latency_records_lead_to_the_regions_by_name(plans: Plans) -> None:
    """The stack that leads users to regions plans an alias to each region's own name, in the same zone."""
    plan = plans("example")["orders-routing"]
    for region in REGIONS:
        address = f"aws_route53_record.web_{region.replace('-', '_')}_domain_latency_a"
        record = plan.planned(f"{address}[0]")
        assert (record["name"], record["type"], record["set_identifier"]) == ("shop.example.com", "A", region)
        assert record["latency_routing_policy"] == [{"region": region}]
        assert record["alias"] == [
            {"evaluate_target_health": True, "name": f"{region}.shop.example.com", "zone_id": record["zone_id"]}
        ]
        assert plan.region(address) == "us-west-2"
    assert plan.document["planned_values"]["outputs"]["serving"]["value"] == list(REGIONS)


def test_health_check_of_a_cell(cell: tuple[str, Plan]) -> None:
    """Route 53 asks the region's own URL by HTTPS, at the path of the service's own check; nothing is left to drift."""
    _, plan = cell
    check = plan.planned("aws_route53_health_check.web_domain_health")
    stated = {name: check[name] for name in ("type", "port", "resource_path", "request_interval", "failure_threshold")}
    assert stated == {
        "type": "HTTPS",
        "port": 443,
        "resource_path": "/healthz",
        "request_interval": 10,
        "failure_threshold": 3,
    }
    assert (check["enable_sni"], check["measure_latency"]) == (True, False)
    unknown = plan.unknown("aws_route53_health_check.web_domain_health")
    # Whether it is open is known when App Runner has answered.
    assert [unknown[name] for name in ("fqdn", "disabled", "invert_healthcheck")] == [True, True, True]


def test_validation_records_of_a_cell(cell: tuple[str, Plan]) -> None:
    """Without www there are two validation records, and a region may find them written by another."""
    _, plan = cell
    records = [address for address in plan.changes if address.startswith("aws_route53_record.web_domain_validation")]
    assert sorted(records) == [
        "aws_route53_record.web_domain_validation_0",
        "aws_route53_record.web_domain_validation_1",
    ]
    assert {(plan.planned(each)["type"], plan.planned(each)["allow_overwrite"]) for each in records} == {
        ("CNAME", True)
    }
    assert plan.planned("aws_apprunner_custom_domain_association.web_domain")["enable_www_subdomain"] is False


def test_service_of_a_cell(cell: tuple[str, Plan]) -> None:
    """A service runs its region's own copy of the image, pinned to the digest, and does not deploy by itself."""
    region, plan = cell
    service = plan.planned("aws_apprunner_service.web")
    source = service["source_configuration"][0]
    assert source["image_repository"][0]["image_identifier"] == (
        f"123456789012.dkr.ecr.{region}.amazonaws.com/orders/web@{DIGEST}"
    )
    assert source["auto_deployments_enabled"] is False
    assert source["authentication_configuration"][0]["access_role_arn"] == (
        f"arn:aws:iam::123456789012:role/orders-web-{region}-pull"
    )
    assert source["image_repository"][0]["image_configuration"][0] == {
        "port": "8080",
        "runtime_environment_secrets": {
            "PAYMENT_KEY": f"arn:aws:ssm:{region}:123456789012:parameter/orders/payment-key"
        },
        "runtime_environment_variables": {"LOG_LEVEL": "info", "ORDERS_TABLE": "orders-orders"},
        "start_command": None,
    }
    assert (service["instance_configuration"][0]["cpu"], service["instance_configuration"][0]["memory"]) == (
        "1024",
        "2048",
    )
    assert service["tags_all"] == {"Application": "orders", "ManagedBy": "Latitude"}


def test_scaling_and_network_of_a_cell(cell: tuple[str, Plan]) -> None:
    """Scaling is as stated; outgoing traffic goes through the region's own subnets, with a security group made here."""
    _, plan = cell
    scaling = plan.planned("aws_apprunner_auto_scaling_configuration_version.web_scaling")
    assert (scaling["min_size"], scaling["max_size"], scaling["max_concurrency"]) == (2, 10, 80)
    connector = plan.planned("aws_apprunner_vpc_connector.web_vpc")
    assert len(connector["subnets"]) == 2
    rule = plan.planned("aws_vpc_security_group_egress_rule.web_vpc_ipv4")
    assert (rule["cidr_ipv4"], rule["ip_protocol"]) == ("0.0.0.0/0", "-1")
    network = plan.planned("aws_apprunner_service.web")["network_configuration"][0]
    assert network["egress_configuration"][0]["egress_type"] == "VPC"
    assert network["ingress_configuration"] == [{"is_publicly_accessible": True}]


def test_instance_policy_of_a_cell(cell: tuple[str, Plan]) -> None:
    """The service may use its own region's replica and the one parameter, and nothing else."""
    region, plan = cell
    table, secret = plan.policy("data.aws_iam_policy_document.web_instance_policy")
    arn = f"arn:aws:dynamodb:{region}:123456789012:table/orders-orders"
    assert table["Resource"] == [f"{arn}/index/*", arn]
    assert "dynamodb:PutItem" in table["Action"]
    assert "dynamodb:DeleteTable" not in table["Action"]
    assert secret["Action"] == "ssm:GetParameters"
    assert secret["Resource"] == f"arn:aws:ssm:{region}:123456789012:parameter/orders/payment-key"
    trust = json.loads(plan.planned("aws_iam_role.web_instance")["assume_role_policy"])["Statement"][0]
    assert trust["Principal"] == {"Service": "tasks.apprunner.amazonaws.com"}


def test_replication_of_the_registry(plans: Plans) -> None:
    """The home region's rule copies the application's own repositories to the other region."""
    plan = plans("example")["orders-registry"]
    rule = plan.planned("aws_ecr_replication_configuration.images")["replication_configuration"][0]["rule"][0]
    assert rule["destination"] == [{"region": "us-west-2", "registry_id": "123456789012"}]
    assert rule["repository_filter"] == [{"filter": "orders/", "filter_type": "PREFIX_MATCH"}]
    assert plan.region("aws_ecr_replication_configuration.images") == "us-east-1"


@pytest.mark.parametrize("region", REGIONS)
def test_repository_of_each_region(plans: Plans, region: str) -> None:
    """Repositories are alike in every region, for ECR copies images and nothing else; a role there may pull."""
    plan = plans("example")["orders-registry"]
    suffix = region.replace("-", "_")
    repository = plan.planned(f"aws_ecr_repository.web_{suffix}")
    assert (repository["name"], repository["image_tag_mutability"]) == ("orders/web", "IMMUTABLE")
    assert repository["image_scanning_configuration"] == [{"scan_on_push": True}]
    assert plan.region(f"aws_ecr_repository.web_{suffix}") == region
    rules = json.loads(plan.planned(f"aws_ecr_lifecycle_policy.web_{suffix}")["policy"])["rules"]
    # No rule deletes what has a tag: it may run.
    assert [rule["selection"]["tagStatus"] for rule in rules] == ["untagged"]
    assert [(rule["selection"]["countType"], rule["selection"]["countNumber"]) for rule in rules] == [
        ("sinceImagePushed", 14)
    ]
    _, pull = plan.policy(f"data.aws_iam_policy_document.web_{suffix}_pull_policy")
    assert pull["Resource"] == f"arn:aws:ecr:{region}:123456789012:repository/orders/web"
    trust = json.loads(plan.planned(f"aws_iam_role.web_{suffix}_pull")["assume_role_policy"])["Statement"][0]
    assert trust["Principal"] == {"Service": "build.apprunner.amazonaws.com"}


def test_table_and_replica(plans: Plans) -> None:
    """The table is in the home region with the stream that replicas need; the replica is in the other."""
    plan = plans("example")["orders-data"]
    table = plan.planned("aws_dynamodb_table.orders")
    assert (table["name"], table["billing_mode"]) == ("orders-orders", "PAY_PER_REQUEST")
    assert (table["stream_enabled"], table["stream_view_type"]) == (True, "NEW_AND_OLD_IMAGES")
    assert table["point_in_time_recovery"][0]["enabled"] is True
    assert plan.region("aws_dynamodb_table.orders") == "us-east-1"
    assert plan.region("aws_dynamodb_table_replica.orders_us_west_2") == "us-west-2"
    assert plan.planned("aws_dynamodb_table_replica.orders_us_west_2")["point_in_time_recovery"] is True


def test_layout_single_plans_the_same_in_one_stack(plans: Plans) -> None:
    """Layout single plans every region's service, record and repository in one state, each with its own provider."""
    plans_of_single = plans("example_single")
    assert list(plans_of_single) == ["orders"]
    plan = plans_of_single["orders"]
    for region in REGIONS:
        suffix = region.replace("-", "_")
        assert plan.region(f"aws_apprunner_service.web_{suffix}") == region
        assert plan.planned(f"aws_route53_record.web_{suffix}_domain_latency_a[0]")["set_identifier"] == region
        assert plan.region(f"aws_ecr_repository.web_{suffix}") == region


def test_scanner_objects_to_nothing_that_is_not_argued(plans: Plans, scanner: Scanner) -> None:
    """Checkov's objections to main.py's plans are those that docs/security.md argues, and no others: none too many."""
    stacks = plans("example")
    found = scanner.scan({name: plan.document for name, plan in stacks.items()})
    assert set(found.failed) == argued("main.py"), found.failed
    seen = {"aws_ecr_repository.web_us_west_2", "aws_dynamodb_table.orders", "aws_security_group.web_vpc"}
    assert seen | {"aws_iam_role_policy.web_instance"} <= found.looked_at
