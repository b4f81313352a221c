"""What a company's accounts demand of the HCL modules: of every block, so that none that is added misses it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from tests.support.hcl import modules_for

if TYPE_CHECKING:
    from collections.abc import Iterator

REGIONS: Final = ("us-east-1", "us-west-2")
_BLOCK: Final = re.compile(r'^(resource|data) "(aws_\w+)" "(\w+)" \{\n(.*?)^\}', re.MULTILINE | re.DOTALL)


def blocks() -> Iterator[tuple[str, str, str]]:
    """Yield the place, the type and the text of each block of AWS in the modules, without examples."""
    for path, text in modules_for(REGIONS).items():
        if path.endswith(".tf") and not path.startswith("examples/"):
            for block, kind, name, body in _BLOCK.findall(text):
                yield f"{path}: {block} {kind}.{name}", kind, body


def argument(body: str, name: str) -> str | None:
    """Return the code of a block's own argument."""
    found = re.search(rf"^  {name} += (.*)$", body, re.MULTILINE)
    return None if found is None else found[1]


def test_everything_in_route_53_goes_to_the_zones_provider() -> None:
    """Records, look-ups and health checks have the provider ``aws.dns``, and nothing else has."""
    of_route_53 = {place for place, kind, _ in blocks() if kind.startswith("aws_route53_")}
    with_dns = {place for place, _, body in blocks() if argument(body, "provider") == "aws.dns"}
    assert with_dns == of_route_53
    assert len(of_route_53) > 10


def test_every_role_has_the_path_and_the_boundary() -> None:
    """Whatever module makes a role takes them from ``roles``."""
    found = {
        place: (argument(body, "path"), argument(body, "permissions_boundary"))
        for place, kind, body in blocks()
        if kind == "aws_iam_role"
    }
    assert set(found.values()) == {("var.roles.path", "var.roles.permissions_boundary_arn")}
    assert len(found) == 2 + len(REGIONS)


@pytest.mark.parametrize("module", ["versions.tf", "modules/latency-routing/versions.tf"])
def test_module_with_records_asks_for_the_zones_provider(module: str) -> None:
    """It is a configuration alias, which the caller has to give; the modules without records ask for none."""
    asking = {
        path
        for path, text in modules_for(REGIONS).items()
        if path.endswith("versions.tf") and re.search(r"configuration_aliases = \[[^\]]*aws\.dns", text)
    }
    assert module in asking
    assert len(asking) == 2
