"""By what Terraform imports each kind of resource: a name that Latitude gave, or what the AWS CLI finds by that name.

Such a query names every object that matches; the script takes one only where it is the only one (``look``).

The formats are those of the AWS provider's documentation of each resource, section Import.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DOMAIN_ASSOCIATION: Final = "aws_apprunner_custom_domain_association"
"""What has no ``dns_target`` after an import (the provider's documentation): its service's URL is the same."""
_REFERENCE: Final = re.compile(r"(?<!\$)\$\{([^{}]+)\}")
_MADE: Final = "Made by Latitude"
"""The comment of the hosted zones that Latitude makes."""
_ATTRIBUTE: Final = re.compile(r"(?:(data)\.)?([a-z0-9_]+)\.([A-Za-z0-9_-]+)\.([a-z0-9_]+)")


class UnknownIdError(LookupError):
    """Nothing that is known leads to the id of an object; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Ids:
    """The ids of one synthesized stack's resources, as words of a shell in double quotes.

    ``commands`` collects the lines that look something up, each behind the name of its variable.
    """

    document: Mapping[str, Any]
    commands: dict[str, str] = field(default_factory=dict)

    def of(self, kind: str, name: str) -> str:
        """Return the id by which ``terraform import`` takes a resource.

        Raises:
            UnknownIdError: there is none, or none that is known.

        """
        made = _KINDS.get(kind)
        if made is None:
            raise UnknownIdError("no id is known for this kind of resource")
        return made(self, self._block(kind, name))

    def text(self, block: Mapping[str, Any], argument: str) -> str:
        """Return an argument of a resource."""
        if argument not in block:
            raise UnknownIdError(f"{argument} is not stated")
        return self._resolved(str(block[argument]))

    def region(self, block: Mapping[str, Any]) -> str:
        """Return the region of a resource's provider."""
        alias = str(block["provider"]).removeprefix("aws.")
        found: str = next(each["region"] for each in self.document["provider"]["aws"] if each["alias"] == alias)
        return found

    def asked(self, block: Mapping[str, Any], service: str, command: str, *options: str, query: str) -> str:
        """Return what the AWS CLI answers in the resource's region; the options are words in double quotes."""
        words = [each if each.startswith("--") else f'"{each}"' for each in options]
        place = f"--region {self.region(block)}"
        line = " ".join(["aws", service, command, place, *words, "--query", f'"{query}"', "--output text"])
        variable = next((name for name, known in self.commands.items() if known == line), f"id{len(self.commands) + 1}")
        self.commands[variable] = line
        return f"${variable}"

    def arguments(self, address: str) -> Mapping[str, Any]:
        """Return the block of the resource that an expression leads to."""
        found = _ATTRIBUTE.fullmatch(address.removeprefix("${").removesuffix("}"))
        if found is None or found[1]:
            raise UnknownIdError(f"{address} is known to Terraform alone")
        return self._block(found[2], found[3])

    def _block(self, kind: str, name: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.document["resource"][kind][name]
        return {**found, "_kind": kind, "_name": name}

    def _resolved(self, text: str) -> str:
        pieces = _REFERENCE.split(text)
        return "".join(self._attribute(piece) if index % 2 else _quoted(piece) for index, piece in enumerate(pieces))

    def _attribute(self, expression: str) -> str:
        found = _ATTRIBUTE.fullmatch(expression)
        if found is None:
            raise UnknownIdError(f"{expression} is known to Terraform alone")
        data, kind, name, attribute = found.groups()
        if data:
            return self._data(kind, name, attribute)
        block = self._block(kind, name)
        if attribute in block:
            return self.text(block, attribute)
        special = _ATTRIBUTES.get((kind, attribute))
        if special is None:
            raise UnknownIdError(f"{expression} is known to Terraform alone")
        return special(self, block)

    def _data(self, kind: str, name: str, attribute: str) -> str:
        if (kind, attribute) == ("aws_caller_identity", "account_id"):
            return "$account"
        block = self.document["data"][kind][name]
        if kind == "aws_route53_zone" and attribute in {"zone_id", "id"}:
            return _zone(self, block)
        raise UnknownIdError(f"data.{kind}.{name}.{attribute} is known to Terraform alone")


def _quoted(text: str) -> str:
    """Return a text as it stands in double quotes."""
    literal = text.replace("$${", "${").replace("%%{", "%{")
    return re.sub(r'([\\"$`])', r"\\\1", literal)


def _is(text: str) -> str:
    """Return a text as it stands in a query, between apostrophes."""
    return text.replace("'", "\\\\'")


def _by(*arguments: str, between: str = "/") -> Callable[[Ids, Mapping[str, Any]], str]:
    return lambda ids, block: between.join(ids.text(block, argument) for argument in arguments)


def _arn_of(command: str, listed: str, name: str, arn: str, argument: str, extra: str = "") -> Any:
    """Return how App Runner's own lists lead to an ARN by a name."""

    def find(ids: Ids, block: Mapping[str, Any]) -> str:
        query = f"{listed}[?{name}=='{_is(ids.text(block, argument))}'{extra}].{arn}"
        return ids.asked(block, "apprunner", command, query=query)

    return find


def _latest(command: str, option: str, listed: str, arn: str, argument: str) -> Any:
    def find(ids: Ids, block: Mapping[str, Any]) -> str:
        options = (option, ids.text(block, argument), "--latest-only")
        return ids.asked(block, "apprunner", command, *options, query=f"{listed}[].{arn}")

    return find


_service_arn: Final = _arn_of(
    "list-services", "ServiceSummaryList", "ServiceName", "ServiceArn", "service_name", " && Status!='DELETED'"
)
_service_url: Final = _arn_of(
    "list-services", "ServiceSummaryList", "ServiceName", "ServiceUrl", "service_name", " && Status!='DELETED'"
)
_connector: Final = _arn_of(
    "list-vpc-connectors",
    "VpcConnectors",
    "VpcConnectorName",
    "VpcConnectorArn",
    "vpc_connector_name",
    " && Status=='ACTIVE'",
)
_connection: Final = _arn_of(
    "list-connections", "ConnectionSummaryList", "ConnectionName", "ConnectionArn", "connection_name"
)


def _ingress(ids: Ids, block: Mapping[str, Any]) -> str:
    query = (
        "VpcIngressConnectionSummaryList[?contains(VpcIngressConnectionArn, "
        f"':vpcingressconnection/{_is(ids.text(block, 'name'))}/')].VpcIngressConnectionArn"
    )
    return ids.asked(block, "apprunner", "list-vpc-ingress-connections", query=query)


def _zone(ids: Ids, block: Mapping[str, Any]) -> str:
    name = ids.text(block, "name").rstrip(".")
    private = str(bool(block.get("private_zone", False))).lower()
    # A registrar, or another team, may have a zone of the same name: the resource, and the data source that finds it by
    # its tags, mean the application's own.
    own = f" && Config.Comment=='{_MADE}'" if block.get("_kind") == "aws_route53_zone" or block.get("tags") else ""
    query = f"HostedZones[?Name=='{_is(name)}.' && Config.PrivateZone==\\`{private}\\`{own}].Id"
    found = ids.asked(block, "route53", "list-hosted-zones-by-name", "--dns-name", name, query=query)
    # Route 53 answers with `/hostedzone/ID`.
    return f"${{{found.removeprefix('$')}##*/}}"


def _record(ids: Ids, block: Mapping[str, Any]) -> str:
    if block.get("allow_overwrite"):
        raise UnknownIdError("it is written over what is there, so that nothing is lost without it")
    return "_".join(ids.text(block, each) for each in ("zone_id", "name", "type", "set_identifier") if each in block)


def _health_check(ids: Ids, block: Mapping[str, Any]) -> str:
    host, path = ids.text(block, "fqdn"), ids.text(block, "resource_path")
    condition = (
        f"HealthCheckConfig.FullyQualifiedDomainName=='{_is(host)}' && HealthCheckConfig.ResourcePath=='{_is(path)}'"
    )
    return ids.asked(block, "route53", "list-health-checks", query=f"HealthChecks[?{condition}].Id")


def _key(ids: Ids, block: Mapping[str, Any]) -> str:
    """Find a key by the alias that is made for it."""
    target = f"aws_kms_key.{block['_name']}."
    for alias in ids.document["resource"].get("aws_kms_alias", {}).values():
        if target in alias["target_key_id"]:
            options = ("--key-id", ids.text(alias, "name"))
            return ids.asked(block, "kms", "describe-key", *options, query="KeyMetadata.KeyId")
    raise UnknownIdError("no alias leads to this key")


def _key_arn(ids: Ids, block: Mapping[str, Any]) -> str:
    return f"arn:aws:kms:{ids.region(block)}:$account:key/{_key(ids, block)}"


def _security_group(ids: Ids, block: Mapping[str, Any]) -> str:
    options = (
        "--filters",
        f"Name=group-name,Values={ids.text(block, 'name_prefix')}*",
        f"Name=description,Values={ids.text(block, 'description')}",
    )
    return ids.asked(block, "ec2", "describe-security-groups", *options, query="SecurityGroups[].GroupId")


def _egress(ids: Ids, block: Mapping[str, Any]) -> str:
    field_, value = ("CidrIpv6", block["cidr_ipv6"]) if "cidr_ipv6" in block else ("CidrIpv4", block["cidr_ipv4"])
    options = ("--filters", f"Name=group-id,Values={ids.text(block, 'security_group_id')}")
    query = f"SecurityGroupRules[?IsEgress && {field_}=='{value}'].SecurityGroupRuleId"
    return ids.asked(block, "ec2", "describe-security-group-rules", *options, query=query)


def _endpoint(ids: Ids, block: Mapping[str, Any]) -> str:
    options = (
        "--filters",
        f"Name=vpc-id,Values={ids.text(block, 'vpc_id')}",
        f"Name=service-name,Values={ids.text(block, 'service_name')}",
        "Name=tag:ManagedBy,Values=Latitude",
    )
    return ids.asked(block, "ec2", "describe-vpc-endpoints", *options, query="VpcEndpoints[].VpcEndpointId")


def _table_arn(ids: Ids, block: Mapping[str, Any]) -> str:
    return f"arn:aws:dynamodb:{ids.region(block)}:$account:table/{ids.text(block, 'name')}"


def _replica_arn(ids: Ids, block: Mapping[str, Any]) -> str:
    table = ids.arguments(block["global_table_arn"])
    return f"arn:aws:dynamodb:{ids.region(block)}:$account:table/{ids.text(table, 'name')}"


def _replica(ids: Ids, block: Mapping[str, Any]) -> str:
    table = ids.arguments(block["global_table_arn"])
    return f"{ids.text(table, 'name')}:{ids.region(table)}"


def _insights(ids: Ids, block: Mapping[str, Any]) -> str:
    index = ids.text(block, "index_name") if "index_name" in block else ""
    return f"name:{ids.text(block, 'table_name')}/index:{index}/$account"


def _oidc(ids: Ids, block: Mapping[str, Any]) -> str:
    return f"arn:aws:iam::$account:oidc-provider/{ids.text(block, 'url').removeprefix('https://')}"


def _role_arn(ids: Ids, block: Mapping[str, Any]) -> str:
    return f"arn:aws:iam::$account:role/{ids.text(block, 'name')}"


_BUCKET: Final = _by("bucket")
_KINDS: Final[dict[str, Callable[[Ids, Mapping[str, Any]], str]]] = {
    "aws_appautoscaling_policy": _by("service_namespace", "resource_id", "scalable_dimension", "name"),
    "aws_appautoscaling_target": _by("service_namespace", "resource_id", "scalable_dimension"),
    "aws_apprunner_auto_scaling_configuration_version": _latest(
        "list-auto-scaling-configurations",
        "--auto-scaling-configuration-name",
        "AutoScalingConfigurationSummaryList",
        "AutoScalingConfigurationArn",
        "auto_scaling_configuration_name",
    ),
    "aws_apprunner_connection": _by("connection_name"),
    "aws_apprunner_custom_domain_association": _by("domain_name", "service_arn", between=","),
    "aws_apprunner_observability_configuration": _latest(
        "list-observability-configurations",
        "--observability-configuration-name",
        "ObservabilityConfigurationSummaryList",
        "ObservabilityConfigurationArn",
        "observability_configuration_name",
    ),
    "aws_apprunner_service": _service_arn,
    "aws_apprunner_vpc_connector": _connector,
    "aws_apprunner_vpc_ingress_connection": _ingress,
    "aws_dynamodb_contributor_insights": _insights,
    "aws_dynamodb_resource_policy": _by("resource_arn"),
    "aws_dynamodb_table": _by("name"),
    "aws_dynamodb_table_replica": _replica,
    "aws_ecr_lifecycle_policy": _by("repository"),
    "aws_ecr_replication_configuration": lambda _, __: "$account",
    "aws_ecr_repository": _by("name"),
    "aws_ecr_repository_policy": _by("repository"),
    "aws_iam_openid_connect_provider": _oidc,
    "aws_iam_role": _by("name"),
    "aws_iam_role_policy": _by("role", "name", between=":"),
    "aws_iam_role_policy_attachment": _by("role", "policy_arn"),
    "aws_kms_alias": _by("name"),
    "aws_kms_key": _key,
    "aws_route53_health_check": _health_check,
    "aws_route53_record": _record,
    "aws_route53_zone": _zone,
    "aws_s3_bucket": _BUCKET,
    "aws_s3_bucket_lifecycle_configuration": _BUCKET,
    "aws_s3_bucket_logging": _BUCKET,
    "aws_s3_bucket_ownership_controls": _BUCKET,
    "aws_s3_bucket_policy": _BUCKET,
    "aws_s3_bucket_public_access_block": _BUCKET,
    "aws_s3_bucket_replication_configuration": _BUCKET,
    "aws_s3_bucket_server_side_encryption_configuration": _BUCKET,
    "aws_s3_bucket_versioning": _BUCKET,
    "aws_security_group": _security_group,
    "aws_vpc_endpoint": _endpoint,
    "aws_vpc_security_group_egress_rule": _egress,
    "aws_wafv2_web_acl_association": _by("web_acl_arn", "resource_arn", between=","),
    "tfe_workspace": _by("organization", "name"),
}
_ATTRIBUTES: Final[dict[tuple[str, str], Callable[[Ids, Mapping[str, Any]], str]]] = {
    ("aws_apprunner_service", "arn"): _service_arn,
    ("aws_apprunner_service", "service_url"): _service_url,
    ("aws_dynamodb_table", "arn"): _table_arn,
    ("aws_dynamodb_table", "id"): _by("name"),
    ("aws_dynamodb_table_replica", "arn"): _replica_arn,
    ("aws_iam_role", "arn"): _role_arn,
    ("aws_iam_role", "id"): _by("name"),
    ("aws_kms_key", "arn"): _key_arn,
    ("aws_kms_key", "key_id"): _key,
    ("aws_route53_zone", "zone_id"): _zone,
    ("aws_s3_bucket", "id"): _BUCKET,
    ("aws_security_group", "id"): _security_group,
    ("aws_vpc_endpoint", "id"): _endpoint,
}
