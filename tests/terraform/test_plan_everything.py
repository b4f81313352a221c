from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.applications.everything import KEY, LITERALS, REGIONS

if TYPE_CHECKING:
    from tests.terraform.conftest import Plans

pytestmark = pytest.mark.terraform


def test_values_arrive_as_written(plans: Plans) -> None:
    """Templates, quotes, line ends and emoji in a variable reach AWS unchanged."""
    service = plans("everything")["all-us-east-1"].planned("aws_apprunner_service.front")
    image = service["source_configuration"][0]["image_repository"][0]["image_configuration"][0]
    found = {name: value for name, value in image["runtime_environment_variables"].items() if name in LITERALS}
    assert found == LITERALS
    assert image["start_command"] == 'run "${HOME}" %{x}'


def test_automatic_deployments_follow_the_tag(plans: Plans) -> None:
    """A service that deploys by itself names a tag, for a digest never changes."""
    service = plans("everything")["all-eu-west-1"].planned("aws_apprunner_service.front")
    source = service["source_configuration"][0]
    assert source["auto_deployments_enabled"] is True
    assert source["image_repository"][0]["image_identifier"].endswith("eu-west-1.amazonaws.com/all/front:next")


@pytest.mark.parametrize("region", REGIONS)
def test_what_is_regional_is_the_region_s_own(plans: Plans, region: str) -> None:
    """Key, web ACL and secrets are those of the service's own region."""
    plan = plans("everything")[f"all-{region}"]
    service = plan.planned("aws_apprunner_service.front")
    assert service["encryption_configuration"] == [{"kms_key": KEY[region]}]
    acl = plan.planned("aws_wafv2_web_acl_association.front_waf")["web_acl_arn"]
    assert acl.startswith(f"arn:aws:wafv2:{region}:")
    secrets = service["source_configuration"][0]["image_repository"][0]["image_configuration"][0][
        "runtime_environment_secrets"
    ]
    assert {value.split(":")[3] for value in secrets.values()} == {region}
    assert secrets["TOKEN_B"].endswith(":b::")
    assert secrets["TOKEN_C"].endswith("::AWSPREVIOUS:")
    assert secrets["TOKEN_D"].endswith(":${d}::0123456789abcdef0123456789abcdef")


def test_role_may_read_just_the_secrets(plans: Plans) -> None:
    """The instance role reads the service's secrets and decrypts with their keys; a Deny is passed on."""
    statements = plans("everything")["all-us-east-1"].policy("data.aws_iam_policy_document.front_instance_policy")
    by_action = {each["Action"]: each for each in statements if isinstance(each["Action"], str)}
    assert len(by_action["secretsmanager:GetSecretValue"]["Resource"]) == 3
    assert by_action["ssm:GetParameters"]["Resource"] == "arn:aws:ssm:us-east-1:123456789012:parameter/all/p"
    assert by_action["kms:Decrypt"]["Resource"] == KEY["us-east-1"]
    (tracing,) = [each for each in statements if "xray:PutTraceSegments" in each["Action"]]
    assert tracing["Resource"] == "*"
    (stated,) = [each for each in statements if "Sid" in each]
    assert (stated["Sid"], stated["Effect"], stated["Resource"]) == ("NoDelete", "Deny", "*")
    assert stated["Condition"] == {"StringLike": {"aws:PrincipalArn": "*${x}*"}}


def test_tracing_has_a_configuration(plans: Plans) -> None:
    """Tracing is on where it is asked for, and off, not unset, elsewhere."""
    plan = plans("everything")["all-us-east-1"]
    configuration = plan.planned("aws_apprunner_observability_configuration.front_tracing")
    assert configuration["trace_configuration"] == [{"vendor": "AWSXRAY"}]
    assert (
        plan.planned("aws_apprunner_service.front")["observability_configuration"][0]["observability_enabled"] is True
    )
    assert (
        plan.planned("aws_apprunner_service.public")["observability_configuration"][0]["observability_enabled"] is False
    )


def test_private_services_have_no_public_endpoint(plans: Plans) -> None:
    """A private service is reached through an endpoint that is given, or made in the subnets stated."""
    plan = plans("everything")["all-us-east-1"]
    for name in ("foreign", "built"):
        network = plan.planned(f"aws_apprunner_service.{name}")["network_configuration"][0]
        assert network["ingress_configuration"] == [{"is_publicly_accessible": False}]
    given = plan.planned("aws_apprunner_vpc_ingress_connection.foreign_ingress")["ingress_vpc_configuration"][0]
    assert given["vpc_endpoint_id"] == f"vpce-{'a' * 17}"
    made = plan.planned("aws_vpc_endpoint.built_ingress")
    assert made["service_name"] == "com.amazonaws.us-east-1.apprunner.requests"
    assert made["vpc_endpoint_type"] == "Interface"


def test_registry_as_stated(plans: Plans) -> None:
    """Mutability, lifecycle, key and pull policy are as stated; with external replication no rule is made."""
    plan = plans("everything")["all-registry"]
    repository = plan.planned("aws_ecr_repository.front_eu_west_1")
    assert (repository["image_tag_mutability"], repository["force_delete"]) == ("MUTABLE", True)
    assert repository["encryption_configuration"][0]["encryption_type"] == "KMS"
    pull = plan.policy("data.aws_iam_policy_document.front_eu_west_1_pull")
    assert pull[0]["Principal"] == {"AWS": ["arn:aws:iam::210987654321:role/ci", "210987654321"]}
    assert not [address for address in plan.changes if address.startswith("aws_ecr_replication_configuration")]


def test_health_check_by_tcp(plans: Plans) -> None:
    """Every part of App Runner's own health check is passed on."""
    service = plans("everything")["all-us-east-1"].planned("aws_apprunner_service.front")
    assert service["health_check_configuration"] == [
        {
            "protocol": "TCP",
            "path": "/up",
            "interval": 20,
            "timeout": 19,
            "healthy_threshold": 2,
            "unhealthy_threshold": 4,
        }
    ]
