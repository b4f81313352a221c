"""The variables of ``multi-region-service``: as in Python, what is regional is given by region."""

from __future__ import annotations

from typing import Any, Final

from latitude.hcl.fields import REQUIRED, Field, MapOf, OrNull, Shape, from_spec
from latitude.hcl.inputs.module import Module
from latitude.hcl.inputs.registry import SETTINGS
from latitude.hcl.inputs.service import IMAGE
from latitude.hcl.inputs.shared import APPLICATION, FORCE_DELETE, INSTANCE_ROLE, POLICIES, ROLES, TAGS, named
from latitude.hcl.inputs.table import TABLE
from latitude.spec import (
    Connection,
    Domain,
    HostedZone,
    PrivateIngress,
    SecretsManagerSecret,
    Service,
    Source,
    SsmParameter,
    TableAccess,
    VpcAccess,
)
from latitude.spec.environment import SecretVariableName
from latitude.spec.names import ServiceName, TableName
from latitude.spec.tags import Tags

_SOURCE: Final = OrNull(
    Shape(
        (
            *from_spec(Source, "repository_url", "branch", "source_directory", "runtime", "build_command"),
            *from_spec(Connection, "provider_type"),
            Field(
                "connection_arns", OrNull(dict[str, str]), None, "The connection's ARN per region; unset: made here."
            ),
        )
    )
)


def _named(model: Any, *names: str) -> Shape:
    """Return a secret that is found by its name in every region."""
    return Shape((Field("name", str, REQUIRED, "Its name, the same in every region."), *from_spec(model, *names)))


_ZONE: Final = Shape(
    (
        *from_spec(HostedZone, "name"),
        Field(
            "zone",
            OrNull(Shape((Field("id", from_spec(HostedZone, "zone_id")[0].annotation, REQUIRED, "The zone's id."),))),
            None,
            "The zone by its id, as of one that is made in the same configuration; unset: it is looked up by name.",
        ),
        Field("tags", Tags, {}, "Tags that tell the zone, where it is looked up, from others of its name."),
    )
)
_SERVICE: Final = Shape(
    (
        named(ServiceName, "service"),
        Field(
            "image",
            OrNull(Shape(tuple(field for field in IMAGE.value.fields if field.name != "access_role"))),
            None,
            "The container image, of a repository made here unless it says otherwise; or else source_code.",
        ),
        Field("source_code", _SOURCE, None, "The source code that App Runner builds."),
        *from_spec(Service, "cpu", "memory", "port", "start_command", "autoscaling", "health_check", "environment"),
        *from_spec(Service, "regional_environment"),
        Field(
            "parameters",
            MapOf(SecretVariableName, _named(SsmParameter, "kms_key_arns")),
            {},
            "Environment variables whose values App Runner reads from Systems Manager.",
        ),
        Field(
            "secrets",
            MapOf(
                SecretVariableName,
                Shape(
                    (
                        *from_spec(SecretsManagerSecret, "name"),
                        Field(
                            "arns",
                            OrNull(dict[str, str]),
                            None,
                            "The secret's full ARN per region, in place of a name.",
                        ),
                        *from_spec(SecretsManagerSecret, "json_key", "version_stage", "version_id", "kms_key_arns"),
                    )
                ),
            ),
            {},
            "Environment variables whose values App Runner reads from Secrets Manager.",
        ),
        Field(
            "tables",
            MapOf(TableName, Shape(tuple(from_spec(TableAccess, "access", "variable")))),
            {},
            "Tables that the service uses, by their keys in tables.",
        ),
        *from_spec(Service, "statements"),
        POLICIES,
        INSTANCE_ROLE,
        Field("vpc", OrNull(MapOf(str, VpcAccess)), None, from_spec(Service, "vpc")[0].description),
        Field(
            "private_ingress",
            OrNull(MapOf(str, PrivateIngress)),
            None,
            from_spec(Service, "private_ingress")[0].description,
        ),
        *from_spec(Service, "ip_address_type", "web_acl_arns"),
        Field(
            "domain",
            OrNull(
                Shape(
                    (
                        *from_spec(Domain, "name"),
                        Field(
                            "hosted_zone",
                            _ZONE,
                            REQUIRED,
                            "The hosted zone, which the name is in; it exists already.",
                        ),
                        *from_spec(Domain, "www", "health_check", "region_name"),
                    )
                )
            ),
            None,
            "The domain name under which users reach the nearest healthy region.",
        ),
        *from_spec(Service, "encryption", "auto_deployments", "tracing", "tags"),
        FORCE_DELETE,
    )
)


def composed() -> Module:
    """Return the root module, which puts the parts together; they validate what goes on to them."""
    return Module(
        folder="",
        fields=[
            APPLICATION,
            Field("services", MapOf(ServiceName, _SERVICE), {}, "The services, by name."),
            Field("tables", MapOf(TableName, Shape((named(TableName, "table"), *TABLE))), {}, "The tables, by name."),
            Field("registry", Shape(tuple(SETTINGS)), {}, "Settings of the ECR repositories."),
            Field("draining", frozenset[str], (), "Regions that are taken out of DNS; their services go on running."),
            ROLES,
            TAGS,
        ],
        checked=("application", "tags"),
    )
