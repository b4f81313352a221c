"""The variables of ``regional-service``: the service's fields, with one region's value where the spec has all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude.hcl.fields import REQUIRED, Field, MapOf, OrNull, Shape, from_spec
from latitude.hcl.inputs.module import Module
from latitude.hcl.inputs.shared import APPLICATION, INSTANCE_ROLE, POLICIES, ROLES, arn
from latitude.spec import (
    Connection,
    CustomerManagedKey,
    EcrImage,
    Image,
    PrivateIngress,
    PublicImage,
    SecretsManagerSecret,
    Service,
    Source,
    SsmParameter,
    TableAccess,
    VpcAccess,
)
from latitude.spec.arns import ConnectionArn, KeyArn, SecretArn, WebAclArn
from latitude.spec.environment import SecretVariableName

if TYPE_CHECKING:
    from latitude.spec.base import Part


def _same(model: type[Part], field: str, description: str, *, default: object = None) -> Field:
    """Return a field of the spec, optional here, with another description."""
    return Field(field, OrNull(from_spec(model, field)[0].annotation), default, description)


IMAGE: Final = OrNull(
    Shape(
        (
            *from_spec(Image, "tag", "digest"),
            _same(EcrImage, "repository", "The ECR repository in the region; unset: APPLICATION/NAME."),
            *from_spec(EcrImage, "registry_id"),
            Field(
                "public",
                OrNull(from_spec(PublicImage, "identifier")[0].annotation),
                None,
                "An image of Amazon ECR Public in place of all that: public.ecr.aws/ALIAS/REPOSITORY:TAG.",
            ),
            Field(
                "access_role",
                arn(str, "the role"),
                None,
                "The role that pulls the image, made in an earlier apply (by registry); unset: one is made here, which "
                "App Runner may refuse while it is seconds old: apply again then.",
            ),
        )
    )
)
SOURCE: Final = OrNull(
    Shape(
        (
            *from_spec(Source, "repository_url", "branch", "source_directory", "runtime", "build_command"),
            *from_spec(Connection, "provider_type"),
            Field(
                "connection",
                arn(ConnectionArn, "the connection"),
                None,
                "App Runner's connection to the provider; unset: one is made, which waits for a handshake.",
            ),
        )
    )
)
_KEY_OF_SECRET: Final = Field(
    "kms_key", arn(KeyArn, "the key"), None, "The customer-managed key that encrypts it; the role may then decrypt."
)
PARAMETERS: Final = MapOf(
    SecretVariableName,
    Shape((Field("name", from_spec(SsmParameter, "name")[0].annotation, REQUIRED, "Its name."), _KEY_OF_SECRET)),
)
SECRETS: Final = MapOf(
    SecretVariableName,
    Shape(
        (
            Field(
                "name",
                from_spec(SecretsManagerSecret, "name")[0].annotation,
                None,
                "The name of a secret that exists already, which is looked up; exactly one of name and secret is set.",
            ),
            Field(
                "secret",
                arn(SecretArn, "the secret"),
                None,
                "The secret by its full ARN in this region, as of one that is made in the same configuration.",
            ),
            *from_spec(SecretsManagerSecret, "json_key", "version_stage", "version_id"),
            _KEY_OF_SECRET,
        )
    ),
)
TABLES: Final = MapOf(
    str,
    Shape(
        (
            Field("name", str, REQUIRED, "The table's name in AWS."),
            Field("arn", str, REQUIRED, "The ARN of the replica in this region."),
            Field("has_indexes", bool, False, "Whether the table has secondary indexes."),  # noqa: FBT003  # a default
            Field("key", arn(str, "the key"), None, "The customer-managed key of the replica."),
            *from_spec(TableAccess, "access", "variable"),
        )
    ),
)
KEY: Final = OrNull(
    Shape(
        (
            Field("key", arn(KeyArn, "the key"), None, "The key; unset: one is made here."),
            *from_spec(CustomerManagedKey, "deletion_window_days"),
        )
    )
)
FIELDS: Final = [
    APPLICATION,
    *from_spec(Service, "name"),
    Field("image", IMAGE, None, "The container image; exactly one of image and source_code is set."),
    Field("source_code", SOURCE, None, "The source code that App Runner builds."),
    *from_spec(Service, "cpu", "memory", "port", "start_command", "autoscaling", "health_check"),
    Field("environment", from_spec(Service, "environment")[0].annotation, {}, "Environment variables."),
    Field("parameters", PARAMETERS, {}, "Environment variables whose values App Runner reads from Systems Manager."),
    Field("secrets", SECRETS, {}, "Environment variables whose values App Runner reads from Secrets Manager."),
    Field("tables", TABLES, {}, "Tables that the service uses, by their names within the application."),
    *from_spec(Service, "statements"),
    POLICIES,
    INSTANCE_ROLE,
    ROLES,
    Field("vpc", OrNull(VpcAccess), None, "The VPC through which outgoing traffic goes; unset: the internet."),
    Field("private_ingress", OrNull(PrivateIngress), None, "The VPC that reaches the service; unset: all do."),
    *from_spec(Service, "ip_address_type"),
    Field("web_acl", arn(WebAclArn, "the web ACL"), None, "The WAF web ACL that filters requests."),
    Field("encryption", KEY, None, "A customer-managed key for App Runner's copy of image or source."),
    *from_spec(Service, "auto_deployments", "tracing", "tags"),
]


def regional_service() -> Module:
    """Return the module: one service in the region of the caller's provider."""
    return Module(folder="modules/regional-service", fields=FIELDS)
