"""What policies and groups let through, and what they don't."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from latitude import Image, SecretsManagerSecret, Service, SsmParameter
from tests.support.synthesized import every_stack, stacks_of, synthesized
from tests.unit.descriptions import application

if TYPE_CHECKING:
    from tests.support.template import Template

KEY = "arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"


def statement(template: Template, document: str, sid: str) -> dict[str, Any]:
    """Return a statement of a policy document by its identifier."""
    statements = template.get(f"data.aws_iam_policy_document.{document}")["statement"]
    (found,) = (each for each in statements if each.get("sid") == sid)
    return dict(found)


@pytest.mark.parametrize(
    ("secrets", "services"),
    [
        ({"A": SecretsManagerSecret(name="a", kms_key_arns={"us-east-1": KEY})}, ["secretsmanager"]),
        ({"A": SsmParameter(name="/a", kms_key_arns={"us-east-1": KEY})}, ["ssm"]),
        (
            {
                "A": SecretsManagerSecret(name="a", kms_key_arns={"us-east-1": KEY}),
                "B": SsmParameter(name="/b", kms_key_arns={"us-east-1": KEY}),
            },
            ["secretsmanager", "ssm"],
        ),
    ],
)
def test_secrets_are_decrypted_only_through_their_service(secrets: dict[str, Any], services: list[str]) -> None:
    """The key may encrypt more than the secret: the role can't use it for that."""
    described = application(
        regions=("us-east-1",), services=(Service(name="web", image=Image(tag="1"), secrets=secrets),)
    )
    cell = synthesized(described)["orders-us-east-1"]
    statements = cell.get("data.aws_iam_policy_document.web_instance_policy")["statement"]
    (decrypt,) = (each for each in statements if each["actions"] == ["kms:Decrypt"])
    assert decrypt["resources"] == [KEY]
    assert decrypt["condition"] == [
        {
            "test": "StringEquals",
            "variable": "kms:ViaService",
            "values": [f"{service}.us-east-1.amazonaws.com" for service in services],
        }
    ]


def test_state_bucket_refuses_objects_under_a_foreign_key() -> None:
    """An object may name no key, or the bucket's own; another account's would make the state unreadable."""
    state = stacks_of("own_state")["own-state"]
    foreign = statement(state, "state_us_east_1_guards", "NoForeignKey")
    assert (foreign["effect"], foreign["actions"]) == ("Deny", ["s3:PutObject"])
    key = "s3:x-amz-server-side-encryption-aws-kms-key-id"
    assert foreign["condition"] == [
        {"test": "Null", "variable": key, "values": ["false"]},
        {"test": "StringNotEquals", "variable": key, "values": ["${aws_kms_key.state_us_east_1_key.arn}"]},
    ]


def test_state_bucket_logs_access_where_a_bucket_is_named() -> None:
    """Each state bucket, and each replica, logs to the bucket of its own region, below its own name."""
    state = stacks_of("own_state")["own-state"]
    state.expect(
        "aws_s3_bucket_logging.state_eu_west_2",
        target_bucket="own-access-logs-eu-west-2",
        target_prefix="own-state-eu-west-2/",
    )
    state.expect("aws_s3_bucket_logging.replica_eu_west_2", target_bucket="own-access-logs-us-west-2")


def test_rule_of_a_security_group_says_what_it_is_for() -> None:
    """Whoever finds a rule in an account can read why it is there."""
    rules = [
        (f"{stack}: {address}", arguments)
        for stack, template in every_stack().items()
        for address, arguments in template.items()
        if "_security_group" in address and not address.startswith("data.")
    ]
    assert rules
    assert [name for name, arguments in rules if not arguments.get("description")] == []


def test_state_bucket_refuses_keys_that_are_not_its_own() -> None:
    """Without a key's name S3 would take AWS's key; a customer's own key would leave the state unreadable to others."""
    state = stacks_of("own_state")["own-state"]
    named = statement(state, "state_us_east_1_guards", "KeyNamed")
    assert [(each["test"], each["values"]) for each in named["condition"]] == [("Null", ["false"]), ("Null", ["true"])]
    (customer,) = statement(state, "state_us_east_1_guards", "NoCustomerKey")["condition"]
    assert customer["variable"] == "s3:x-amz-server-side-encryption-customer-algorithm"


def test_no_resource_of_a_policy_has_a_wildcard_from_a_name() -> None:
    """A name with a wildcard in it would be more than one thing to IAM: only what Latitude writes itself has them."""
    allowed = ("*", "/index/*", "/*")
    for stack, template in every_stack().items():
        for address, arguments in template.items():
            if not address.startswith("data.aws_iam_policy_document."):
                continue
            for each in arguments.get("statement", ()):
                stated = each.get("sid") is not None and "instance_policy" in address
                for resource in () if stated else each.get("resources", ()):
                    plain = resource
                    for end in allowed:
                        plain = plain.removesuffix(end)
                    assert "*" not in plain, f"{stack}: {address}: {resource}"
