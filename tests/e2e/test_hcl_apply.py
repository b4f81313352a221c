"""The emitted modules, applied to the embedded AWS: composed, and put together by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest

from modules.operate.terraform import Terraform
from sandbox.ecr.push import push_image
from sandbox.server import Sandbox
from tests.support.applications import example
from tests.support.aws import prepare
from tests.support.hcl import root, write_modules
from tests.support.images import CONTENT
from tests.support.plan import pin, terraform_environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.e2e

_REGIONS = ("us-east-1", "us-west-2")
_BY_HAND = """
provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

provider "aws" {
  alias  = "us_west_2"
  region = "us-west-2"
}

locals {
  image = { public = "public.ecr.aws/nginx/nginx:stable" }
}

module "orders" {
  source              = "../modules/global-table"
  name                = "shop-orders"
  hash_key            = "order_id"
  attributes          = { order_id = "S" }
  deletion_protection = false

  providers = {
    aws.us_east_1 = aws.us_east_1
    aws.us_west_2 = aws.us_west_2
  }
}

module "east" {
  source      = "../modules/regional-service"
  application = "shop"
  name        = "web"
  image       = local.image
  tables      = { orders = { name = module.orders.name, arn = module.orders.arns["us-east-1"] } }
  providers   = { aws = aws.us_east_1 }
}

module "west" {
  source      = "../modules/regional-service"
  application = "shop"
  name        = "web"
  image       = local.image
  tables      = { orders = { name = module.orders.name, arn = module.orders.arns["us-west-2"] } }
  providers   = { aws = aws.us_west_2 }
}

resource "aws_route53_zone" "this" {
  provider = aws.us_east_1
  name     = "example.net"
}

module "east_routing" {
  source    = "../modules/latency-routing"
  name      = "shop.example.net"
  zone_id   = aws_route53_zone.this.zone_id
  service   = { name = "shop-web", arn = module.east.arn, host = module.east.host }
  providers = { aws = aws.us_east_1 }
}

module "west_routing" {
  source    = "../modules/latency-routing"
  name      = "shop.example.net"
  zone_id   = aws_route53_zone.this.zone_id
  service   = { name = "shop-web", arn = module.west.arn, host = module.west.host }
  providers = { aws = aws.us_west_2 }
}
"""


@pytest.fixture
def aws() -> Iterator[Sandbox]:
    """Run an embedded AWS that does things quickly."""
    with Sandbox(operation_seconds=0.2) as running:
        yield running


def _terraform(aws: Sandbox, folder: Path) -> Terraform:
    write_modules(_REGIONS, folder / "modules")
    directory = folder / "root"
    directory.mkdir()
    pin(directory)
    return Terraform(directory=directory, environment=terraform_environment(aws.environment(), folder))


def _up_and_down(terraform: Terraform) -> None:
    terraform.apply()
    assert not terraform.plan(), "the second plan is not empty"
    terraform.destroy()
    assert terraform.show().get("values", {}).get("root_module", {}) == {}, "something was left"


def test_parts_put_together_by_hand_apply_and_destroy(aws: Sandbox, tmp_path: Path) -> None:
    """A root of table, services and routing is applied, plans nothing then, and leaves nothing when destroyed."""
    terraform = _terraform(aws, tmp_path)
    (terraform.directory / "main.tf").write_text(_BY_HAND, encoding="utf-8")
    terraform.init()
    _up_and_down(terraform)


def test_composed_module_applies_and_destroys(aws: Sandbox, tmp_path: Path) -> None:
    """The example: repositories first, the image pushed, then everything; an empty plan; nothing left."""
    application = example(layout="single")
    prepare(application, aws, images=False)
    terraform = _terraform(aws, tmp_path)
    source = "../modules/multi-region-service"
    (terraform.directory / "main.tf.json").write_text(root(application, source=source), encoding="utf-8")
    terraform.init()
    terraform.apply("-target=module.app.module.registry")
    given = aws.environment()
    session: Any = boto3.Session(
        aws_access_key_id=given["AWS_ACCESS_KEY_ID"], aws_secret_access_key=given["AWS_SECRET_ACCESS_KEY"]
    )
    ecr = session.client("ecr", region_name="us-east-1", endpoint_url=aws.url)
    push_image(ecr, repository="orders/web", tag="1.0.0", content=CONTENT)
    _up_and_down(terraform)
