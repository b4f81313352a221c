"""Services: what is made before what, what is replaced without a gap, and names that fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from latitude import Application, Domain, HostedZone, Image, PublicImage, Registry, Service, VpcAccess
from tests.support.synthesized import stacks_of, synthesized

if TYPE_CHECKING:
    from tests.support.template import Template


def _cell(*services: Service, region: str = "us-east-1", name: str = "app") -> Template:
    application = Application(name=name, regions=(region,), services=services)
    return synthesized(application)[f"{name}-{region}"]


def _public(**fields: Any) -> Service:
    image = PublicImage(identifier="public.ecr.aws/nginx/nginx:stable")
    return Service(**{"name": "web", "image": image} | fields)


@pytest.mark.parametrize(
    "address",
    [
        "aws_apprunner_auto_scaling_configuration_version.front_scaling",
        "aws_apprunner_observability_configuration.front_tracing",
    ],
)
def test_configuration_in_use_is_replaced_before_it_is_destroyed(address: str) -> None:
    """App Runner refuses to delete a configuration that a service uses."""
    stacks_of("everything")["all-us-east-1"].expect(address, lifecycle={"create_before_destroy": True})


def test_connector_has_another_name_with_other_content() -> None:
    """The new connector stands beside the old one, whose name it can't have; the same content keeps its name."""
    names = []
    for subnet in ("subnet-00000001", "subnet-00000002", "subnet-00000001"):
        cell = _cell(_public(vpc={"us-east-1": VpcAccess(subnet_ids=(subnet,))}))
        connector = cell.get("aws_apprunner_vpc_connector.web_vpc")
        assert connector["lifecycle"] == {"create_before_destroy": True}
        names.append(connector["vpc_connector_name"])
    assert names[0] == names[2] != names[1]


def test_service_waits_for_the_policy_of_its_role() -> None:
    """A service that starts before its role may read a secret fails, and can only be replaced."""
    cell = stacks_of("example")["orders-us-east-1"]
    cell.expect("aws_apprunner_service.web", depends_on=["aws_iam_role_policy.web_instance"])


def test_service_of_many_letters_has_names_that_fit() -> None:
    """What App Runner limits to 32 letters, and IAM to 64, is shortened, and stays different for different names."""
    names = ["a-service-with-a-name-of-35-letters", "a-service-with-a-name-of-35-letterz"]
    cell = _cell(*(_public(name=name, tracing=True) for name in names), region="ap-northeast-1")
    scaling, roles = [], []
    for name in names:
        id_ = name.replace("-", "_")
        cell.expect(f"aws_apprunner_service.{id_}", service_name=f"app-{name}")
        configuration = cell.get(f"aws_apprunner_auto_scaling_configuration_version.{id_}_scaling")
        scaling.append(configuration["auto_scaling_configuration_name"])
        roles.append(cell.get(f"aws_iam_role.{id_}_instance")["name"])
    assert max(map(len, scaling)) <= 32
    assert max(map(len, roles)) <= 64
    assert len(set(scaling)) == len(set(roles)) == 2


@pytest.mark.parametrize(("www", "records"), [(False, 2), (True, 3)])
def test_validation_records_are_counted_before_they_are_known(*, www: bool, records: int) -> None:
    """Terraform can't count what AWS has not made: the number is static, and a postcondition holds AWS to it."""
    domain = Domain(name="example.com", hosted_zone=HostedZone(name="example.com", zone_id="Z1"), www=www)
    cell = _cell(_public(domain=domain))
    association = cell.get("aws_apprunner_custom_domain_association.web_domain")
    assert association["enable_www_subdomain"] is www
    (condition,) = association["lifecycle"]["postcondition"]
    assert condition["condition"] == f"${{length(self.certificate_validation_records) == {records}}}"
    found = [address for address in cell.addresses if "validation_" in address]
    assert found == [f"aws_route53_record.web_domain_validation_{index}" for index in range(records)]


def test_status_of_a_domain_is_a_check() -> None:
    """A domain that is not live yet is a warning of every plan, and no output that changes by itself."""
    document = stacks_of("example")["orders-us-west-2"].document
    (check,) = document["check"]["web_domain"]["assert"]
    status = "aws_apprunner_custom_domain_association.web_domain.status"
    assert check["condition"] == f'${{{status} == "active"}}'
    assert f"App Runner says ${{{status}}}" in check["error_message"]
    assert status not in str(document["output"])


def test_image_of_a_digest_is_read_by_digest() -> None:
    """A service of a digest reads that digest in its region: the plan fails while it is not there."""
    digest = f"sha256:{'0' * 64}"
    cell = _cell(Service(name="web", image=Image(digest=digest)))
    (address,) = [address for address in cell.addresses if address.startswith("data.aws_ecr_image.")]
    cell.expect(address, image_digest=digest, image_tag=None, repository_name="app/web")


def test_public_image_needs_no_role_to_pull() -> None:
    """ECR Public is pulled without a role, so none is made and none is named."""
    cell = _cell(_public())
    source = cell.get("aws_apprunner_service.web")["source_configuration"]
    assert "authentication_configuration" not in source
    assert source["image_repository"]["image_repository_type"] == "ECR_PUBLIC"
    assert [address for address in cell.addresses if "pull" in address] == []


def test_service_is_replaced_between_image_and_source_code() -> None:
    """AWS refuses to switch in place: what triggers the replacement tells in the plan from what to what it goes."""
    for stack, service, origin in (
        ("everything", "front", "image"),
        ("everything", "public", "image"),
        ("everything", "built", "source code"),
    ):
        cell = stacks_of(stack)["all-us-east-1"]
        cell.expect(f"terraform_data.{service}_origin", input=origin)
        lifecycle = cell.get(f"aws_apprunner_service.{service}")["lifecycle"]
        assert lifecycle["replace_triggered_by"] == [f"terraform_data.{service}_origin"]


def test_service_takes_a_role_that_exists() -> None:
    """The role is passed on in every region, none is made, and nothing of its policies is Latitude's."""
    role = "arn:aws:iam::123456789012:role/teams/web"
    cell = _cell(_public(instance_role_arn=role))
    instance = cell.get("aws_apprunner_service.web")["instance_configuration"]
    assert instance["instance_role_arn"] == role
    assert [address for address in cell.addresses if "instance" in address] == []
    assert cell.get("aws_apprunner_service.web").get("depends_on") is None


def test_repository_is_destroyed_with_its_images_where_its_service_says_so() -> None:
    """What a service says of its own repository goes before what the registry says of all."""
    services = (
        Service(name="plain", image=Image(tag="1")),
        Service(name="kept", image=Image(tag="1"), force_delete=False),
    )
    application = Application(
        name="app", regions=("us-east-1",), services=services, registry=Registry(force_delete=True)
    )
    registry = synthesized(application)["app-registry"]
    registry.expect("aws_ecr_repository.plain_us_east_1", force_delete=True)
    registry.expect("aws_ecr_repository.kept_us_east_1", force_delete=False)


def test_repository_policy_names_who_pushes_and_has_statements_of_its_own() -> None:
    """Pull, push, and the statements that are stated, in this order, alike in every region."""
    document = stacks_of("everything")["all-registry"].get("data.aws_iam_policy_document.front_eu_west_1_pull")
    assert [statement.get("sid") for statement in document["statement"]] == ["Pull", "Push", "NoDelete", None]
    _, push, own, _ = document["statement"]
    assert "ecr:PutImage" in push["actions"]
    assert push["principals"] == [{"identifiers": ["arn:aws:iam::210987654321:role/ci"], "type": "AWS"}]
    assert (own["effect"], own["condition"][0]["variable"]) == ("Deny", "aws:PrincipalTag/team")
