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
    "aws_security_group": "AWS makes the end of its name",
    "aws_vpc_endpoint": "has no name",
}
"""What AWS refuses to delete, or leaves its users without, while it is used; and why two can stand side by side.

A health check is not among them: it depends on the service, whose name two can't have.
"""
_REFERENCE: Final = re.compile(r"(?<!data\.)\b((?:aws_\w+|terraform_data)\.\w+)")


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


@pytest.mark.parametrize("name", sorted(every_stack()))
def test_nothing_else_is_made_before_the_old_one_goes(name: str) -> None:
    """Terraform makes first, too, whatever such a resource depends on: a service would meet its own name in AWS."""
    resources = {
        f"{kind}.{name}": resource
        for kind, named in every_stack()[name].document.get("resource", {}).items()
        for name, resource in named.items()
    }
    reached: set[str] = set()
    waiting = [
        address
        for address, resource in resources.items()
        if resource.get("lifecycle", {}).get("create_before_destroy") is True
    ]
    while waiting:
        address = waiting.pop()
        if address not in reached:
            reached.add(address)
            waiting += [found for found in _references(resources[address]) if found in resources]
    assert {address for address in reached if address.partition(".")[0] not in _USED} == set()


def test_nothing_else_is_made_before_the_old_one_goes_in_hcl() -> None:
    """In the modules: what has it refers to nothing that has not, nor to what another module makes."""
    blocks = [
        (f"{path}: {block.splitlines()[0]}", block)
        for path, text in modules_for(("us-east-1", "us-west-2")).items()
        if path.startswith("modules/") and path.endswith(".tf")
        for block in re.findall(r"^resource .*?^}", text, re.MULTILINE | re.DOTALL)
        if "create_before_destroy = true" in block
    ]
    assert blocks
    for where, block in blocks:
        code = re.sub(r"#.*", "", block)
        assert {found.partition(".")[0] for found in _REFERENCE.findall(code)} - {*_USED} == set(), where
        assert "var.service." not in code, where


def _references(resource: object) -> list[str]:
    """Return the addresses of resources that a resource's arguments name; data sources are none."""
    return [found[1] for found in _REFERENCE.finditer(str(resource))]
