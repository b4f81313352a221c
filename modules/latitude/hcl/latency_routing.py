"""The module ``latency-routing``: one region's part of a name that all regions answer for."""

from __future__ import annotations

from latitude.bindings import aws
from latitude.constructs.capability import Capability
from latitude.constructs.compute.app_runner.front import AppRunnerFront
from latitude.constructs.edge.public_name import PublicName
from latitude.hcl.blueprint import THIS, Blueprint, Number, Scope, flag, stated
from latitude.hcl.choices import Choice, Taken
from latitude.hcl.fields import REQUIRED, Field, Shape, from_spec
from latitude.hcl.validation import Rule
from latitude.spec import Domain, RegionHealthCheck, Service
from latitude.spec.expressions import expression

_CHECK = "check.certificate"
_SERVICE = Shape(
    (
        Field("name", str, REQUIRED, "The service's name in AWS."),
        Field("arn", str, REQUIRED, "Its ARN in this region."),
        Field("host", str, REQUIRED, "The host of its own URL in this region, which the health check asks."),
    )
)
_ROOT = """provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

provider "aws" {
  alias  = "us_west_2"
  region = "us-west-2"
}

locals {
  domain = "shop.example.net"
  image  = { public = "public.ecr.aws/nginx/nginx:stable" }
}

module "east" {
  source = "../../../regional-service"

  application = "shop"
  name        = "web"
  image       = local.image

  providers = {
    aws = aws.us_east_1
  }
}

module "west" {
  source = "../../../regional-service"

  application = "shop"
  name        = "web"
  image       = local.image

  providers = {
    aws = aws.us_west_2
  }
}

resource "aws_route53_zone" "example" {
  provider = aws.us_east_1

  name = "example.net"
}

module "routing_east" {
  source = "../.."

  name    = local.domain
  zone_id = aws_route53_zone.example.zone_id
  service = { name = "shop-web", arn = module.east.arn, host = module.east.host }

  providers = {
    aws = aws.us_east_1
  }
}

module "routing_west" {
  source = "../.."

  name    = local.domain
  zone_id = aws_route53_zone.example.zone_id
  service = { name = "shop-web", arn = module.west.arn, host = module.west.host }

  providers = {
    aws = aws.us_west_2
  }
}

output "urls" {
  description = "The regions' own URLs."
  value       = { us-east-1 = module.east.url, us-west-2 = module.west.url }
}"""
# A plan can answer the check of the certificate once the status is known, and the records with it.
_MOCKED = """  mock_resource "aws_apprunner_custom_domain_association" {
    override_during = plan
    defaults = {
      status = "active"
      certificate_validation_records = [
        { name = "_1.shop.example.net", status = "SUCCESS", type = "CNAME", value = "_1.acm-validations.aws" },
        { name = "_2.shop.example.net", status = "SUCCESS", type = "CNAME", value = "_2.acm-validations.aws" }
      ]
    }
  }"""


def latency_routing() -> Blueprint:
    """Return the module."""
    return Blueprint(
        name="latency-routing",
        summary="Makes one region answer for a domain name: the association with the App Runner service, the records "
        "that validate its certificate, a Route 53 health check and latency records. Call it once per region: all "
        "calls together own the name. If no region is healthy, Route 53 answers with all of them.",
        build=_build,
        fields=[
            *from_spec(Domain, "name"),
            Field("zone_id", str, REQUIRED, "The hosted zone that the name is in."),
            Field("service", _SERVICE, REQUIRED, "The service in this region."),
            *from_spec(Domain, "www", "health_check"),
            *from_spec(Service, "ip_address_type"),
            Field("draining", bool, False, "Whether this region is taken out of DNS; all else goes on."),  # noqa: FBT003  # a default
        ],
        choices=[
            Choice("draining", {"no": "!var.draining", "yes": "var.draining"}),
            Choice("www", {"yes": "var.www", "no": "!var.www"}),
            Choice(
                "addresses",
                {"dual": 'var.ip_address_type == "DUAL_STACK"', "ipv4": 'var.ip_address_type != "DUAL_STACK"'},
            ),
        ],
        locals={
            "region": "data.aws_region.current.id",
            "record_names": "sort([for r in "
            "aws_apprunner_custom_domain_association.this.certificate_validation_records : r.name])",
        },
        names={"check.this": "certificate"},
        files={"aws_apprunner_custom_domain|validation": "association.tf"},
        comments={
            r"aws_apprunner_custom_domain_association\.this ": "One association per region, or TLS and the Host header "
            "fail there.",
            r"aws_route53_record\.validation_0 ": "A for_each over the records would fail: they are unknown at plan "
            "(provider issue 23460). There are two, or three with www.",
            r"aws_route53_record\.validation_\d allow_overwrite": "Another region may have made the same record.",
            r"aws_route53_health_check\.health fqdn": "The region's own host, never the name that regions share.",
            r"data\.aws_apprunner_hosted_zone_id\.latency ": "The service has no zone_id of its own (provider issue "
            "36359).",
            r"check\.certificate ": "An output of the status would change on its own once AWS has validated "
            "the certificate.",
        },
        rules=[
            Rule(
                "www",
                "!var.www || length(var.name) <= 249",
                '"name: must be 1 to 249 characters with www, got ${length(var.name)} (RFC 1035, 253 characters '
                'without the last dot)."',
            )
        ],
        example={
            "name": '"shop.example.com"',
            "zone_id": '"Z0123456789ABCDEFGHIJ"',
            "service": '{\n    name = "orders-web"\n    arn  = "arn:aws:apprunner:us-east-1:123456789012:service/'
            'orders-web/0123456789abcdef0123456789abcdef"\n    host = "abcdefghij.us-east-1.awsapprunner.com"\n  }',
        },
        unknown=(_CHECK,),
        root=_ROOT,
        mocked=_MOCKED,
        refused={
            "refuses_a_name_in_capitals": ("name", '"Shop.example.com"'),
            "refuses_an_interval_that_route_53_has_not": (
                "health_check",
                "{ interval_seconds = 20 }",
                _CHECK,
            ),
            "refuses_a_threshold_above_ten": ("health_check", "{ failure_threshold = 11 }", _CHECK),
        },
    )


def _build(scope: Scope, taken: Taken) -> None:
    Capability(scope, "current", provider=scope.provider).make(aws.data_aws_region.DataAwsRegion)
    check = stated(
        RegionHealthCheck,
        interval_seconds=Number("var.health_check.interval_seconds"),
        failure_threshold=Number("var.health_check.failure_threshold"),
        measure_latency=flag("var.health_check.measure_latency"),
    )
    dual = taken["addresses"] == "dual"
    made = PublicName(
        scope,
        THIS,
        spec=stated(Domain, name=expression("var.name"), www=taken["www"] == "yes", health_check=check),
        path=expression('coalesce(var.health_check.path, "/")'),
        types=("A", "AAAA") if dual else ("A",),
        provider=scope.provider,
        region=expression("local.region"),
        draining=taken["draining"] == "yes",
        name=f"{expression('var.service.name')}-{expression('local.region')}",
        front=AppRunnerFront(service_arn=expression("var.service.arn"), host=expression("var.service.host")),
        zone_id=expression("var.zone_id"),
    )
    scope.output("dns_target", made.dns_target, "What the name's record leads to in this region.")
    scope.output("health_check_id", made.health_check_id, "The Route 53 health check of this region.")
