"""The emitted modules as a platform team tries them, on the embedded AWS."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest

from latitude.operate.terraform import Terraform
from latitude.sandbox.control import Control
from latitude.sandbox.ecr.push import push_image
from latitude.sandbox.server import Sandbox
from tests.support.hcl import write_modules
from tests.support.images import CONTENT
from tests.support.plan import initialize, terraform_environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

pytestmark = pytest.mark.e2e

_HOME, _LEAVING, _JOINING = "us-east-1", "us-west-2", "eu-west-1"
_ORDERS: Final = '  application = "orders"\n'
_BILLING: Final = """
module "replication" {
  source       = "../../modules/image-replication"
  applications = ["orders", "billing"]

  providers = {
    aws = aws.us_east_1
  }
}

module "billing" {
  source      = "../.."
  application = "billing"
  registry    = { replication = "external", force_delete = true }
  services    = { api = { image = { tag = "TAG" } } }

PROVIDERS
}
"""
"""A second application in the account, and the rule that copies the images of both, as the READMEs say."""
_EXTERNAL: Final = '  registry = { replication = "external" }\n'
_FORMER: Final = f'\nprovider "aws" {{\n  alias  = "us_west_2"\n  region = "{_LEAVING}"\n}}\n'
_STAYS: Final = ("billing-api", "billing/api", "orders-reports", "orders-orders")
_GOES: Final = ("orders-web", "orders/web")
_REPOSITORIES: Final = (
    "-target=module.replication",
    "-target=module.example.module.registry",
    "-target=module.billing.module.registry",
)


@pytest.fixture
def aws() -> Iterator[Sandbox]:
    """Run an embedded AWS that does things quickly."""
    with Sandbox(operation_seconds=0.1) as running:
        yield running


@dataclass(frozen=True)
class _Root:
    """The root of ``examples/complete``, with a second application beside the one that it has."""

    aws: Sandbox
    folder: Path

    def state(self, regions: Sequence[str], *, tag: str, settings: str, tables: str = "orders", more: str = "") -> None:
        """Emit the modules for some regions, and state the root: with settings, and keys of the caller's choice."""
        write_modules(regions, self.folder)
        text = self.main.read_text("utf-8")
        (providers,) = re.findall(r"^  providers = \{\n.*?^  \}", text, re.MULTILINE | re.DOTALL)
        text = (
            text.replace(_ORDERS, f"{_ORDERS}{settings}")
            .replace("      force_delete = true\n", "")
            .replace("var.tag", f'"{tag}"')
        )
        if tables != "orders":
            text = text.replace("    orders = {\n", f'    {tables} = {{\n      name = "orders"\n')
            text = re.sub(r"(tables += )\{ orders = ", rf"\1{{ {tables} = ", text)
            text = text.replace("    web = {\n", '    shop = {\n      name = "web"\n')
        second = _BILLING.replace("PROVIDERS", providers).replace("TAG", tag)
        self.main.write_text(text + second + more, encoding="utf-8")

    def without_web(self) -> None:
        """Take the service out whose repository has images."""
        text = self.main.read_text("utf-8")
        found, count = re.subn(r"    shop = \{\n.*?\n    \}\n", "", text, flags=re.DOTALL)
        assert count == 1
        self.main.write_text(found, encoding="utf-8")

    @property
    def main(self) -> Path:
        return self.folder / "examples" / "complete" / "main.tf"

    def client(self, service: str, region: str = _HOME) -> Any:
        given = self.aws.environment()
        session: Any = boto3.Session(
            aws_access_key_id=given["AWS_ACCESS_KEY_ID"], aws_secret_access_key=given["AWS_SECRET_ACCESS_KEY"]
        )
        return session.client(service, region_name=region, endpoint_url=self.aws.url)

    def push(self, tag: str) -> None:
        """Push the images of both applications in the home region."""
        for repository in ("orders/web", "billing/api"):
            push_image(self.client("ecr"), repository=repository, tag=tag, content=CONTENT + tag.encode())

    def identities(self) -> set[Any]:
        """Return what tells that what there is in the home region is what there was."""
        repositories = self.client("ecr").describe_repositories()["repositories"]
        return {
            self.client("dynamodb").describe_table(TableName="orders-orders")["Table"]["CreationDateTime"],
            *(each["createdAt"] for each in repositories),
            *(each["ServiceArn"] for each in self.client("apprunner").list_services()["ServiceSummaryList"]),
        }

    def made_in(self, region: str) -> set[str]:
        """Return what the applications have in a region: services, tables, repositories."""
        return {
            *(each["ServiceName"] for each in self.client("apprunner", region).list_services()["ServiceSummaryList"]),
            *self.client("dynamodb", region).list_tables()["TableNames"],
            *(each["repositoryName"] for each in self.client("ecr", region).describe_repositories()["repositories"]),
        }

    def log_level(self) -> str:
        """Return what the service ``web`` has in the home region."""
        client = self.client("apprunner")
        (arn,) = (
            each["ServiceArn"]
            for each in client.list_services()["ServiceSummaryList"]
            if each["ServiceName"] == "orders-web"
        )
        described = client.describe_service(ServiceArn=arn)["Service"]["SourceConfiguration"]["ImageRepository"]
        level: str = described["ImageConfiguration"]["RuntimeEnvironmentVariables"]["LOG_LEVEL"]
        return level

    def records(self) -> set[str]:
        """Return the zone's records: the types of those that come with it, others with their names."""
        route53 = self.client("route53")
        (zone,) = route53.list_hosted_zones()["HostedZones"]
        records = route53.list_resource_record_sets(HostedZoneId=zone["Id"])["ResourceRecordSets"]
        own = {"NS", "SOA"}
        return {each["Type"] if each["Type"] in own else f"{each['Name']} {each['Type']} {each}" for each in records}


def test_two_applications_grow_are_renamed_shrink_and_go(aws: Sandbox, tmp_path: Path) -> None:
    """VPCs, subnets, keys, a zone and a secret are made in the same root as what they are passed to, in two steps.

    With a region dark, the other's service is deployed. Then a region joins by emitting the modules again, a region is
    drained, and the caller's keys change, with nothing in AWS made anew. Then the drained region and a service go,
    whose repository has images, in the order that the README gives. The two applications never change what is the
    other's, and at the end a plan is empty.
    """
    root = _Root(aws, tmp_path)
    root.state((_HOME, _LEAVING), tag="1.0.0", settings=_EXTERNAL)
    terraform = Terraform(directory=root.main.parent, environment=terraform_environment(aws.environment(), tmp_path))
    initialize(terraform)
    terraform.apply(*_REPOSITORIES)
    root.push("1.0.0")
    terraform.apply()
    assert root.made_in(_LEAVING) == {*_STAYS, *_GOES}
    made = root.identities()
    _deploy_beside_a_dark_region(root, terraform)

    going = f'  registry = {{ replication = "external", force_delete = true }}\n  draining = ["{_LEAVING}"]\n'
    root.state((_HOME, _LEAVING, _JOINING), tag="1.1.0", settings=going, tables="purchases")
    # What `init` does beside: the region's modules are installed.
    terraform.run("get", "-no-color")
    terraform.apply(*_REPOSITORIES)
    # What was pushed before the region joined is not copied there.
    root.push("1.1.0")
    terraform.apply()
    assert root.identities() == made
    assert root.made_in(_JOINING) == {*_STAYS, *_GOES}

    root.state((_HOME, _JOINING), tag="1.1.0", settings=_EXTERNAL, tables="purchases", more=_FORMER)
    root.without_web()
    terraform.run("get", "-no-color")
    terraform.apply()
    assert root.made_in(_LEAVING) == set()
    assert root.made_in(_HOME) == {*_STAYS}
    assert root.records() == {"NS", "SOA"}, "a record was left"
    assert not terraform.plan(), "the last plan is not empty"
    terraform.destroy()
    assert terraform.show().get("values", {}).get("root_module", {}) == {}, "something was left"


def _deploy_beside_a_dark_region(root: _Root, terraform: Terraform) -> None:
    """Change a variable in the home region alone, by the way that the README gives for one root."""
    control = Control(root.aws.url)
    control.set_region_dark(_LEAVING, dark=True)
    stated = root.main.read_text("utf-8")
    assert stated.count('LOG_LEVEL = "info"') == 1
    root.main.write_text(stated.replace('LOG_LEVEL = "info"', 'LOG_LEVEL = "debug"'), encoding="utf-8")
    terraform.apply("-refresh=false", "-target=module.example.module.service_us_east_1")
    control.set_region_dark(_LEAVING, dark=False)
    assert root.log_level() == "debug"
