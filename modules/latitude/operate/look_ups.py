"""How the objects are found whose ids AWS makes up: what the AWS CLI answers for the names that Latitude gave.

Such a query names every object that matches; the script takes one only where it is the only one (``look``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from latitude.operate.stack_values import StackValues, UnknownIdError
from latitude.spec.partition import make_arn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_OWN: Final = "$account"
"""The account's id, in the script."""
_MADE: Final = "Made by Latitude"
"""The comment of the hosted zones that Latitude makes."""


def _is(text: str) -> str:
    """Return a text as it stands in a query, between apostrophes."""
    return text.replace("'", "\\\\'")


def by(*arguments: str, between: str = "/") -> Callable[[StackValues, Mapping[str, Any]], str]:
    """Return what joins arguments to an id."""
    return lambda values, block: between.join(values.text(block, argument) for argument in arguments)


def _arn_of(command: str, listed: str, name: str, arn: str, argument: str, extra: str = "") -> Any:
    """Return how App Runner's own lists lead to an ARN by a name."""

    def find(values: StackValues, block: Mapping[str, Any]) -> str:
        query = f"{listed}[?{name}=='{_is(values.text(block, argument))}'{extra}].{arn}"
        return values.asked(block, "apprunner", command, query=query)

    return find


def latest(command: str, option: str, listed: str, arn: str, argument: str) -> Any:
    """Return how a list of revisions leads to the ARN of the newest."""

    def find(values: StackValues, block: Mapping[str, Any]) -> str:
        options = (option, values.text(block, argument), "--latest-only")
        return values.asked(block, "apprunner", command, *options, query=f"{listed}[].{arn}")

    return find


service_arn: Final = _arn_of(
    "list-services", "ServiceSummaryList", "ServiceName", "ServiceArn", "service_name", " && Status!='DELETED'"
)
service_url: Final = _arn_of(
    "list-services", "ServiceSummaryList", "ServiceName", "ServiceUrl", "service_name", " && Status!='DELETED'"
)
connector: Final = _arn_of(
    "list-vpc-connectors",
    "VpcConnectors",
    "VpcConnectorName",
    "VpcConnectorArn",
    "vpc_connector_name",
    " && Status=='ACTIVE'",
)


def ingress(values: StackValues, block: Mapping[str, Any]) -> str:
    """Find a VPC ingress connection by its name, which its ARN has in it."""
    query = (
        "VpcIngressConnectionSummaryList[?contains(VpcIngressConnectionArn, "
        f"':vpcingressconnection/{_is(values.text(block, 'name'))}/')].VpcIngressConnectionArn"
    )
    return values.asked(block, "apprunner", "list-vpc-ingress-connections", query=query)


def zone(values: StackValues, block: Mapping[str, Any]) -> str:
    """Find a hosted zone by its name; one that Latitude made by its comment too."""
    name = values.text(block, "name").rstrip(".")
    private = str(bool(block.get("private_zone", False))).lower()
    # A registrar, or another team, may have a zone of the same name: the resource, and the data source that finds it by
    # its tags, mean the application's own.
    own = f" && Config.Comment=='{_MADE}'" if block.get("_kind") == "aws_route53_zone" or block.get("tags") else ""
    query = f"HostedZones[?Name=='{_is(name)}.' && Config.PrivateZone==\\`{private}\\`{own}].Id"
    found = values.asked(block, "route53", "list-hosted-zones-by-name", "--dns-name", name, query=query)
    # Route 53 answers with `/hostedzone/ID`.
    return f"${{{found.removeprefix('$')}##*/}}"


def record(values: StackValues, block: Mapping[str, Any]) -> str:
    """Return the id of a record: its zone, name, type and set identifier."""
    if block.get("allow_overwrite"):
        raise UnknownIdError("it is written over what is there, so that nothing is lost without it")
    return "_".join(values.text(block, each) for each in ("zone_id", "name", "type", "set_identifier") if each in block)


def health_check(values: StackValues, block: Mapping[str, Any]) -> str:
    """Find a health check by what it asks."""
    host, path = values.text(block, "fqdn"), values.text(block, "resource_path")
    condition = (
        f"HealthCheckConfig.FullyQualifiedDomainName=='{_is(host)}' && HealthCheckConfig.ResourcePath=='{_is(path)}'"
    )
    return values.asked(block, "route53", "list-health-checks", query=f"HealthChecks[?{condition}].Id")


def key(values: StackValues, block: Mapping[str, Any]) -> str:
    """Find a key by the alias that is made for it."""
    target = f"aws_kms_key.{block['_name']}."
    for alias in values.document["resource"].get("aws_kms_alias", {}).values():
        if target in alias["target_key_id"]:
            options = ("--key-id", values.text(alias, "name"))
            return values.asked(block, "kms", "describe-key", *options, query="KeyMetadata.KeyId")
    raise UnknownIdError("no alias leads to this key")


def key_arn(values: StackValues, block: Mapping[str, Any]) -> str:
    """Return a key's ARN."""
    return make_arn("kms", f"key/{key(values, block)}", region=values.region(block), account_id=_OWN)


def security_group(values: StackValues, block: Mapping[str, Any]) -> str:
    """Find a security group by the beginning of its name, and its description."""
    options = (
        "--filters",
        f"Name=group-name,Values={values.text(block, 'name_prefix')}*",
        f"Name=description,Values={values.text(block, 'description')}",
    )
    return values.asked(block, "ec2", "describe-security-groups", *options, query="SecurityGroups[].GroupId")


def egress(values: StackValues, block: Mapping[str, Any]) -> str:
    """Find a group's rule by where it leads."""
    field_, value = ("CidrIpv6", block["cidr_ipv6"]) if "cidr_ipv6" in block else ("CidrIpv4", block["cidr_ipv4"])
    options = ("--filters", f"Name=group-id,Values={values.text(block, 'security_group_id')}")
    query = f"SecurityGroupRules[?IsEgress && {field_}=='{value}'].SecurityGroupRuleId"
    return values.asked(block, "ec2", "describe-security-group-rules", *options, query=query)


def endpoint(values: StackValues, block: Mapping[str, Any]) -> str:
    """Find Latitude's endpoint for a service in a VPC."""
    options = (
        "--filters",
        f"Name=vpc-id,Values={values.text(block, 'vpc_id')}",
        f"Name=service-name,Values={values.text(block, 'service_name')}",
        values.managed_by(block),
    )
    return values.asked(block, "ec2", "describe-vpc-endpoints", *options, query="VpcEndpoints[].VpcEndpointId")


def table_arn(values: StackValues, block: Mapping[str, Any]) -> str:
    """Return a table's ARN."""
    return make_arn("dynamodb", f"table/{values.text(block, 'name')}", region=values.region(block), account_id=_OWN)


def replica_arn(values: StackValues, block: Mapping[str, Any]) -> str:
    """Return a replica's ARN."""
    table = values.arguments(block["global_table_arn"])
    return make_arn("dynamodb", f"table/{values.text(table, 'name')}", region=values.region(block), account_id=_OWN)


def replica(values: StackValues, block: Mapping[str, Any]) -> str:
    """Return a replica's id: its table's name, and the region of that."""
    table = values.arguments(block["global_table_arn"])
    return f"{values.text(table, 'name')}:{values.region(table)}"


def insights(values: StackValues, block: Mapping[str, Any]) -> str:
    """Return the id of contributor insights."""
    index = values.text(block, "index_name") if "index_name" in block else ""
    return f"name:{values.text(block, 'table_name')}/index:{index}/$account"


def oidc(values: StackValues, block: Mapping[str, Any]) -> str:
    """Return the ARN of an OIDC provider."""
    host = values.text(block, "url").removeprefix("https://")
    return make_arn("iam", f"oidc-provider/{host}", account_id=_OWN)


def role_arn(values: StackValues, block: Mapping[str, Any]) -> str:
    """Return a role's ARN."""
    path = values.text(block, "path") if "path" in block else "/"
    return make_arn("iam", f"role{path}{values.text(block, 'name')}", account_id=_OWN)
