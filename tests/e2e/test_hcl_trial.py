"""The emitted modules as a platform team tries them, on the embedded AWS."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest

from latitude.operate.terraform import Terraform
from latitude.sandbox.ecr.push import push_image
from latitude.sandbox.server import Sandbox
from tests.support.hcl import write_modules
from tests.support.images import CONTENT
from tests.support.plan import initialize, terraform_environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.e2e

_REGIONS: Final = ("us-east-1", "us-west-2")


@pytest.fixture
def aws() -> Iterator[Sandbox]:
    """Run an embedded AWS that does things quickly."""
    with Sandbox(operation_seconds=0.2) as running:
        yield running


def test_everything_in_one_root_is_applied_in_two_steps_renamed_and_removed(aws: Sandbox, tmp_path: Path) -> None:
    """VPCs, subnets, keys, a zone and a secret are made in the same root as what they are passed to.

    The registry first, the image, then all of it; an empty plan. A key of the caller's changes, and nothing in AWS. A
    service whose repository has images goes, in the order that the README gives, and all of it after that.
    """
    write_modules(_REGIONS, tmp_path)
    main = tmp_path / "examples" / "complete" / "main.tf"
    terraform = Terraform(directory=main.parent, environment=terraform_environment(aws.environment(), tmp_path))
    initialize(terraform)
    terraform.apply("-target=module.example.module.registry")
    _push(aws, "orders/web")
    terraform.apply()
    assert not terraform.plan(), "the second plan is not empty"

    stated = main.read_text("utf-8")
    renamed = stated.replace("    web = {\n", '    shop = {\n      name = "web"\n').replace(
        "    orders = {\n", '    purchases = {\n      name = "orders"\n'
    )
    renamed = re.sub(r"(tables += )\{ orders = ", r"\1{ purchases = ", renamed)
    assert renamed.count("purchases = {") == 3
    main.write_text(renamed, encoding="utf-8")
    assert not terraform.plan(), "another key changes something"

    main.write_text(re.sub(r"    web = \{\n.*?\n    \}\n", "", stated, flags=re.DOTALL), encoding="utf-8")
    terraform.apply()
    assert not terraform.plan(), "the plan after a removal is not empty"
    assert _records(aws) == {"NS", "SOA"}, "a record was left"
    terraform.destroy()
    assert terraform.show().get("values", {}).get("root_module", {}) == {}, "something was left"


def _client(aws: Sandbox, service: str) -> Any:
    given = aws.environment()
    session: Any = boto3.Session(
        aws_access_key_id=given["AWS_ACCESS_KEY_ID"], aws_secret_access_key=given["AWS_SECRET_ACCESS_KEY"]
    )
    return session.client(service, region_name=_REGIONS[0], endpoint_url=aws.url)


def _push(aws: Sandbox, repository: str) -> None:
    push_image(_client(aws, "ecr"), repository=repository, tag="1.0.0", content=CONTENT)


def _records(aws: Sandbox) -> set[str]:
    """Return what the zone has: the types of the records that come with it, others with their names."""
    route53 = _client(aws, "route53")
    (zone,) = route53.list_hosted_zones()["HostedZones"]
    records = route53.list_resource_record_sets(HostedZoneId=zone["Id"])["ResourceRecordSets"]
    own = {"NS", "SOA"}
    return {each["Type"] if each["Type"] in own else f"{each['Name']} {each['Type']} {each}" for each in records}
