"""One region's calls in ``multi-region-service``, and the outputs of all regions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude.hcl.regional_service_inputs import FIELDS
from latitude.spec.regions import identifier

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMING: Final = 2
"""The first variables of a service name it."""
_OUTPUTS: Final = (
    ("service_arns", "service", "arn", "The ARN of each App Runner service"),
    ("service_urls", "service", "url", "The region's own URL of each service"),
    ("instance_role_arns", "service", "instance_role_arn", "The ARN of the role that each service's code has"),
    ("image_digests", "service", "image_digest", "The digest of the image that each service runs"),
    ("private_domains", "service", "private_domain", "The name under which a VPC reaches each private service"),
    ("vpc_security_groups", "service", "vpc_security_group_ids", "The security groups of each VPC connector"),
    ("domain_targets", "routing", "dns_target", "What each custom domain's record leads to"),
    ("health_check_ids", "routing", "health_check_id", "The Route 53 health check of each service"),
)

_TABLE_ARNS: Final = """output "table_arns" {
description = "The ARN of each table's replica, by table and region."
value = { for name, table in local.tables : name => table.arns }
}"""


def region_calls(region: str) -> str:
    """Return the calls that make one region: a service and its part of DNS."""
    return f"{_service(region)}\n\n{_routing(region)}"


def region_outputs(regions: Sequence[str]) -> str:
    """Return the outputs, each a map by region and then by service."""
    blocks = [
        _output(
            "repository_urls", "The URL of each service's repository; the home region's is pushed to", "module.registry"
        ),
        _TABLE_ARNS,
    ]
    for name, call, attribute, description in _OUTPUTS:
        values = "\n".join(
            f"{region} = {{ for name, made in module.{call}_{identifier(region)} : name => made.{attribute} }}"
            for region in regions
        )
        blocks.append(f'output "{name}" {{\ndescription = "{description}, by region."\nvalue = {{\n{values}\n}}\n}}')
    return "\n\n".join(blocks)


def _output(name: str, description: str, module: str) -> str:
    return f'output "{name}" {{\ndescription = "{description}, by region."\nvalue = {module}.{name}\n}}'


def _service(region: str) -> str:
    given = _given(region)
    arguments = "\n".join(
        f"{field.name} = {given.get(field.name, f'each.value.{field.name}')}" for field in FIELDS[_NAMING:]
    )
    return f"""module "service_{identifier(region)}" {{
source   = "../regional-service"
for_each = var.services

application = var.application
name        = each.key
{arguments}

providers = {{
aws = aws.{identifier(region)}
}}
}}"""


def _given(region: str) -> dict[str, str]:
    """Return the arguments that are not simply the service's own."""
    return {
        "image": f"""each.value.image == null ? null : merge(each.value.image, {{
# Looked up while planning: the registry is applied, and the image pushed, before the first full plan.
repository  = try(module.registry.repository_names["{region}"][each.key], each.value.image.repository)
access_role = each.value.image.public != null ? null : {{ arn = module.registry.pull_role_arns["{region}"][each.key] }}
}})""",
        "source_code": f"""each.value.source_code == null ? null : merge(each.value.source_code, {{
connection = each.value.source_code.connection_arns == null ? null : {{
arn = each.value.source_code.connection_arns["{region}"]
}}
}})""",
        "environment": f'merge(each.value.environment, lookup(each.value.regional_environment, "{region}", {{}}))',
        "parameters": f"""{{
for name, parameter in each.value.parameters : name => {{
name        = parameter.name
kms_key_arn = try(parameter.kms_key_arns["{region}"], null)
}}
}}""",
        "secrets": f"""{{
for name, secret in each.value.secrets : name => {{
name        = secret.name
json_key    = secret.json_key
kms_key_arn = try(secret.kms_key_arns["{region}"], null)
}}
}}""",
        "tables": f"""{{
for name, use in each.value.tables : name => {{
name        = local.tables[name].name
arn         = local.tables[name].arns["{region}"]
has_indexes = length(var.tables[name].global_indexes) + length(var.tables[name].local_indexes) > 0
key         = var.tables[name].encryption == null ? null : {{ arn = local.tables[name].key_arns["{region}"] }}
access      = use.access
variable    = use.variable
}}
}}""",
        "vpc": f'try(each.value.vpc["{region}"], null)',
        "private_ingress": f'try(each.value.private_ingress["{region}"], null)',
        "web_acl": f'each.value.web_acl_arns == null ? null : {{ arn = each.value.web_acl_arns["{region}"] }}',
        "encryption": f"""each.value.encryption == null ? null : {{
key                  = each.value.encryption.arns == null ? null : {{ arn = each.value.encryption.arns["{region}"] }}
deletion_window_days = each.value.encryption.deletion_window_days
}}""",
    }


def _routing(region: str) -> str:
    return f"""module "routing_{identifier(region)}" {{
source   = "../latency-routing"
for_each = {{ for name, service in var.services : name => service if service.domain != null }}

name = each.value.domain.name
zone_id = coalesce(
each.value.domain.hosted_zone.zone_id,
one([for name, zone in data.aws_route53_zone.this : zone.zone_id if name == each.value.domain.hosted_zone.name]),
)
service = {{
name = "${{var.application}}-${{each.key}}"
arn  = module.service_{identifier(region)}[each.key].arn
host = module.service_{identifier(region)}[each.key].host
}}
www = each.value.domain.www
health_check = merge(each.value.domain.health_check, {{
path = coalesce(each.value.domain.health_check.path, each.value.health_check.path)
}})
ip_address_type = each.value.ip_address_type
draining        = contains(var.draining, "{region}")

providers = {{
aws = aws.{identifier(region)}
}}
}}"""
