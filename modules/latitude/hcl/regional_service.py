"""The module ``regional-service``: one service in the region of the caller's provider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import aws
from latitude.constructs.compute.place import Place
from latitude.constructs.data.table_statements import LocalTable
from latitude.constructs.identity.account import Account
from latitude.constructs.regional_service import RegionalService
from latitude.hcl.blueprint import THIS, Blueprint, Scope
from latitude.hcl.choices import Choice, Taken, optional
from latitude.hcl.regional_service_inputs import EXAMPLE, FIELDS, REFUSED
from latitude.hcl.regional_service_rules import MEMORY_CODE, OTHER_VARIABLES_CODE, RULES
from latitude.hcl.regional_service_spec import KEY, REGION, TABLE, service
from latitude.spec.expressions import code_of, expression, shortened
from latitude.spec.names import MAX_APP_RUNNER_NAME_LENGTH, MAX_SHORT_APP_RUNNER_NAME_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator

_IMAGE_ORIGIN = 'var.image.public == null ? "ecr" : "public"'
_SOURCE_ORIGIN = 'var.source_code.runtime == null ? "file" : "api"'
_ORIGIN = f"var.source_code == null ? ({_IMAGE_ORIGIN}) : ({_SOURCE_ORIGIN})"
_FROM_SOURCE = ("tables", "parameters", "secrets", "json_key")
_GRANTING = ("tables", "parameters", "secrets", "secret_keys", "statements", "tracing")


def regional_service() -> Blueprint:
    """Return the module."""
    name = expression("local.name")
    return Blueprint(
        name="regional-service",
        summary="An AWS App Runner service in one region, with its roles, scaling, VPC connector and all that it needs "
        "there. Call it once per region, with that region's provider.",
        build=_build,
        fields=FIELDS,
        choices=list(_choices()),
        also=[
            *({other: "yes" if other == only else "no" for other in _GRANTING} for only in ("", *_GRANTING)),
            *(
                {"origin": origin, choice: way}
                for origin in ("public", "api", "file")
                for choice, way in (("connection", "given"), *((name, "no") for name in _FROM_SOURCE))
            ),
        ],
        locals={
            "name": '"${var.application}-${var.name}"',
            "short_name": code_of(shortened(name, MAX_SHORT_APP_RUNNER_NAME_LENGTH)),
            "connector_name": code_of(shortened(name, MAX_APP_RUNNER_NAME_LENGTH - 7)),
            "region": "data.aws_region.current.id",
            "account_id": "data.aws_caller_identity.current.account_id",
            "origin": _ORIGIN,
            "makes_access_role": "try(var.image.access_role == null, false)",
            "makes_connection": "try(var.source_code.connection == null, false)",
            "makes_security_group": "try(var.vpc.security_group_ids == null, false)",
            "makes_endpoint": "try(var.private_ingress.vpc_endpoint_id == null, false)",
            "makes_key": "try(var.encryption.key == null, false)",
            "has_policy": "var.tracing || length(var.tables) > 0 || length(var.parameters) > 0 || "
            "length(var.secrets) > 0 || length(var.statements) > 0",
            "repository": 'try(coalesce(var.image.repository, "${var.application}/${var.name}"), null)',
            "registry_id": "try(coalesce(var.image.registry_id, local.account_id), null)",
            "memory_by_cpu": MEMORY_CODE,
            "other_variables": OTHER_VARIABLES_CODE,
            "secret_key_arns": "distinct(compact([for secret in concat(values(var.parameters), "
            "values(var.secrets)) : secret.kms_key_arn]))",
        },
        kept={"runtime_environment_secrets": "secrets", "runtime_environment_variables": "variables"},
        names={r"^image_.*": "image", r"^secret_.*": "secret"},
        files={
            "aws_iam_": "roles.tf",
            "aws_vpc_|aws_security_group|aws_subnet|aws_wafv2|connector|ingress": "network.tf",
            "aws_kms_": "encryption.tf",
        },
        comments={
            r"aws_apprunner_auto_scaling_configuration_version\..* lifecycle": "A configuration is replaced, and not "
            "while a service uses it (provider issue 38534): the new one comes first.",
            r"aws_apprunner_vpc_connector\..* vpc_connector_name": "App Runner refuses a second connector with the "
            "same subnets and groups, and deletes slowly: the name changes with them.",
            r"aws_iam_role\.(pull|instance) name": "IAM is global and services are not: the region is in the name.",
            r"aws_apprunner_service\.this auto_deployments_enabled": "AWS's default is true: regions would roll on "
            "their own.",
            r"data\.aws_ecr_image\.image ": "App Runner can't create a service whose image is not in its region; this "
            "fails first, while nothing has been made.",
        },
        rules=RULES,
        guide="""## First apply

App Runner refuses an access role that is only seconds old, and the provider does not try again. So give
`image.access_role` the role that `registry` made before the image was pushed, as in
`{ arn = module.registry.pull_role_arns["us-east-1"]["web"] }`, or apply again where the first time ended with
`Error in assuming access role`.
""",
        example=EXAMPLE,
        refused=REFUSED,
    )


def _choices() -> Iterator[Choice]:
    yield Choice("origin", {way: f'local.origin == "{way}"' for way in ("ecr", "public", "api", "file")})
    yield Choice(
        "role",
        {"made": "try(var.image.access_role == null, false)", "given": "try(var.image.access_role != null, false)"},
    )
    yield Choice(
        "connection",
        {
            "made": "try(var.source_code.connection == null, false)",
            "given": "try(var.source_code.connection != null, false)",
        },
    )
    yield Choice("auto_deployments", {"no": "!var.auto_deployments", "yes": "var.auto_deployments"})
    yield Choice(
        "vpc",
        {
            "made": "try(var.vpc.security_group_ids == null, false)",
            "given": "try(var.vpc.security_group_ids != null, false)",
            "none": "var.vpc == null",
        },
    )
    yield Choice(
        "ingress",
        {
            "made": "try(var.private_ingress.vpc_endpoint_id == null, false)",
            "given": "try(var.private_ingress.vpc_endpoint_id != null, false)",
            "none": "var.private_ingress == null",
        },
    )
    yield Choice(
        "key",
        {
            "made": "try(var.encryption.key == null, false)",
            "given": "try(var.encryption.key != null, false)",
            "none": "var.encryption == null",
        },
    )
    yield optional("web_acl", "var.web_acl != null")
    yield optional("tracing", "var.tracing")
    yield optional("tables", "length(var.tables) > 0")
    yield optional("parameters", "length(var.parameters) > 0")
    yield optional("secrets", "length(var.secrets) > 0")
    yield optional("secret_keys", "length(local.secret_key_arns) > 0")
    yield optional("statements", "length(var.statements) > 0")
    yield Choice(
        "access",
        {"read_write": "", "read": "", "write": ""},
        subject=f"{TABLE.mark}.access",
        table="table_actions",
    )
    yield Choice("indexes", {"yes": f"{TABLE.mark}.has_indexes", "no": f"!{TABLE.mark}.has_indexes"})
    yield Choice("table_key", {"yes": f"{TABLE.mark}.key != null", "no": f"{TABLE.mark}.key == null"})
    yield Choice("json_key", {"yes": f"{KEY} != null", "no": f"{KEY} == null"})


def _build(scope: Scope, taken: Taken) -> None:
    Account(scope, "current", provider=scope.provider).make(aws.data_aws_region.DataAwsRegion)
    spec = service(taken)
    region, account_id = expression(REGION), expression("local.account_id")
    made = RegionalService(
        scope,
        THIS,
        spec=spec,
        provider=scope.provider,
        place=Place(
            application=expression("var.application"),
            region=region,
            account_id=account_id,
            tables={expression(TABLE.key_mark): _table(taken)},
            pull_role_arns={spec.name: expression("var.image.access_role.arn")} if taken["role"] == "given" else {},
        ),
    )
    scope.output("arn", made.compute.arn, "The ARN of the App Runner service.")
    scope.output("url", f"https://{made.compute.front.host}", "The region's own URL of the service.")
    scope.output("host", made.compute.front.host, "The host of the region's own URL, which health checks ask.")
    scope.output("instance_role_arn", made.instance_role_arn, "The ARN of the role that the service's code has.")
    outputs: dict[str, tuple[Any, str]] = {
        "image_digest": (made.compute.image_digest, "The digest of the image that the service runs."),
        "private_domain": (made.compute.private_domain, "The name under which a VPC reaches a private service."),
        "vpc_security_group_ids": (
            made.compute.security_group_ids,
            "The VPC connector's security groups, for the rules of databases and caches.",
        ),
    }
    for name, (value, description) in outputs.items():
        if value is not None:
            scope.output(name, value, description)


def _table(taken: Taken) -> LocalTable:
    return LocalTable(
        name=expression(f"{TABLE.mark}.name"),
        arn=expression(f"{TABLE.mark}.arn"),
        has_indexes=taken["indexes"] == "yes",
        key_arn=expression(f"{TABLE.mark}.key.arn") if taken["table_key"] == "yes" else None,
    )
