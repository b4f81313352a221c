"""What one value of a service allows another to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from latitude.spec import (
    CustomerManagedKey,
    Domain,
    HostedZone,
    PrivateIngress,
    SecretsManagerSecret,
    SsmParameter,
    TableAccess,
    VpcAccess,
)
from tests.unit.descriptions import REGIONS, application, only, service, table

if TYPE_CHECKING:
    from tests.unit.descriptions import Refusals

KEY: Final = "arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"
PARAMETER: Final = "arn:aws:ssm:us-east-1:123456789012:parameter/orders/key"
ACL: Final = "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/main/0123"
SUBNETS: Final = ("subnet-0123456789abcdef0",)
VPC: Final = "vpc-0123456789abcdef0"


def test_variable_that_is_set_twice_is_refused(refusals: Refusals) -> None:
    """A variable has one origin; the table's own variable counts."""
    described = service(
        environment={"CARTS_TABLE": "x", "KEY": "x"},
        secrets={"KEY": SsmParameter(name="key")},
        tables=[TableAccess(table="carts")],
    )
    once = "must be set once: by environment, secrets or tables, got 2 times (Latitude)"
    assert sorted(refusals(described.checked)) == [f"environment.CARTS_TABLE: {once}", f"environment.KEY: {once}"]


def test_variable_of_a_region_may_replace_the_common_one() -> None:
    """A region's own value of a variable is no second origin."""
    assert service(environment={"A": "1"}, regional_environment={"us-east-1": {"A": "2"}}).checked()


def test_variable_that_follows_from_a_tables_name_must_not_be_reserved(refusals: Refusals) -> None:
    """A table may have any name; the variable with its name in AWS is then stated."""
    access = TableAccess(table="awsapprunner-log")
    assert only(refusals(access.checked)) == (
        "variable: must be set, since 'AWSAPPRUNNER_LOG_TABLE', from the table's name, is reserved "
        "(App Runner Developer Guide, environment variables)"
    )
    assert TableAccess(table="awsapprunner-log", variable="LOG").checked().variable_name == "LOG"


@pytest.mark.parametrize(("name", "variable"), [("carts", "CARTS_TABLE"), ("a-b.c_d", "A_B_C_D_TABLE")])
def test_variable_of_a_table_is_its_name_in_capitals(name: str, variable: str) -> None:
    """The variable follows from the table's name in the description, not from that in AWS."""
    assert TableAccess(table=name).variable_name == variable


def test_private_service_has_no_domain(refusals: Refusals) -> None:
    """Route 53 could not ask for the health of a service that only a VPC reaches."""
    ingress = {region: PrivateIngress(vpc_id=VPC, subnet_ids=SUBNETS) for region in REGIONS}
    domain = Domain(name="example.com", hosted_zone=HostedZone(name="example.com"))
    described = service(private_ingress=ingress, domain=domain)
    assert only(refusals(lambda: application(services=[described]))) == (
        "services[0].domain: must be unset with private_ingress: Route 53's health checkers can't reach a private "
        "service (Route 53 Developer Guide), got 'example.com'"
    )


@pytest.mark.parametrize("given", ["neither", "both"])
def test_ingress_of_not_exactly_one_endpoint_is_refused(refusals: Refusals, given: str) -> None:
    """An endpoint is given, or made in given subnets."""
    more: dict[str, Any] = (
        {} if given == "neither" else {"vpc_endpoint_id": "vpce-0123456789abcdef0", "subnet_ids": SUBNETS}
    )
    assert only(refusals(lambda: PrivateIngress(vpc_id=VPC, **more).checked())) == (
        f"vpc_endpoint_id: exactly one of vpc_endpoint_id and subnet_ids must be set, got {given} "
        "(App Runner CreateVpcIngressConnection)"
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("vpc", {"us-west-2": VpcAccess(subnet_ids=SUBNETS)}),
        ("private_ingress", {"us-west-2": PrivateIngress(vpc_id=VPC, subnet_ids=SUBNETS)}),
        ("web_acl_arns", {"us-west-2": ACL}),
    ],
)
def test_what_is_regional_is_given_for_every_region(refusals: Refusals, field: str, value: object) -> None:
    """A region that was forgotten is named."""
    assert only(refusals(lambda: application(services=[service(**{field: value})]))) == (
        f"services[0].{field}: must have an entry for each region of the application, none for us-east-1 (Latitude)"
    )


def test_variables_of_some_regions_are_accepted_and_of_foreign_ones_refused(refusals: Refusals) -> None:
    """Variables may be given for one region only, if the application is in it."""
    assert application(services=[service(regional_environment={"us-west-2": {"A": "1"}})])
    described = service(regional_environment={"eu-west-1": {"A": "1"}})
    assert only(refusals(lambda: application(services=[described]))) == (
        'services[0].regional_environment["eu-west-1"]: must be a region of the application (us-east-1, us-west-2), '
        "got 'eu-west-1' (Latitude)"
    )


def test_multi_region_key_of_a_service_is_refused(refusals: Refusals) -> None:
    """App Runner's own pattern has no multi-Region keys; DynamoDB and ECR take them."""
    arn = f"arn:aws:kms:us-east-1:123456789012:key/mrk-{'0' * 32}"
    key = CustomerManagedKey(arns={"us-east-1": arn})
    assert only(refusals(lambda: service(encryption=key).checked())) == (
        f'encryption.arns["us-east-1"]: must not be a multi-Region key, got {arn!r} (App Runner CreateService KmsKey)'
    )
    assert table(encryption=key).checked().encryption == key


@pytest.mark.parametrize("arn", ["alias/aws/s3", "arn:aws:kms:us-east-1:123456789012:alias/main", f"{KEY}/x:key/mrk-0"])
def test_key_that_is_no_keys_arn_is_refused(refusals: Refusals, arn: str) -> None:
    """Aliases, and ARNs that only end like a key's, are refused."""
    assert only(refusals(lambda: CustomerManagedKey(arns={"us-east-1": arn}).checked())) == (
        f'arns["us-east-1"]: must be the full ARN of a KMS key (not of an alias), got {arn!r} '
        "(KMS Developer Guide, key ARN)"
    )


@pytest.mark.parametrize(
    ("part", "path", "what"),
    [
        (
            {"encryption": CustomerManagedKey(arns={"us-east-1": KEY, "us-west-2": KEY})},
            "encryption.arns",
            "the KMS key",
        ),
        (
            {"secrets": {"A": SecretsManagerSecret(name="a", kms_key_arns={"us-east-1": KEY, "us-west-2": KEY})}},
            "secrets.A.kms_key_arns",
            "the KMS key",
        ),
        (
            {"secrets": {"A": SsmParameter(name="a", kms_key_arns={"us-east-1": KEY, "us-west-2": KEY})}},
            "secrets.A.kms_key_arns",
            "the KMS key",
        ),
        (
            {"secrets": {"A": SsmParameter(arns={"us-east-1": PARAMETER, "us-west-2": PARAMETER})}},
            "secrets.A.arns",
            "the parameter",
        ),
    ],
)
def test_arn_of_another_region_is_refused(refusals: Refusals, part: dict[str, Any], path: str, what: str) -> None:
    """Whatever is regional and given by ARN stands under its own region."""
    arn = PARAMETER if what == "the parameter" else KEY
    assert only(refusals(lambda: application(services=[service(**part)]))) == (
        f'services[0].{path}["us-west-2"]: must be {what} in us-west-2, got one in us-east-1: {arn!r} '
        f"(App Runner: {what} is regional)"
    )


@pytest.mark.parametrize("secret", [SecretsManagerSecret, SsmParameter])
@pytest.mark.parametrize("given", ["neither", "both"])
def test_secret_of_not_exactly_one_name_is_refused(refusals: Refusals, secret: Any, given: str) -> None:
    """A secret is looked up by its name in each region, or given by ARN."""
    arn = PARAMETER if secret is SsmParameter else "arn:aws:secretsmanager:us-east-1:123456789012:secret:a-a1b2c3"
    values: dict[str, Any] = {} if given == "neither" else {"name": "a", "arns": {"us-east-1": arn}}
    assert only(refusals(secret(**values).checked)) == (
        f"name: exactly one of name and arns must be set, got {given} (Latitude)"
    )
