from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.terraform.conftest import Plans

pytestmark = pytest.mark.terraform


def test_service_from_source_code(plans: Plans) -> None:
    """With a runtime, the description states build, start, port and environment; the version is a branch."""
    service = plans("from_source")["tickets-eu-west-1"].planned("aws_apprunner_service.worker")
    source = service["source_configuration"][0]
    code = source["code_repository"][0]
    assert code["source_code_version"] == [{"type": "BRANCH", "value": "release/2"}]
    assert code["source_directory"] == "services/worker"
    assert source["image_repository"] == []
    values = code["code_configuration"][0]["code_configuration_values"][0]
    assert code["code_configuration"][0]["configuration_source"] == "API"
    assert (values["runtime"], values["port"], values["start_command"]) == ("PYTHON_311", "9000", "python -m worker")
    assert values["build_command"] == "pip install -r requirements.txt"
    assert values["runtime_environment_variables"] == {"MODE": "queue"}


def test_service_that_its_repository_configures(plans: Plans) -> None:
    """Without a runtime, apprunner.yaml states everything; the connection is the region's own."""
    for region, letter in (("eu-west-1", "a"), ("ap-northeast-1", "b")):
        service = plans("from_source")[f"tickets-{region}"].planned("aws_apprunner_service.site")
        source = service["source_configuration"][0]
        assert source["code_repository"][0]["code_configuration"][0] == {
            "code_configuration_values": [],
            "configuration_source": "REPOSITORY",
        }
        arn = source["authentication_configuration"][0]["connection_arn"]
        assert arn == f"arn:aws:apprunner:{region}:123456789012:connection/site/{letter * 32}"


def test_private_ingress_and_vpc_of_a_service(plans: Plans) -> None:
    """The service leaves and is entered through the VPC of its own region."""
    plan = plans("from_source")["tickets-ap-northeast-1"]
    assert plan.planned("aws_apprunner_vpc_connector.worker_vpc")["security_groups"] == ["sg-bbbbbbbb"]
    assert plan.planned("aws_vpc_endpoint.worker_ingress")["subnet_ids"] == ["subnet-bbbbbbbb"]
    ingress = plan.planned("aws_apprunner_vpc_ingress_connection.worker_ingress")
    assert ingress["ingress_vpc_configuration"][0]["vpc_id"] == "vpc-bbbbbbbb"
