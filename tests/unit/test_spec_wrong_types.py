"""What a user reads who gives a value of another kind than the one that is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from latitude.spec import (
    Application,
    Domain,
    EcrImage,
    HealthCheck,
    Image,
    LocalState,
    OnDemand,
    Service,
    SsmParameter,
    Table,
    VpcAccess,
)

if TYPE_CHECKING:
    from tests.unit.descriptions import Refusals

SERVICE: dict[str, Any] = {"name": "web", "image": Image(tag="1.0")}
TABLE: dict[str, Any] = {"name": "carts", "hash_key": "id", "attributes": {"id": "S"}}
APPLICATION: dict[str, Any] = {"name": "orders", "regions": ["us-east-1"]}


@pytest.mark.parametrize(
    ("model", "field", "value", "message"),
    [
        (
            Service,
            "image",
            {"tag": "1.0"},
            "must be Image(…), EcrImage(…) or PublicImage(…), got {'tag': '1.0'} (Service)",
        ),
        (Service, "image", "nginx", "must be Image(…), EcrImage(…) or PublicImage(…), got 'nginx' (Service)"),
        (Service, "image", Image, f"must be Image(…), EcrImage(…) or PublicImage(…), got {Image!r} (Service)"),
        (Table, "billing", "PROVISIONED", "must be OnDemand(…) or Provisioned(…), got 'PROVISIONED' (Table)"),
        (Table, "billing", None, "must be OnDemand(…) or Provisioned(…), got None (Table)"),
        (Application, "state", {}, "must be S3State(…), CloudState(…) or LocalState(…), got {} (Application)"),
        (
            Application,
            "state",
            OnDemand(),
            f"must be S3State(…), CloudState(…) or LocalState(…), got {OnDemand()!r} (Application)",
        ),
        (Service, "autoscaling", {"min_size": 3}, "must be AutoScaling(…), got {'min_size': 3} (Service)"),
        (Service, "autoscaling", None, "must be AutoScaling(…), got None (Service)"),
        (Service, "health_check", LocalState(), "must be HealthCheck(…), got LocalState() (Service)"),
        (Service, "domain", "example.com", "must be Domain(…), got 'example.com' (Service)"),
        (Service, "tables", "carts", "must be a tuple or a list, got 'carts' (Service)"),
        (Service, "environment", [("A", "1")], "must be a dict, got [('A', '1')] (Service)"),
        (Service, "tracing", "maybe", "must be True or False, got 'maybe' (Service)"),
        (Service, "tracing", None, "must be True or False, got None (Service)"),
        (Service, "ip_address_type", "IPV6", "must be 'IPV4' or 'DUAL_STACK', got 'IPV6' (Service)"),
        (Service, "name", 5, "must be text, got 5 (Service)"),
        (Service, "name", None, "must be text, got None (Service)"),
        (Service, "port", None, "must be 1 to 65535, got None (TCP)"),
        (Service, "port", "8080", "must be 1 to 65535, got '8080' (TCP)"),
        (Application, "regions", "us-east-1", "must be a tuple or a list, got 'us-east-1' (Application)"),
        (Application, "regions", None, "must be a tuple or a list, got None (Application)"),
        (Application, "draining", "us-east-1", "must be a set, got 'us-east-1' (Application)"),
        (Application, "tags", {"team": 5}, "must be text, got 5 (Application)"),
    ],
)
def test_value_of_the_wrong_kind_is_refused(
    refusals: Refusals, model: Any, field: str, value: object, message: str
) -> None:
    """The message says what is wanted as it is written in Python, and what was given."""
    base = {Service: SERVICE, Table: TABLE, Application: APPLICATION}[model]
    (said,) = refusals(lambda: model(**{**base, field: value}).checked())
    path = "tags.team" if field == "tags" else field
    assert said == f"{path}: {message}"


def test_entry_of_the_wrong_kind_is_refused_beside_the_faults_of_others(refusals: Refusals) -> None:
    """A wrong entry among services does not hide what is wrong with the right ones."""
    values: dict[str, Any] = {**APPLICATION, "services": [Service(name="web"), "api", 5]}
    assert refusals(lambda: Application(**values)) == [
        "services[1]: must be Service(…), got 'api' (Application)",
        "services[2]: must be Service(…), got 5 (Application)",
        "services[0].image: exactly one of image and source must be set, got neither (App Runner CreateService)",
    ]


def test_secret_given_as_text_is_refused_with_the_classes(refusals: Refusals) -> None:
    """A union within a dict has the entry's path, and no trace of how pydantic tells its classes apart."""
    values: dict[str, Any] = {**SERVICE, "secrets": {"A": "arn", "B": SsmParameter(), "C": SsmParameter(name="c")}}
    assert refusals(lambda: Service(**values).checked()) == [
        "secrets.A: must be SecretsManagerSecret(…) or SsmParameter(…), got 'arn' (Service)",
        "secrets.B.name: exactly one of name and arns must be set, got neither (Latitude)",
    ]


def test_part_of_the_wrong_region_key_is_refused_with_a_quoted_path(refusals: Refusals) -> None:
    """A key that is no Python name is written in brackets and quotes."""
    values: dict[str, Any] = {**SERVICE, "vpc": {"us-east-1": VpcAccess(subnet_ids=["subnet-1"])}}
    assert refusals(lambda: Service(**values).checked()) == [
        (
            'vpc["us-east-1"].subnet_ids[0]: must be the id of a subnet, subnet-…, '
            "got 'subnet-1' (Amazon EC2 resource ids)"
        )
    ]


def test_value_too_long_to_read_is_shortened(refusals: Refusals) -> None:
    """A message never repeats an endless value."""
    (said,) = refusals(lambda: Service(**SERVICE, environment={"A": "x" * 51201}).checked())
    assert said == f"environment.A: must be 0 to 51200 characters, got 51201: '{'x' * 119}… (App Runner CreateService)"


def test_missing_fields_are_each_a_fault(refusals: Refusals) -> None:
    """Every field that is required and missing is named, with its class."""
    empty: dict[str, Any] = {}
    assert refusals(lambda: Domain(**empty).checked()) == [
        "name: is required (Domain)",
        "hosted_zone: is required (Domain)",
    ]


def test_subclass_of_a_part_is_taken(refusals: Refusals) -> None:
    """A user's own class stands for the class that it extends, and its faults are found."""

    class Strict(HealthCheck):
        """A health check with other defaults."""

    assert Service(**SERVICE, health_check=Strict(timeout_seconds=2)).checked().health_check.timeout_seconds == 2
    assert refusals(lambda: Service(**SERVICE, health_check=Strict(timeout_seconds=0)).checked()) == [
        "health_check.timeout_seconds: must be 1 to 20, got 0 (App Runner CreateService)"
    ]


def test_two_versions_of_an_image_are_refused(refusals: Refusals) -> None:
    """A tag and a digest could name different images."""
    digest = f"sha256:{'0' * 64}"
    assert refusals(lambda: EcrImage(repository="web", tag="1.0", digest=digest).checked()) == [
        "tag: exactly one of tag and digest must be set, got both (ECR ImageIdentifier)"
    ]
