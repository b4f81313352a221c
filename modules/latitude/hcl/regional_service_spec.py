"""A service whose values are the variables of ``regional-service``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from latitude.hcl.blueprint import Number, stated
from latitude.spec import (
    AutoScaling,
    Condition,
    Connection,
    CustomerManagedKey,
    EcrImage,
    HealthCheck,
    PrivateIngress,
    PublicImage,
    SecretsManagerSecret,
    Service,
    Source,
    SsmParameter,
    Statement,
    TableAccess,
    VpcAccess,
)
from latitude.spec.expressions import expression
from latitude.spec.items import Item

if TYPE_CHECKING:
    from latitude.hcl.choices import Taken

REGION: Final = "local.region"
TABLE: Final = Item("table", "var.tables")
_PARAMETER: Final = Item("parameter", "var.parameters")
_SECRET: Final = Item("secret", "var.secrets")
_STATEMENT: Final = Item("statement", "var.statements", "sid")
_VARIABLE: Final = Item("value", "var.environment")
_TAG: Final = Item("tag", "var.tags")
KEY: Final = f"{_SECRET.mark}.json_key"


def service(taken: Taken) -> Service:
    """Return the service for the ways taken."""
    return stated(
        Service,
        name=expression("var.name"),
        image=_image(taken),
        source=_source(taken),
        cpu=expression("var.cpu"),
        memory=expression("var.memory"),
        port=expression("var.port"),
        start_command=expression("var.start_command"),
        autoscaling=stated(
            AutoScaling, **{name: Number(f"var.autoscaling.{name}") for name in AutoScaling.model_fields}
        ),
        health_check=stated(
            HealthCheck,
            protocol=expression("var.health_check.protocol"),
            path=expression("var.health_check.path"),
            **{
                name: Number(f"var.health_check.{name}")
                for name in ("interval_seconds", "timeout_seconds", "healthy_threshold", "unhealthy_threshold")
            },
        ),
        environment={expression(_VARIABLE.key_mark): expression(_VARIABLE.mark)},
        secrets=_secrets(taken),
        tables=(_access(taken),) if taken["tables"] == "yes" else (),
        statements=(_statement(),) if taken["statements"] == "yes" else (),
        vpc=_vpc(taken["vpc"]),
        private_ingress=_ingress(taken["ingress"]),
        ip_address_type=expression("var.ip_address_type"),
        web_acl_arns={expression(REGION): expression("var.web_acl.arn")} if taken["web_acl"] == "yes" else None,
        encryption=_key(taken["key"]),
        auto_deployments=taken["auto_deployments"] == "yes",
        tracing=taken["tracing"] == "yes",
        tags={expression(_TAG.key_mark): expression(_TAG.mark)},
    )


def _image(taken: Taken) -> Any:
    if taken["origin"] == "public":
        return stated(PublicImage, identifier=expression("var.image.public"))
    if taken["origin"] != "ecr":
        return None
    return stated(
        EcrImage,
        tag=expression("var.image.tag"),
        digest=expression("var.image.digest"),
        repository=expression("local.repository"),
        registry_id=expression("local.registry_id"),
    )


def _source(taken: Taken) -> Source | None:
    if taken["origin"] not in {"api", "file"}:
        return None
    given = {expression(REGION): expression("var.source_code.connection.arn")}
    api = taken["origin"] == "api"
    return stated(
        Source,
        repository_url=expression("var.source_code.repository_url"),
        branch=expression("var.source_code.branch"),
        source_directory=expression("var.source_code.source_directory"),
        runtime=expression("var.source_code.runtime") if api else None,
        build_command=expression("var.source_code.build_command"),
        connection=stated(
            Connection,
            provider_type=expression("var.source_code.provider_type"),
            arns=given if taken["connection"] == "given" else None,
        ),
    )


def _secrets(taken: Taken) -> dict[str, Any]:
    keys = {expression(REGION): expression(Item("key", "local.secret_key_arns").mark)}
    key = keys if taken["secret_keys"] == "yes" else None  # noqa: S105  # the name of a choice
    found: dict[str, Any] = {}
    if taken["parameters"] == "yes":
        name = expression(f"{_PARAMETER.mark}.name")
        found[expression(_PARAMETER.key_mark)] = stated(SsmParameter, name=name, kms_key_arns=key)
    if taken["secrets"] == "yes":
        found[expression(_SECRET.key_mark)] = stated(
            SecretsManagerSecret,
            name=expression(f"{_SECRET.mark}.name"),
            json_key=expression(KEY) if taken["json_key"] == "yes" else None,
            kms_key_arns=key,
        )
    return found


def _access(taken: Taken) -> TableAccess:
    derived = f'"${{upper(replace({TABLE.key_mark}, "/[^A-Za-z0-9]/", "_"))}}_TABLE"'
    return stated(
        TableAccess,
        table=expression(TABLE.key_mark),
        access=taken["access"],
        variable=expression(f"coalesce({TABLE.mark}.variable, {derived})"),
    )


def _statement() -> Statement:
    condition = Item("condition", f"{_STATEMENT.mark}.conditions", "variable")
    return stated(
        Statement,
        actions=(expression(Item("action", f"{_STATEMENT.mark}.actions").mark),),
        resources=(expression(Item("resource", f"{_STATEMENT.mark}.resources").mark),),
        effect=expression(f"{_STATEMENT.mark}.effect"),
        conditions=(
            stated(
                Condition,
                test=expression(f"{condition.mark}.test"),
                variable=expression(f"{condition.mark}.variable"),
                values=(expression(Item("value", f"{condition.mark}.values").mark),),
            ),
        ),
        sid=expression(f"{_STATEMENT.mark}.sid"),
    )


def _vpc(way: str) -> dict[str, VpcAccess] | None:
    if way == "none":
        return None
    group = expression(Item("group", "var.vpc.security_group_ids").mark)
    access = stated(
        VpcAccess,
        # The group that is made here goes into the VPC of the first subnet.
        subnet_ids=_Subnets((expression(Item("subnet", "var.vpc.subnet_ids").mark),)),
        security_group_ids=(group,) if way == "given" else None,
    )
    return {expression(REGION): access}


class _Subnets(tuple[str, ...]):
    """All the subnets when it is iterated over; the first by its index."""

    __slots__ = ()

    def __getitem__(self, index: Any) -> Any:
        return expression(f"var.vpc.subnet_ids[{index}]")


def _ingress(way: str) -> dict[str, PrivateIngress] | None:
    if way == "none":
        return None
    subnet = expression(Item("subnet", "coalesce(var.private_ingress.subnet_ids, [])").mark)
    group = expression(Item("group", "coalesce(var.private_ingress.security_group_ids, [])").mark)
    ingress = stated(
        PrivateIngress,
        vpc_id=expression("var.private_ingress.vpc_id"),
        vpc_endpoint_id=expression("var.private_ingress.vpc_endpoint_id") if way == "given" else None,
        subnet_ids=(subnet,),
        security_group_ids=(group,),
    )
    return {expression(REGION): ingress}


def _key(way: str) -> CustomerManagedKey | None:
    if way == "none":
        return None
    return stated(
        CustomerManagedKey,
        arns={expression(REGION): expression("var.encryption.key.arn")} if way == "given" else None,
        deletion_window_days=Number("var.encryption.deletion_window_days"),
    )
