"""Addresses are the ids of the constructs, and never taken twice."""

from __future__ import annotations

import re

import pytest

from latitude import Application, CustomerManagedKey, Image, Registry, Service, Table
from latitude.bindings import Construct, aws, cdktf
from latitude.constructs.capability import ITSELF, Capability
from tests.support.synthesized import every_stack, synthesized


class _Stack:
    """A stack in memory with one provider."""

    def __init__(self) -> None:
        self.stack = cdktf.TerraformStack(cdktf.Testing.app(), "own")
        self.provider = aws.provider.AwsProvider(self.stack, "aws", alias="here", region="eu-west-1")

    def capability(self, scope: Construct | None, id: str) -> Capability:  # noqa: A002  cdktf's own name
        return Capability(self.stack if scope is None else scope, id, provider=self.provider)


@pytest.fixture
def own() -> _Stack:
    """Return a stack to make constructs in."""
    return _Stack()


def test_address_is_the_path_of_ids_and_the_role(own: _Stack) -> None:
    """The ids of nested constructs, without the main child's, and then the role."""
    outer = own.capability(None, "web")
    inner = own.capability(own.capability(outer, "vpc"), ITSELF)
    made = inner.make(aws.iam_role.IamRole, "trust", assume_role_policy="{}")
    assert made.friendly_unique_id == "web_vpc_trust"


def test_address_is_refused_a_second_time_anywhere_in_a_stack(own: _Stack) -> None:
    """The second resource would overwrite the first in the JSON; here it is an error that names the address."""
    own.capability(own.capability(None, "web"), "key").make(aws.kms_key.KmsKey)
    elsewhere = own.capability(Construct(own.stack, "others"), "web_key")
    with pytest.raises(ValueError, match=re.escape("two resources of KmsKey would have the address web_key")):
        elsewhere.make(aws.kms_key.KmsKey)


def test_names_may_be_shared_by_service_table_and_stack() -> None:
    """In one stack, a service and a table of one name, each with a key, and a service called as something else."""
    key = CustomerManagedKey()
    application = Application(
        name="orders",
        regions=("us-east-1", "us-west-2"),
        layout="single",
        registry=Registry(encryption=key),
        services=(
            Service(name="orders", image=Image(tag="1"), encryption=key),
            Service(name="current", image=Image(tag="1")),
        ),
        tables=(Table(name="orders", hash_key="id", attributes={"id": "S"}, encryption=key),),
    )
    (template,) = synthesized(application).values()
    keys = [address for address in template.addresses if address.startswith("aws_kms_key.orders_")]
    assert keys == [
        f"aws_kms_key.orders_{region}_{kind}"
        for region in ("us_east_1", "us_west_2")
        for kind in ("images_key", "key", "table_key")
    ]


def test_no_address_has_a_hash() -> None:
    """The logical ids of cdktf itself end in eight hexadecimal digits; none of these do."""
    found = [address for stack in every_stack().values() for address in stack.addresses]
    assert [address for address in found if re.search(r"_[0-9A-F]{8}$", address)] == []
