"""The account of an application: every provider is held to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from latitude import Account, Application, Image, InvalidDescriptionError, Service, Table
from tests.support.synthesized import synthesized

if TYPE_CHECKING:
    from typing import Literal

ACCOUNT = "123456789012"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/deploy"


def application(account: Account | None, layout: Literal["cells", "single"] = "cells") -> Application:
    """Return an application in two regions."""
    return Application(
        name="orders",
        account=account,
        regions=("us-east-1", "us-west-2"),
        services=(Service(name="web", image=Image(tag="1")),),
        tables=(Table(name="carts", hash_key="id", attributes={"id": "S"}),),
        layout=layout,
    )


@pytest.mark.parametrize("layout", ["cells", "single"])
def test_every_provider_is_held_to_the_account(layout: Literal["cells", "single"]) -> None:
    """Whatever stack, whatever region: the account's id, and the role that is assumed there."""
    account = Account(id=ACCOUNT, role_arn=ROLE, external_id="e-1", session_name="latitude")
    for name, template in synthesized(application(account, layout)).items():
        for provider in template.document["provider"]["aws"]:
            assert provider["allowed_account_ids"] == [ACCOUNT], name
            assert provider["assume_role"] == [{"role_arn": ROLE, "external_id": "e-1", "session_name": "latitude"}]


def test_stated_account_is_not_asked_for() -> None:
    """ARNs are known without ``aws_caller_identity``; without an account they wait for it."""
    for account, asked in ((Account(id=ACCOUNT), False), (None, True)):
        written = {name: json.dumps(template.document) for name, template in synthesized(application(account)).items()}
        assert {name for name, text in written.items() if "aws_caller_identity" in text} == (
            set(written) if asked else set()
        )
        assert ("allowed_account_ids" in written["orders-data"]) != asked


@pytest.mark.parametrize(
    ("account", "words"),
    [
        (lambda: Account(id="12"), "id: must be 12 digits"),
        (lambda: Account(id="210987654321", role_arn=ROLE), "role_arn: must be a role of the account 210987654321"),
        (lambda: Account(id=ACCOUNT, external_id="e-1"), "external_id: must be unset without role_arn"),
        (lambda: Account(id=ACCOUNT, session_name="s1"), "session_name: must be unset without role_arn"),
        (lambda: Account(id=ACCOUNT, role_arn="deploy"), "role_arn: must be the ARN of an IAM role"),
    ],
)
def test_account_that_cannot_be_is_refused(account: object, words: str) -> None:
    """Each fault names the field and what is allowed."""
    assert callable(account)
    with pytest.raises(InvalidDescriptionError) as refused:
        application(account())
    assert any(words in str(fault) for fault in refused.value.faults), refused.value
