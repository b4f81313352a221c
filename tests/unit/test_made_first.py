"""What others use is made anew before the old one is destroyed, so that no change takes a second apply."""

from __future__ import annotations

import re
from typing import Final

import pytest

from tests.support.hcl import modules_for
from tests.support.synthesized import every_stack

_USED: Final = {
    "aws_apprunner_auto_scaling_configuration_version": "the next revision of its name",
    "aws_apprunner_connection": "named by its provider of source code",
    "aws_apprunner_observability_configuration": "the next revision of its name",
    "aws_apprunner_vpc_connector": "its name changes with its content",
    "aws_kms_key": "has no name",
    "aws_route53_health_check": "has no name",
    "aws_security_group": "AWS makes the end of its name",
    "aws_vpc_endpoint": "has no name",
}
"""What AWS refuses to delete, or leaves its users without, while it is used; and why two can stand side by side."""


@pytest.mark.parametrize("kind", sorted(_USED))
def test_what_others_use_is_made_before_the_old_one_goes(kind: str) -> None:
    """In Python: each of these in every application."""
    found = [
        resource for stack in every_stack().values() for resource in stack.document["resource"].get(kind, {}).values()
    ]
    assert found
    assert {resource["lifecycle"]["create_before_destroy"] for resource in found} == {True}


@pytest.mark.parametrize("kind", sorted(_USED))
def test_what_others_use_is_made_before_the_old_one_goes_in_hcl(kind: str) -> None:
    """In the modules."""
    blocks = [
        block
        for path, text in modules_for(("us-east-1", "us-west-2")).items()
        if path.startswith("modules/")
        for block in re.findall(rf'^resource "{kind}" .*?^}}', text, re.MULTILINE | re.DOTALL)
    ]
    assert blocks
    assert [block for block in blocks if "create_before_destroy = true" not in block] == []
