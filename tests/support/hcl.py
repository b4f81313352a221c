"""A root in HCL that calls the emitted module with what an application states in Python."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from latitude.hcl.emit import emitted
from latitude.hcl.inputs.registry import SETTINGS
from latitude.hcl.inputs.table import TABLE
from latitude.hcl.tree import renew
from latitude.spec import EcrImage, PublicImage, SsmParameter
from latitude.spec.names import terraform_name
from latitude.spec.regions import identifier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from latitude import Application, RoleSettings, Service, Table

_SAME = (
    *("cpu", "memory", "port", "start_command", "autoscaling", "health_check", "environment", "regional_environment"),
    *("statements", "vpc", "private_ingress", "ip_address_type", "web_acl_arns", "encryption", "auto_deployments"),
    *("tracing", "tags", "force_delete"),
)


@cache
def modules_for(regions: tuple[str, ...]) -> Mapping[str, str]:
    """Return the emitted files, by their paths."""
    return emitted(regions)


def write_modules(regions: Sequence[str], folder: Path) -> Path:
    """Emit the modules into ``folder`` and return it."""
    renew(modules_for(tuple(regions)), folder)
    return folder


def root(application: Application, *, source: str, outputs: Sequence[str] = ()) -> str:
    """Return the JSON of a root that calls the root module with the application's values, and tells its outputs."""
    tags = application.default_tags
    providers = [
        {"alias": identifier(region), "region": region, "default_tags": [{"tags": tags}]}
        for region in application.regions
    ]
    call = {
        "source": source,
        "providers": {
            **{f"aws.{identifier(region)}": f"aws.{identifier(region)}" for region in application.regions},
            "aws.dns": f"aws.{identifier(application.home_region)}",
        },
        **literal(values(application)),
    }
    stated: dict[str, Any] = {"provider": {"aws": providers}, "module": {"app": call}}
    stated |= {"output": {name: {"value": f"${{module.app.{name}}}"} for name in outputs}} if outputs else {}
    return json.dumps(stated, indent=2)


def values(application: Application) -> dict[str, Any]:
    """Return the variables of the root module that state the application."""
    return {
        "application": application.name,
        "services": {service.name: _service(service) for service in application.services},
        "tables": {table.name: _table(table) for table in application.tables},
        "registry": _fields(application.registry, [field.name for field in SETTINGS]),
        "draining": sorted(application.draining),
        "roles": _roles(application.roles),
    }


def _roles(roles: RoleSettings) -> dict[str, Any]:
    return {
        "path": None if roles.path == "/" else roles.path,
        "permissions_boundary_arn": roles.permissions_boundary_arn,
    }


def python_address(address: str) -> str:
    """Return the address in layout ``single`` of what ``module.app`` has at ``address``: docs/adr/0021 has the rule."""
    found = re.fullmatch(
        r'module\.app\.(?:module\.(?P<call>\w+)(?:\["(?P<of>[^"]+)"\])?\.)?(?P<data>data\.)?(?P<type>\w+)\.'
        r'(?P<name>\w+)(?:\[(?:"(?P<key>[^"]+)"|\d+)\])?',
        address,
    )
    assert found is not None, address
    call, of, name = found["call"] or "", terraform_name(found["of"] or ""), found["name"]
    key = terraform_name(found["key"] or "")
    own = "" if name in {"this", "provisioned"} else name
    if call == "registry":
        parts = [key, own]
    elif call == "table":
        if "_index_" in own:
            own, key = own.replace("_index_", f"_{key}_"), ""
        parts = [of, own.removesuffix("_index"), key]
    else:
        kind, _, region = call.partition("_")
        parts = [of, region, "domain" if kind == "routing" else "", own, key]
        # Whether a region serves is asked at each plan, in both.
        counted = "[0]" if kind == "routing" and own.startswith("latency_") else ""
        return f"{found['data'] or ''}{found['type']}.{'_'.join(part for part in parts if part)}{counted}"
    return f"{found['data'] or ''}{found['type']}.{'_'.join(part for part in parts if part)}"


def _service(service: Service) -> dict[str, Any]:
    stated = _fields(service, _SAME)
    if isinstance(service.image, PublicImage):
        stated["image"] = {"public": service.image.identifier}
    elif service.image is not None:
        names = ("tag", "digest", *(("repository", "registry_id") if isinstance(service.image, EcrImage) else ()))
        stated["image"] = _fields(service.image, names)
    if service.source is not None:
        connection = service.source.connection
        stated["source_code"] = {
            **_fields(service.source, ("repository_url", "branch", "source_directory", "runtime", "build_command")),
            "provider_type": connection.provider_type,
            "connection_arns": connection.arns,
        }
    for name, secret in service.secrets.items():
        kind = "parameters" if isinstance(secret, SsmParameter) else "secrets"
        stated.setdefault(kind, {})[name] = secret.model_dump(exclude_none=True)
    if service.instance_role_arn is not None:
        stated["instance_role"] = {"arn": service.instance_role_arn}
    stated["tables"] = {use.table: use.model_dump(include={"access", "variable"}) for use in service.tables}
    if service.domain is not None:
        zone = service.domain.hosted_zone
        stated["domain"] = service.domain.model_dump(exclude={"hosted_zone": {"create", "zone_id"}}, exclude_none=True)
        if zone.zone_id is not None:
            stated["domain"]["hosted_zone"]["zone"] = {"id": zone.zone_id}
    return stated


def _table(table: Table) -> dict[str, Any]:
    stated = _fields(table, [field.name for field in TABLE])
    name = "on_demand" if table.provisioned is None else "provisioned"
    billing = table.billing.model_dump(exclude_none=True)
    return {**stated, name: billing} if billing else stated


def _fields(part: Any, names: Sequence[str]) -> dict[str, Any]:
    stated: dict[str, Any] = part.model_dump(mode="json", include=set(names), exclude_none=True)
    return stated


def literal(value: Any) -> Any:
    """Keep Terraform from reading a text as a template."""
    if isinstance(value, str):
        return value.replace("${", "$${").replace("%{", "%%{")
    if isinstance(value, dict):
        return {literal(key): literal(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [literal(entry) for entry in value]
    return value
