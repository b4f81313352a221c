"""What AWS says of everything that an application made, as far as two applications alike must agree on it."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from latitude.trial.aws import Clients

_MADE_UP: Final = (
    (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "UUID"),
    (re.compile(r"\b(sg|sgr|vpce|eni|mrk|vpc|subnet)-[0-9a-f]{8,}"), r"\1-ID"),
    (re.compile(r"\b[0-9a-z]{10,}\.(?=[a-z0-9-]+\.awsapprunner\.com)"), "HOST."),
    (re.compile(r"(:secret:[^:\"\\]+)-[A-Za-z0-9]{6}"), r"\1-SUFFIX"),
    (re.compile(r"scalable-target/[0-9a-z]+"), "scalable-target/ID"),
    (re.compile(r"/stream/[0-9T:.-]+"), "/stream/TIME"),
    # The next revision of one name, and ids of 32 hexadecimal digits.
    (re.compile(r"(?<=front-)[0-9a-f]{6}(?=\W|$)"), "CONTENT"),
    (re.compile(r"/\d+/[0-9a-f]{32}"), "/REVISION/ID"),
    (re.compile(r"[0-9a-f]{32}"), "ID"),
    (re.compile(r"(?<=-)[0-9]{18,26}[0-9a-z]*"), "SUFFIX"),
)
"""What AWS, or the provider for a prefix, makes up anew each time."""
_EACH_TIME: Final = {
    *("ResponseMetadata", "RoleId", "CallerReference", "AutoScalingConfigurationRevision", "ServiceId"),
    *("ObservabilityConfigurationRevision", "VpcConnectorRevision", "LatestStreamLabel", "TableId", "CreationTime"),
    *(
        "TableSizeBytes",
        "ItemCount",
        "WarmThroughput",
        "HealthCheckVersion",
        "lastEvaluatedAt",
        "Latest",
        "HasAssociatedService",
    ),
    *(
        "IndexSizeBytes",
        "IndexArn",
        "LastUpdateDateTime",
        "NumberOfDecreasesToday",
        "RevisionId",
        "CertificateValidationRecords",
    ),
}
"""Members that are of one creation, or count what went before."""
_ROLE_OF_AWS: Final = "/aws-service-role/"


def described(clients: Clients, regions: Sequence[str], *, name: str) -> dict[str, str]:
    """Describe what belongs to the application ``name``, by what it is; the name is taken out of it."""
    found = {}
    for region in regions:
        for what, value in _in_region(clients, region, name):
            found[f"{region} {what}"] = value
    found |= dict(_anywhere(clients, regions[0], name))
    told = {what: json.dumps(_alike(value), sort_keys=True) for what, value in found.items()}
    return {_normal(what, name): _normal(value, name) for what, value in sorted(told.items())}


def _in_region(clients: Clients, region: str, name: str) -> Iterator[tuple[str, Any]]:
    yield from _app_runner(clients("apprunner", region), clients("wafv2", region), name)
    yield from _dynamodb(clients, region, name)
    yield from _ecr(clients("ecr", region), name)
    yield from _network(clients("ec2", region), name)
    kms = clients("kms", region)
    for alias in kms.list_aliases()["Aliases"]:
        if name in alias["AliasName"]:
            key = alias["TargetKeyId"]
            yield (
                f"key {alias['AliasName']}",
                kms.describe_key(KeyId=key)["KeyMetadata"]
                | {
                    "rotation": kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"],
                    "tags": kms.list_resource_tags(KeyId=key)["Tags"],
                },
            )


def _app_runner(apprunner: Any, waf: Any, name: str) -> Iterator[tuple[str, Any]]:
    for summary in apprunner.list_services()["ServiceSummaryList"]:
        if not summary["ServiceName"].startswith(name):
            continue
        arn = summary["ServiceArn"]
        acl = waf.get_web_acl_for_resource(ResourceArn=arn).get("WebACL", {}).get("Name")
        yield (
            f"service {summary['ServiceName']}",
            {
                "service": apprunner.describe_service(ServiceArn=arn)["Service"],
                "domains": apprunner.describe_custom_domains(ServiceArn=arn)["CustomDomains"],
                "tags": apprunner.list_tags_for_resource(ResourceArn=arn)["Tags"],
                "web_acl": acl,
            },
        )
    for kind, listed, named in (
        ("auto_scaling_configuration", "AutoScalingConfigurationSummaryList", "AutoScalingConfiguration"),
        ("observability_configuration", "ObservabilityConfigurationSummaryList", "ObservabilityConfiguration"),
        ("vpc_ingress_connection", "VpcIngressConnectionSummaryList", "VpcIngressConnection"),
    ):
        for summary in getattr(apprunner, f"list_{kind}s")()[listed]:
            arn = summary[f"{named}Arn"]
            if f"/{name}" in arn:
                one = getattr(apprunner, f"describe_{kind}")(**{f"{named}Arn": arn})[named]
                yield f"{kind} {arn}", one | {"tags": apprunner.list_tags_for_resource(ResourceArn=arn)["Tags"]}
    for connector in apprunner.list_vpc_connectors()["VpcConnectors"]:
        if connector["VpcConnectorName"].startswith(name) and connector["Status"] == "ACTIVE":
            yield f"vpc_connector {connector['VpcConnectorName']}", connector


def _dynamodb(clients: Clients, region: str, name: str) -> Iterator[tuple[str, Any]]:
    dynamodb, scaling = clients("dynamodb", region), clients("application-autoscaling", region)
    for table in dynamodb.list_tables()["TableNames"]:
        if not table.startswith(name):
            continue
        # The default class is told once it has been set, and not before (ack-api-quirks, DDB-TABLE-294).
        one = {"TableClassSummary": {"TableClass": "STANDARD"}} | dynamodb.describe_table(TableName=table)["Table"]
        indexes = [index["IndexName"] for index in one.get("GlobalSecondaryIndexes", [])]
        insights = [{}, *({"IndexName": index} for index in indexes)]
        yield (
            f"table {table}",
            {
                "table": one,
                "ttl": dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"],
                "backups": _recovery(dynamodb.describe_continuous_backups(TableName=table)),
                "tags": dynamodb.list_tags_of_resource(ResourceArn=one["TableArn"])["Tags"],
                "policy": _policy(dynamodb, one["TableArn"]),
                "insights": [
                    dynamodb.describe_contributor_insights(TableName=table, **of)["ContributorInsightsStatus"]
                    for of in insights
                ],
            },
        )
    scaled = {"ServiceNamespace": "dynamodb"}
    for target in scaling.describe_scalable_targets(**scaled)["ScalableTargets"]:
        if f"/{name}" in target["ResourceId"]:
            yield f"target {target['ResourceId']} {target['ScalableDimension']}", target
    for policy in scaling.describe_scaling_policies(**scaled)["ScalingPolicies"]:
        if f"/{name}" in policy["ResourceId"]:
            yield f"policy {policy['ResourceId']} {policy['PolicyName']}", policy


def _recovery(answer: Mapping[str, Any]) -> Any:
    description = answer["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    return {key: description.get(key) for key in ("PointInTimeRecoveryStatus", "RecoveryPeriodInDays")}


def _policy(dynamodb: Any, arn: str) -> Any:
    try:
        return json.loads(dynamodb.get_resource_policy(ResourceArn=arn)["Policy"])
    except dynamodb.exceptions.PolicyNotFoundException:
        return None


def _ecr(ecr: Any, name: str) -> Iterator[tuple[str, Any]]:
    for repository in ecr.describe_repositories()["repositories"]:
        own = {"repositoryName": repository["repositoryName"]}
        if own["repositoryName"].startswith(f"{name}/"):
            try:
                policy = json.loads(ecr.get_repository_policy(**own)["policyText"])
            except ecr.exceptions.RepositoryPolicyNotFoundException:
                policy = None
            yield (
                f"repository {own['repositoryName']}",
                {
                    "repository": repository,
                    "policy": policy,
                    "lifecycle": json.loads(ecr.get_lifecycle_policy(**own)["lifecyclePolicyText"]),
                    "tags": ecr.list_tags_for_resource(resourceArn=repository["repositoryArn"])["tags"],
                },
            )


def _network(ec2: Any, name: str) -> Iterator[tuple[str, Any]]:
    tagged = [{"Name": "tag:Application", "Values": [name]}]
    for group in ec2.describe_security_groups(Filters=tagged)["SecurityGroups"]:
        yield f"security group {group['GroupName']}", group
    for endpoint in ec2.describe_vpc_endpoints(Filters=tagged)["VpcEndpoints"]:
        if endpoint["State"] != "deleted":
            kept = ("VpcId", "ServiceName", "SubnetIds", "Groups", "PrivateDnsEnabled", "Tags", "VpcEndpointType")
            yield f"endpoint {endpoint['ServiceName']}", {key: endpoint.get(key) for key in kept}


def _anywhere(clients: Clients, region: str, name: str) -> Iterator[tuple[str, Any]]:
    iam, route53 = clients("iam", region), clients("route53", region)
    for role in iam.list_roles()["Roles"]:
        own = {"RoleName": role["RoleName"]}
        if role["RoleName"].startswith(name) and role["Path"] != _ROLE_OF_AWS:
            policies = iam.list_role_policies(**own)["PolicyNames"]
            yield (
                f"role {role['RoleName']}",
                {
                    "role": iam.get_role(**own)["Role"],
                    "attached": iam.list_attached_role_policies(**own)["AttachedPolicies"],
                    "policies": {
                        each: iam.get_role_policy(**own, PolicyName=each)["PolicyDocument"] for each in policies
                    },
                },
            )
    for check in route53.list_health_checks()["HealthChecks"]:
        tags = route53.list_tags_for_resource(ResourceType="healthcheck", ResourceId=check["Id"])
        tags = tags["ResourceTagSet"]["Tags"]
        if {"Key": "Application", "Value": name} in tags:
            named = next(tag["Value"] for tag in tags if tag["Key"] == "Name")
            yield f"health check {named}", {"check": check["HealthCheckConfig"], "tags": tags}
    for zone in route53.list_hosted_zones()["HostedZones"]:
        for record in route53.list_resource_record_sets(HostedZoneId=zone["Id"])["ResourceRecordSets"]:
            # Records that validate certificates are AWS's own, under names that it makes up.
            if name in record["Name"] and record["Type"] != "CNAME":
                what = f"{record['Type']} {record['Name']} {record.get('SetIdentifier')}"
                yield f"record {what}", record


def _alike(value: Any) -> Any:
    """Return a value without what is of one creation; lists in one order, for their order says nothing in AWS."""
    if isinstance(value, dict):
        kept = {key: _alike(one) for key, one in value.items() if key not in _EACH_TIME}
        return {key: one for key, one in kept.items() if one not in (None, [], {})}
    if isinstance(value, dt.datetime):
        return None
    if isinstance(value, list | tuple):
        return sorted((_alike(one) for one in value), key=lambda one: json.dumps(one, sort_keys=True))
    return value


def _normal(text: str, name: str) -> str:
    for pattern, stand_in in _MADE_UP:
        text = pattern.sub(stand_in, text)
    return text.replace(name, "NAME")
