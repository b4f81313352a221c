"""What AWS, Terraform or Latitude would refuse: each message in full, with its path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from latitude.spec import (
    AutoScaling,
    Domain,
    HealthCheck,
    HostedZone,
    PublicImage,
    SecretsManagerSecret,
    Source,
    Table,
)
from tests.unit.botocore_shapes import service_model
from tests.unit.descriptions import application, service

if TYPE_CHECKING:
    from tests.unit.descriptions import Refusals

_REGIONS: Final = (
    "ap-northeast-1, ap-south-1, ap-southeast-1, ap-southeast-2, eu-central-1, eu-west-1, eu-west-2, eu-west-3, "
    "us-east-1, us-east-2, us-west-2"
)
_SETS: Final = (
    "us-east-1, us-east-2, us-west-2; eu-west-1, eu-west-2, eu-west-3, eu-central-1; "
    "ap-northeast-1, ap-northeast-2, ap-northeast-3"
)


def test_description_without_faults_is_accepted() -> None:
    """The description that the tests below spoil has no faults itself."""
    assert application(services=[service()]).services[0].name == "web"


@pytest.mark.parametrize("region", ["sa-east-1", "us-east-9", "US-EAST-1", ""])
def test_region_without_app_runner_is_refused(refusals: Refusals, region: str) -> None:
    """A region without App Runner is refused with the list of those that have it."""
    assert refusals(lambda: application(regions=["us-east-1", region])) == [
        f"regions[1]: must be one of {_REGIONS}, got {region!r} (App Runner endpoints)"
    ]


def test_region_given_twice_is_refused(refusals: Refusals) -> None:
    """The same region twice is one fault, with how often it was given."""
    assert refusals(lambda: application(regions=["us-east-1", "us-west-2", "us-east-1", "us-east-1"])) == [
        "regions: must be different from each other, got 'us-east-1' 3 times (Latitude)"
    ]


def test_regions_twice_and_unknown_are_both_reported(refusals: Refusals) -> None:
    """A list with duplicates and unknown regions has a fault for each."""
    assert refusals(lambda: application(regions=["mars", "mars", "us-east-1"])) == [
        "regions: must be different from each other, got 'mars' 2 times (Latitude)",
        f"regions[0]: must be one of {_REGIONS}, got 'mars' (App Runner endpoints)",
        f"regions[1]: must be one of {_REGIONS}, got 'mars' (App Runner endpoints)",
    ]


def test_cpu_and_memory_that_do_not_pair_are_refused(refusals: Refusals) -> None:
    """A size of memory that App Runner has, but not with this vCPU, is refused with those that go with it."""
    assert refusals(lambda: service(cpu="1 vCPU", memory="12 GB").checked()) == [
        (
            "memory: must be 2048 or 3072 or 4096 with cpu 1024, got 12288 "
            "(App Runner Developer Guide, vCPU and memory configurations)"
        )
    ]


@pytest.mark.parametrize("cpu", ["1 VCPU", "1vCPU", "3 vCPU", "one vCPU", "1 GB", "nan vCPU", "1e999 vCPU"])
def test_cpu_in_no_known_words_is_refused(refusals: Refusals, cpu: str) -> None:
    """Words that App Runner does not know are refused as they were written."""
    (said,) = refusals(lambda: service(cpu=cpu).checked())
    assert said == (
        f"cpu: must be one of 256, 512, 1024, 2048, 4096, got {cpu!r} (App Runner Developer Guide, CPU and memory)"
    )


def test_min_size_above_max_size_is_refused(refusals: Refusals) -> None:
    """The two sizes are held to each other, with both values."""
    assert refusals(lambda: AutoScaling(min_size=9, max_size=3).checked()) == [
        "min_size: must be at most max_size, 3, got 9 (App Runner CreateAutoScalingConfiguration)"
    ]


def test_health_check_timeout_of_21_is_refused(refusals: Refusals) -> None:
    """The path of a fault leads through the parts that hold it."""
    described = service(health_check=HealthCheck(timeout_seconds=21))
    assert refusals(lambda: application(services=[described])) == [
        "services[0].health_check.timeout_seconds: must be 1 to 20, got 21 (App Runner CreateService)"
    ]


def test_service_name_of_41_characters_is_refused(refusals: Refusals) -> None:
    """A service's name is too long by itself with 41 characters."""
    name = "w" * 41
    assert refusals(lambda: service(name=name).checked()) == [
        f"name: must be 1 to 40 characters, got 41: '{name}' (App Runner CreateService)"
    ]


@pytest.mark.parametrize(("name", "length"), [("w" * 34, 41), ("w" * 40, 47)])
def test_service_name_too_long_with_the_applications_is_refused(refusals: Refusals, name: str, length: int) -> None:
    """What AWS sees is APPLICATION-SERVICE, and that has 40 characters at most."""
    assert refusals(lambda: application(services=[service(name=name)])) == [
        (
            f"services[0].name: must make APPLICATION-SERVICE 4 to 40 characters, got {length}: 'orders-{name}' "
            "(App Runner CreateService)"
        )
    ]


def test_service_name_of_40_characters_with_the_applications_is_accepted() -> None:
    """The longest name that AWS takes is taken."""
    assert application(services=[service(name="w" * 33)]).services[0].name == "w" * 33


@pytest.mark.parametrize("name", ["AWSAPPRUNNER_X", "AWSAPPRUNNER", "PORT", "A B", "A=B", ""])
@pytest.mark.parametrize("field", ["environment", "secrets", "regional_environment"])
def test_variable_that_is_reserved_is_refused(refusals: Refusals, field: str, name: str) -> None:
    """App Runner's own variables, and names that no shell could read, are refused wherever a variable is stated."""
    secret = SecretsManagerSecret(name="db")
    value = {"environment": {name: "1"}, "secrets": {name: secret}, "regional_environment": {"us-east-1": {name: "1"}}}
    (said,) = refusals(lambda: service(**{field: value[field]}).checked())
    below = f'["{name}"]' if not name.isidentifier() else f".{name}"
    path = f'{field}["us-east-1"]{below}' if field == "regional_environment" else f"{field}{below}"
    assert said == (
        f"{path}: must be a name without white space or =, not PORT, and not beginning with AWSAPPRUNNER, "
        f"got {name!r} (App Runner Developer Guide, environment variables: both are reserved)"
    )


@pytest.mark.parametrize("name", ["PORTAL", "MY_PORT", "AWS_REGION", "_", "a.b", "ÄÖ"])
def test_variable_that_only_looks_reserved_is_accepted(name: str) -> None:
    """Names that begin or end like a reserved one are the user's."""
    assert service(environment={name: "1"}).checked().environment == {name: "1"}


def test_automatic_deployments_of_ecr_public_are_refused(refusals: Refusals) -> None:
    """App Runner watches no public repository."""
    image = PublicImage(identifier="public.ecr.aws/nginx/nginx:1.27")
    assert refusals(lambda: service(image=image, auto_deployments=True).checked()) == [
        "auto_deployments: must be False with a PublicImage, got True (App Runner: not for ECR Public)"
    ]


def test_secret_of_another_region_is_refused(refusals: Refusals) -> None:
    """A secret's ARN stands under its own region; App Runner would refuse it only when the service starts."""
    arns = dict.fromkeys(("us-east-1", "us-west-2"), "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-a1b2c3")
    described = service(secrets={"PASSWORD": SecretsManagerSecret(arns=arns)})
    assert refusals(lambda: application(services=[described])) == [
        (
            'services[0].secrets.PASSWORD.arns["us-west-2"]: must be the secret in us-west-2, got one in us-east-1: '
            "'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-a1b2c3' (App Runner: the secret is regional)"
        )
    ]


def test_secret_missing_in_a_region_and_given_for_a_foreign_one_is_refused(refusals: Refusals) -> None:
    """Every region of the application has its ARN, and no other region has."""
    arns = {"eu-west-1": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-a1b2c3"}
    described = service(secrets={"PASSWORD": SecretsManagerSecret(arns=arns)})
    assert refusals(lambda: application(services=[described])) == [
        (
            'services[0].secrets.PASSWORD.arns["eu-west-1"]: must be a region of the application '
            "(us-east-1, us-west-2), got 'eu-west-1' (Latitude)"
        ),
        (
            "services[0].secrets.PASSWORD.arns: must have an entry for each region of the application, "
            "none for us-east-1, us-west-2 (Latitude)"
        ),
    ]


def test_secret_arn_with_a_json_key_is_refused(refusals: Refusals) -> None:
    """A JSON key is stated as such; in the ARN, the role would be allowed to read what does not exist."""
    arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-a1b2c3:password::"
    assert refusals(lambda: SecretsManagerSecret(arns={"us-east-1": arn}).checked()) == [
        (
            'arns["us-east-1"]: must be the full ARN of a secret, with the six characters that Secrets Manager puts '
            f"behind its name (its JSON key is json_key), got {arn!r} "
            "(Secrets Manager User Guide, secret ARN; App Runner Developer Guide, environment)"
        )
    ]


def test_strong_consistency_in_two_regions_is_refused(refusals: Refusals) -> None:
    """Strong consistency needs a third region, and the message names the sets that it can be from."""
    described = Table(name="carts", hash_key="id", attributes={"id": "S"}, consistency="strong")
    assert refusals(lambda: application(tables=[described])) == [
        (
            "tables[0].consistency: strong must have exactly three regions, or two and a witness, of one set "
            f"({_SETS}), got us-east-1, us-west-2 (DynamoDB Developer Guide, multi-Region strong consistency)"
        )
    ]


def test_key_attribute_that_is_not_declared_is_refused(refusals: Refusals) -> None:
    """A key without a type is one fault, and a type without a key another."""
    assert refusals(lambda: Table(name="carts", hash_key="id", attributes={"ID": "S"}).checked()) == [
        (
            "attributes.ID: must be a key of the table or of an index; other attributes are not declared "
            "(DynamoDB CreateTable), got 'ID'"
        ),
        "attributes: must declare the type of 'id', the hash_key; declared: ID (DynamoDB CreateTable)",
    ]


@pytest.mark.parametrize("name", ["shop.example.org", "notexample.com", "com"])
def test_domain_outside_its_zone_is_refused(refusals: Refusals, name: str) -> None:
    """A name that ends in the zone's letters, but not below it, is outside of it too."""
    (said,) = refusals(lambda: Domain(name=name, hosted_zone=HostedZone(name="example.com")).checked())
    if name == "com":
        assert said == (
            "name: must be a domain name in lower case, without a dot at its end, got 'com' "
            "(RFC 1035; App Runner AssociateCustomDomain)"
        )
    else:
        assert said == f"name: must be example.com or end in .example.com, its hosted zone, got {name!r} (Route 53)"


@pytest.mark.parametrize("name", ["example.com", "www.example.com", "a.b.example.com"])
def test_domain_in_its_zone_is_accepted(name: str) -> None:
    """The zone's apex and names at any depth below it are in it."""
    assert Domain(name=name, hosted_zone=HostedZone(name="example.com")).checked().name == name


def test_unknown_field_is_refused_with_the_near_one(refusals: Refusals) -> None:
    """A field that does not exist is named with the one that was meant, and with all there are."""
    given: dict[str, Any] = {"max_concurency": 5}
    (said,) = refusals(lambda: AutoScaling(**given).checked())
    assert said == (
        "max_concurency: is not a field of AutoScaling; did you mean max_concurrency? "
        "its fields are min_size, max_size, max_concurrency"
    )


def test_unknown_field_like_no_other_is_refused(refusals: Refusals) -> None:
    """Where nothing is near, nothing is guessed."""
    given: dict[str, Any] = {"colour": "red"}
    (said,) = refusals(lambda: AutoScaling(**given).checked())
    assert said == "colour: is not a field of AutoScaling; its fields are min_size, max_size, max_concurrency"


def test_tag_of_source_code_is_refused_with_the_reason(refusals: Refusals) -> None:
    """A tag of a repository is refused with App Runner's reason, which holds as long as it has no other kind."""
    given: dict[str, Any] = {"repository_url": "https://github.com/example/tickets", "tag": "v1.2.0"}
    (said,) = refusals(lambda: Source(**given).checked())
    assert said == (
        "tag: is nothing that App Runner deploys: its versions of source code are branches only (App Runner "
        "SourceCodeVersion Type, BRANCH); state branch, such as one that is moved to each release's tag, got 'v1.2.0'"
    )
    kinds: Any = service_model("apprunner").shape_for("SourceCodeVersionType")
    assert kinds.enum == ["BRANCH"]
