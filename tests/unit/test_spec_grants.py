"""The policy of a service's role: short, with no identifier but the user's own, and held to IAM's quota."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from latitude.spec import (
    Application,
    CustomerManagedKey,
    GlobalIndex,
    SecretsManagerSecret,
    SsmParameter,
    Statement,
    TableAccess,
)
from latitude.spec.grants import role_statements
from latitude.spec.iam import IamStatement, policy_length
from tests.unit.descriptions import application, only, service, table

if TYPE_CHECKING:
    from tests.unit.descriptions import Refusals


def with_tables(count: int, **changes: Any) -> Application:
    """Return an application whose service uses tables that have an index and a key each."""
    made = [
        table(
            name=f"table-{number}",
            attributes={"id": "S", "at": "S"},
            global_indexes=[GlobalIndex(name="by-at", hash_key="at")],
            encryption=CustomerManagedKey(),
        )
        for number in range(count)
    ]
    used = [TableAccess(table=each.name) for each in made]
    return application(tables=made, services=[service(tables=used, **changes)])


def statements(described: Application) -> list[IamStatement]:
    """Return the statements of the first service in its home region."""
    return role_statements(described.services[0], described, described.home_region)


def test_tables_of_one_access_share_a_statement() -> None:
    """Twenty tables with an index and a key each are two statements, and fit."""
    tables, keys = statements(with_tables(20))
    assert (len(tables.resources), len(keys.resources)) == (40, 20)
    assert policy_length([tables, keys]) < 10240


def test_policy_beyond_the_quota_is_refused_with_its_length(refusals: Refusals) -> None:
    """Terraform would plan it, and IAM refuse it in the midst of an apply."""
    assert only(refusals(lambda: with_tables(60))) == (
        "services[0].statements: must leave the instance role a policy of at most 10240 characters with the service's "
        "tables and secrets, got about 13333 in us-east-1; name fewer resources, with * where they begin alike "
        "(IAM and STS quotas: inline policies of a role)"
    )


def test_only_stated_statements_have_a_sid() -> None:
    """No identifier that Latitude makes can be the same as the user's, or as another of its own."""
    names = ("Tracing", "GetSecretValue", "DecryptSecrets", "TableCarts")
    own = [Statement(sid=name, actions=["s3:GetObject"], resources=["*"]) for name in names]
    key = {region: f"arn:aws:kms:{region}:123456789012:key/{'1' * 8}-2222-4333-8444-{'5' * 12}" for region in
           ("us-east-1", "us-west-2")}  # fmt: skip
    secrets = {"A": SecretsManagerSecret(name="a", kms_key_arns=key), "B": SsmParameter(name="b")}
    described = with_tables(1, statements=own, secrets=secrets, tracing=True)
    assert [each.sid for each in statements(described)] == [None, None, None, None, None, None, *names]


def test_length_counts_what_iam_counts() -> None:
    """A policy is measured as it is written, without white space."""
    statement = IamStatement(actions=["s3:GetObject"], resources=["*"])
    written = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}'
    assert policy_length([statement]) == len(written)


@pytest.mark.parametrize(
    ("secret", "end"),
    [
        (SecretsManagerSecret(name="rds!db-1"), ""),
        (SecretsManagerSecret(name="db", json_key="password"), ":password::"),
        (SecretsManagerSecret(name="db", version_stage="AWSPREVIOUS"), "::AWSPREVIOUS:"),
        (SecretsManagerSecret(name="db", json_key="a", version_id="1" * 32), f":a::{'1' * 32}"),
    ],
)
def test_secret_is_given_with_key_and_version(secret: SecretsManagerSecret, end: str) -> None:
    """SECRET-ARN:JSON-KEY:VERSION-STAGE:VERSION-ID, or the ARN alone (App Runner Developer Guide)."""
    assert secret.checked().reference("ARN") == f"ARN{end}"


def test_secret_of_two_versions_is_refused(refusals: Refusals) -> None:
    """A label and an id would have to name the same version."""
    secret = SecretsManagerSecret(name="db", version_stage="AWSCURRENT", version_id="1" * 32)
    assert only(refusals(secret.checked)).startswith("version_id: must be unset with version_stage, got '1111")


@pytest.mark.parametrize(
    ("end", "fits"), [("db-AbCdEf", True), ("rds!cluster-1-AbCdEf", True), ("db", False), ("db-password", False)]
)
def test_arn_of_a_secret_has_its_six_characters(end: str, fits: bool) -> None:  # noqa: FBT001 - a column of the table
    """Without them the role's policy matches nothing, and the service does not start."""
    secret = SecretsManagerSecret(arns={"us-east-1": f"arn:aws:secretsmanager:us-east-1:123456789012:secret:{end}"})
    assert (list(secret.faults()) == []) is fits
