"""The variables of ``multi-region-service``: as in Python, what is regional is given by region."""

from __future__ import annotations

from typing import Any, Final

from latitude.hcl.fields import REQUIRED, Field, MapOf, OrNull, Shape, from_spec
from latitude.hcl.global_table import CAPACITY_FIELDS, TABLE_FIELDS
from latitude.hcl.regional_service_inputs import IMAGE
from latitude.spec import (
    Application,
    Connection,
    Domain,
    HostedZone,
    PrivateIngress,
    Registry,
    SecretsManagerSecret,
    Service,
    Source,
    SsmParameter,
    TableAccess,
    VpcAccess,
)
from latitude.spec.environment import SecretVariableName
from latitude.spec.names import ServiceName, TableName

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


_ZONE_MADE: Final = Field("create", bool, False, "Whether the zone is made here: for Python alone.")  # noqa: FBT003  # a default
_SERVICE: Final = Shape(
    (
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
            MapOf(SecretVariableName, _named(SecretsManagerSecret, "json_key", "kms_key_arns")),
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
                            Shape((*from_spec(HostedZone, "name", "zone_id"), _ZONE_MADE)),
                            REQUIRED,
                            "The hosted zone, which the name is in; it exists already.",
                        ),
                        *from_spec(Domain, "www", "health_check"),
                    )
                )
            ),
            None,
            "The domain name under which users reach the nearest healthy region.",
        ),
        *from_spec(Service, "encryption", "auto_deployments", "tracing", "tags"),
    )
)
_PROVISIONED: Final = Field(
    "provisioned",
    OrNull(Shape(tuple(CAPACITY_FIELDS))),
    None,
    "Provisioned capacity, scaled in every region; unset: billed per request. README.md says how to change it.",
)
REGISTRY_FIELDS: Final = from_spec(Registry)

FIELDS: Final = [
    Field("application", from_spec(Application, "name")[0].annotation, REQUIRED, "The application's name."),
    Field("services", MapOf(ServiceName, _SERVICE), {}, "The services, by name."),
    Field("tables", MapOf(TableName, Shape((*TABLE_FIELDS, _PROVISIONED))), {}, "The tables, by name."),
    Field("registry", Shape(tuple(REGISTRY_FIELDS)), {}, "Settings of the ECR repositories."),
    Field("draining", frozenset[str], (), "Regions that are taken out of DNS; their services go on running."),
]
