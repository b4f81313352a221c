"""Everything of the kinds that Latitude makes, as AWS's own API lists it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from latitude.trial.aws import Clients

# Service, operation, the member of its answer that has the list, the member of an entry that names it.
_IN_A_REGION: Final = (
    ("apprunner", "list_services", "ServiceSummaryList", "ServiceArn"),
    (
        "apprunner",
        "list_auto_scaling_configurations",
        "AutoScalingConfigurationSummaryList",
        "AutoScalingConfigurationArn",
    ),
    (
        "apprunner",
        "list_observability_configurations",
        "ObservabilityConfigurationSummaryList",
        "ObservabilityConfigurationArn",
    ),
    ("apprunner", "list_vpc_connectors", "VpcConnectors", "VpcConnectorArn"),
    ("apprunner", "list_vpc_ingress_connections", "VpcIngressConnectionSummaryList", "VpcIngressConnectionArn"),
    ("apprunner", "list_connections", "ConnectionSummaryList", "ConnectionArn"),
    ("ecr", "describe_repositories", "repositories", "repositoryArn"),
    ("ec2", "describe_security_groups", "SecurityGroups", "GroupId"),
    ("ec2", "describe_vpc_endpoints", "VpcEndpoints", "VpcEndpointId"),
)
_ANYWHERE: Final = (
    ("iam", "list_roles", "Roles", "Arn"),
    ("route53", "list_health_checks", "HealthChecks", "Id"),
    ("route53", "list_hosted_zones", "HostedZones", "Id"),
)
_AWS_S_OWN_ALIASES: Final = "alias/aws/"


def inventory(clients: Clients, regions: Iterable[str]) -> frozenset[str]:
    """Name everything in ``regions``, and what is in no region; a KMS key counts until its deletion is scheduled."""
    regions = tuple(regions)
    return frozenset(
        name for region in regions for name in (*_listed(clients, region, _IN_A_REGION), *_others(clients, region))
    ) | frozenset((*_listed(clients, regions[0], _ANYWHERE), *_records(clients, regions[0])))


def _listed(clients: Clients, region: str, kinds: Iterable[tuple[str, str, str, str]]) -> Iterator[str]:
    for service, operation, member, naming in kinds:
        for entry in pages(clients(service, region), operation, member):
            name = entry[naming]
            # EC2 goes on showing, for a while, a VPC endpoint that is deleted.
            if entry.get("State") != "deleted":
                yield name if region in name else f"{region} {service} {name}"


def _others(clients: Clients, region: str) -> Iterator[str]:
    for table in pages(clients("dynamodb", region), "list_tables", "TableNames"):
        yield f"{region} dynamodb {table}"
    registry = clients("ecr", region).describe_registry()
    for rule in registry["replicationConfiguration"]["rules"]:
        yield f"{region} ecr replication {rule}"
    scaling = clients("application-autoscaling", region)
    for target in pages(scaling, "describe_scalable_targets", "ScalableTargets", ServiceNamespace="dynamodb"):
        yield f"{region} application-autoscaling {target['ResourceId']} {target['ScalableDimension']}"
    yield from _keys(clients("kms", region), region)


def _keys(kms: Any, region: str) -> Iterator[str]:
    # By their aliases: moto says of a key that DynamoDB made for itself that a customer manages it.
    aws_s_own = set()
    for alias in pages(kms, "list_aliases", "Aliases"):
        if alias["AliasName"].startswith(_AWS_S_OWN_ALIASES):
            aws_s_own.add(alias.get("TargetKeyId"))
        else:
            yield f"{region} kms {alias['AliasName']}"
    for key in pages(kms, "list_keys", "Keys"):
        about = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]
        if key["KeyId"] not in aws_s_own and about["KeyState"] != "PendingDeletion":
            yield str(about["Arn"])


def _records(clients: Clients, region: str) -> Iterator[str]:
    route53 = clients("route53", region)
    for zone in pages(route53, "list_hosted_zones", "HostedZones"):
        for record in pages(route53, "list_resource_record_sets", "ResourceRecordSets", HostedZoneId=zone["Id"]):
            yield f"route53 {record['Type']} {record['Name']} {record.get('SetIdentifier', '')}".strip()


def pages(client: Any, operation: str, member: str, **request: Any) -> Iterator[Any]:
    """Yield the entries of an operation that lists, from all of its pages."""
    if client.can_paginate(operation):
        for page in client.get_paginator(operation).paginate(**request):
            yield from page[member]
    else:
        yield from getattr(client, operation)(**request)[member]
