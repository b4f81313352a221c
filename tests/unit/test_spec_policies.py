"""Statements of policies: IAM's grammar, and Latitude's placeholders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from latitude.spec import Condition, PolicyStatement, Registry, Statement
from tests.unit.descriptions import only, service, table

if TYPE_CHECKING:
    from tests.unit.descriptions import Refusals


@pytest.mark.parametrize("resource", ["arn:aws:s3:::logs-{regoin}/*", "arn:aws:s3:::{}/x"])
def test_placeholder_that_does_not_exist_is_refused(refusals: Refusals, resource: str) -> None:
    """A slip of the pen would make an ARN that matches nothing."""
    name = resource[resource.index("{") : resource.index("}") + 1]
    assert only(refusals(lambda: Statement(actions=["s3:GetObject"], resources=["*", resource]).checked())) == (
        "resources[1]: must have no other placeholders than {region} and {account_id}, "
        f"got {name} in {resource!r} (Latitude)"
    )


@pytest.mark.parametrize(
    "resource", ["*", "arn:aws:sqs:{region}:{account_id}:jobs", "arn:aws:s3:::home/${aws:username}/*"]
)
def test_placeholder_of_latitude_or_iam_is_accepted(resource: str) -> None:
    """The two placeholders and IAM's own policy variables are taken."""
    assert Statement(actions=["s3:GetObject"], resources=[resource]).checked().resources == (resource,)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"actions": ["GetObject"]}, "actions[0]: must be an IAM action, SERVICE:ACTION, or *, got 'GetObject'"),
        ({"actions": []}, "actions: must be 1 to 1000 entries, got 0: ()"),
        ({"resources": ["my-bucket"]}, "resources[0]: must be an ARN or *, got 'my-bucket'"),
        ({"sid": "read-logs"}, "sid: must be letters and digits, got 'read-logs'"),
        ({"effect": "allow"}, "effect: must be 'Allow' or 'Deny', got 'allow'"),
    ],
)
def test_statement_that_iam_refuses_is_refused(refusals: Refusals, values: dict[str, Any], message: str) -> None:
    """IAM's grammar is checked before AWS is asked."""
    said = only(refusals(lambda: Statement(**{"actions": ["s3:GetObject"], "resources": ["*"], **values}).checked()))
    assert said.startswith(f"{message} (")


@pytest.mark.parametrize(
    "test", ["StringEquals", "ForAllValues:StringLike", "DateLessThanEquals", "ArnNotLikeIfExists", "Null"]
)
def test_condition_operator_of_iam_is_accepted(test: str) -> None:
    """Operators stand alone, with a set's prefix or with ``IfExists``."""
    assert Condition(test=test, variable="aws:SourceVpc", values=["vpc-1"]).checked().test == test


@pytest.mark.parametrize("test", ["Equals", "stringEquals", "StringEqual", "NullIfExists", "ForEachValue:StringLike"])
def test_condition_operator_of_nobody_is_refused(refusals: Refusals, test: str) -> None:
    """An operator that IAM does not have is refused."""
    assert only(refusals(lambda: Condition(test=test, variable="aws:SourceVpc", values=["vpc-1"]).checked())) == (
        "test: must be an operator of IAM, such as StringEquals, with or without ForAllValues:, ForAnyValue: and "
        f"IfExists, got {test!r} (IAM User Guide, condition operators)"
    )


def test_sid_given_twice_is_refused(refusals: Refusals) -> None:
    """A policy's statements have identifiers of their own, where they have any."""
    statement = Statement(sid="Read", actions=["s3:GetObject"], resources=["*"])
    policy = PolicyStatement(sid="Read", principals=["123456789012"], actions=["dynamodb:GetItem"])
    assert only(refusals(service(statements=[statement, statement]).checked)) == (
        "statements: must have sids of their own, got 'Read' 2 times (IAM policy grammar, Sid)"
    )
    assert only(refusals(table(resource_policy=[policy, policy]).checked)) == (
        "resource_policy: must have sids of their own, got 'Read' 2 times (IAM policy grammar, Sid)"
    )
    assert service(statements=[Statement(actions=["*"], resources=["*"])] * 2).checked()


@pytest.mark.parametrize("principal", ["*", "arn:aws:iam::123456789012:group/x", "12345678901", "s3.amazonaws.com"])
def test_principal_that_is_everyone_or_no_one_is_refused(refusals: Refusals, principal: str) -> None:
    """A table or a repository is never opened to everyone by a slip of the pen."""
    said = only(refusals(lambda: Registry(pull_principals=[principal]).checked()))
    assert said.startswith("pull_principals[0]: must be an account id of 12 digits, or the ARN of an account's root, ")
