"""The module ``multi-region-service``: the parts, called once per region and put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.hcl.composed_inputs import FIELDS, REGISTRY_FIELDS
from latitude.hcl.composed_regions import region_calls, region_outputs
from latitude.hcl.composed_rules import rules
from latitude.hcl.documents import Document
from latitude.hcl.folder import Files, assembled
from latitude.hcl.global_table import CAPACITY_FIELDS, TABLE_FIELDS
from latitude.spec.regions import identifier

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "multi-region-service"
_EXAMPLE = {
    "application": '"orders"',
    "services": """{
    web = {
      image  = { public = "public.ecr.aws/nginx/nginx:stable" }
      tables = { orders = {} }
    }
  }""",
    "tables": """{
    orders = {
      hash_key            = "order_id"
      attributes          = { order_id = "S" }
      deletion_protection = false
    }
  }""",
}
_REFUSED = {
    "refuses_a_name_in_capitals": ("application", '"Orders"'),
    "refuses_to_drain_another_region": ("draining", '["mars-north-1"]'),
    "refuses_a_table_that_is_not_there": ("services", '{ web = { image = { tag = "1" }, tables = { other = {} } } }'),
}
_GUIDE = """## First apply

App Runner can't start a service whose image is not in its region, and refuses an access role that is only seconds old.
So the repositories, and the roles that pull from them, come first:

1. `terraform apply -target=module.example.module.registry`
2. Push each image to its repository in {home} (output `repository_urls`); ECR copies it to the other regions.
3. `terraform apply`

A service of a public image, or of source code, needs no first step.

## Tables

A table with `provisioned` is another module's. Before you change how a table is billed, move it in the state, or
Terraform would replace it:
`terraform state mv 'module.example.module.table["orders"]' 'module.example.module.provisioned_table["orders"]'`
"""


def composed(regions: Sequence[str], command: str) -> Files:
    """Return the module's files."""
    document = Document(
        name=NAME,
        summary=f"A web application on AWS App Runner in {', '.join(regions)}: images in Amazon ECR, copied to every "
        "region; a service in each, beside its replica of each DynamoDB table; Route 53 latency records that lead "
        "every user to the nearest healthy region. It calls the other modules, which lie beside it.",
        regions=tuple(regions),
        fields=FIELDS,
        rules=rules(regions),
        example=_EXAMPLE,
        refused=_REFUSED,
        guide=_GUIDE.format(home=regions[0]),
    )
    texts = {**resources(regions), "outputs.tf": region_outputs(regions)}
    # The parts validate what goes on to them: the same checks twice would only be two messages.
    return assembled(document, texts, command, checked=("application",))


def resources(regions: Sequence[str]) -> Files:
    """Return the files with what is called and read."""
    main = "\n\n".join([_registry(regions), _tables(regions), _zones(identifier(regions[0]))])
    return {"main.tf": main, **{f"{identifier(region)}.tf": region_calls(region) for region in regions}}


def providers(regions: Sequence[str]) -> str:
    """Return the argument that passes each region's provider on."""
    lines = "\n".join(f"aws.{identifier(region)} = aws.{identifier(region)}" for region in regions)
    return f"providers = {{\n{lines}\n}}"


def _registry(regions: Sequence[str]) -> str:
    settings = "\n".join(f"{field.name} = var.registry.{field.name}" for field in REGISTRY_FIELDS)
    return f"""module "registry" {{
source = "../registry"

application = var.application
services = toset([
for name, service in var.services : name
if try(service.image.public == null && service.image.repository == null, false)
])
other_images = {{
for name, service in var.services : name => {{
repository  = service.image.repository
registry_id = service.image.registry_id
}}
if try(service.image.repository != null, false)
}}
{settings}

{providers(regions)}
}}"""


def _tables(regions: Sequence[str]) -> str:
    settings = "\n".join(f"{field.name} = each.value.{field.name}" for field in TABLE_FIELDS)
    capacity = "\n".join(f"{field.name} = each.value.provisioned.{field.name}" for field in CAPACITY_FIELDS)

    def call(name: str, source: str, which: str, more: str) -> str:
        return f"""module "{name}" {{
source   = "../{source}"
for_each = {{ for name, table in var.tables : name => table if table.provisioned {which} null }}

name = "${{var.application}}-${{each.key}}"
{settings}
{more}
{providers(regions)}
}}"""

    return "\n\n".join(
        [
            call("table", "global-table", "==", ""),
            call("provisioned_table", "provisioned-table", "!=", f"{capacity}\n"),
            "locals {\ntables = merge(module.table, module.provisioned_table)\n}",
        ]
    )


def _zones(home: str) -> str:
    return f"""data "aws_route53_zone" "this" {{
for_each = toset([
for service in values(var.services) : service.domain.hosted_zone.name
if try(service.domain.hosted_zone.zone_id == null, false)
])
provider = aws.{home}

name         = each.key
private_zone = false
}}"""
