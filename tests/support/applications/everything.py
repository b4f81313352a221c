"""Services and a table that use what the other applications leave out."""

from __future__ import annotations

from typing import Final

from latitude import (
    Account,
    Application,
    AutoScaling,
    Condition,
    Connection,
    CustomerManagedKey,
    Domain,
    EcrImage,
    ExpiringTags,
    GithubRoles,
    GlobalIndex,
    HealthCheck,
    HostedZone,
    IgnoredTags,
    Image,
    LocalIndex,
    OnDemand,
    PolicyStatement,
    PrivateIngress,
    PublicImage,
    RegionHealthCheck,
    Registry,
    RepositoryStatement,
    RoleSettings,
    S3State,
    SecretsManagerSecret,
    Service,
    Source,
    SsmParameter,
    Statement,
    Table,
    TableAccess,
    Timeouts,
)
from tests.support.images import DIGEST

REGIONS: Final = ("us-east-1", "eu-west-1")
ACCOUNT: Final = "123456789012"
LITERALS: Final = {
    "DOLLAR": "${x}",
    "PERCENT": "%{if true}y%{endif}",
    "ESCAPED": "$${y} %%{z} $$${w}",
    "QUOTES": """a "b" 'c' \\ d""",
    "LINES": "first\nsecond\r\n\tthird\n",
    "EMOJI": "\N{ROCKET} \u00e4\u03a9 \u2028",
    "JSON": '{"a": ["${var.b}", null]}',
    "TOKEN": "${TfToken[TOKEN.0",
    "EMPTY": "",
}
"""Values that Terraform, JSON or cdktf could take for something else."""
DNS: Final = Account(id=ACCOUNT, role_arn=f"arn:aws:iam::{ACCOUNT}:role/dns/records", session_name="all")
"""As if the zone were somewhere else; the embedded AWS makes it in this account."""
KEY: Final = {region: f"arn:aws:kms:{region}:{ACCOUNT}:key/11111111-2222-4333-8444-555555555555" for region in REGIONS}


def everything() -> Application:
    """Return the application."""
    return Application(
        name="all",
        regions=REGIONS,
        services=(_front(), _foreign(), _sibling(), _public(), _built()),
        tables=(_events(),),
        registry=Registry(
            immutable=False,
            scan_on_push=False,
            expiring_tags=(ExpiringTags(prefix="pr-", keep=7),),
            encryption=CustomerManagedKey(),
            pull_principals=("210987654321", "arn:aws:iam::210987654321:role/ci"),
            push_principals=("arn:aws:iam::210987654321:role/ci",),
            repository_policy=(
                RepositoryStatement(
                    sid="NoDelete",
                    effect="Deny",
                    principals=("210987654321",),
                    actions=("ecr:DeleteRepository", "ecr:BatchDeleteImage"),
                    conditions=(Condition(test="StringNotEquals", variable="aws:PrincipalTag/team", values=("${x}",)),),
                ),
                RepositoryStatement(principals=("210987654321",), actions=("ecr:DescribeImageScanFindings",)),
            ),
            replication="external",
            force_delete=True,
        ),
        roles=RoleSettings(
            path="/teams/all/", permissions_boundary_arn=f"arn:aws:iam::{ACCOUNT}:policy/teams/boundary"
        ),
        former_regions=frozenset({"ap-south-1"}),
        routing_region="ca-central-1",
        state=S3State(bucket="all-state", region="eu-west-1", key_prefix="teams/all/", kms_key_arn=KEY["eu-west-1"]),
        pipeline=GithubRoles(
            repository="acme/all",
            plan_subjects=("repository_id:1296269:pull_request",),
            apply_subjects=("repository_id:1296269:environment:production",),
            policy_arns=("arn:aws:iam::123456789012:policy/all-apply",),
            plan_policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",),
        ),
        tags={"Team": "core", "Cost/Center": "42 + 1"},
        ignore_tags=IgnoredTags(keys=("LastSeen",), key_prefixes=("c7n:",)),
    )


def _front() -> Service:
    return Service(
        name="front",
        image=Image(tag="next"),
        cpu=4096,
        memory=12288,
        port=3000,
        start_command='run "${HOME}" %{x}',
        autoscaling=AutoScaling(min_size=1, max_size=3, max_concurrency=200),
        health_check=HealthCheck(
            protocol="TCP",
            path="/up",
            interval_seconds=20,
            timeout_seconds=19,
            healthy_threshold=2,
            unhealthy_threshold=4,
        ),
        environment=LITERALS,
        secrets={
            "TOKEN_A": SecretsManagerSecret(
                arns={region: f"arn:aws:secretsmanager:{region}:{ACCOUNT}:secret:token-AbCdEf" for region in REGIONS},
                kms_key_arns=KEY,
            ),
            "TOKEN_B": SecretsManagerSecret(name="all/token", json_key="b"),
            "TOKEN_C": SecretsManagerSecret(name="rds!cluster-all", version_stage="AWSPREVIOUS"),
            "TOKEN_D": SecretsManagerSecret(name="all/token", json_key="${d}", version_id="0123456789abcdef" * 2),
            "PARAMETER": SsmParameter(
                arns={region: f"arn:aws:ssm:{region}:{ACCOUNT}:parameter/all/p" for region in REGIONS}, kms_key_arns=KEY
            ),
        },
        tables=(TableAccess(table="Events.v1", access="read_write", variable="EVENTS"),),
        statements=(
            Statement(
                sid="NoDelete",
                effect="Deny",
                actions=("s3:DeleteObject", "s3:DeleteBucket"),
                resources=("*",),
                conditions=(Condition(test="StringLike", variable="aws:PrincipalArn", values=("*${x}*",)),),
            ),
        ),
        web_acl_arns={
            region: f"arn:aws:wafv2:{region}:{ACCOUNT}:regional/webacl/all/11111111-2222-4333-8444-555555555555"
            for region in REGIONS
        },
        domain=Domain(
            name="front.example.net",
            hosted_zone=HostedZone(name="example.net", zone_id="Z0123456789ABCDEFGHIJ", account=DNS),
            health_check=RegionHealthCheck(measure_latency=True),
            status_output=True,
            region_name="{region}.at.{domain}",
        ),
        encryption=CustomerManagedKey(arns=KEY),
        auto_deployments=True,
        tracing=True,
        tags={"Tier": "front"},
    )


def _foreign() -> Service:
    return Service(
        name="foreign",
        image=EcrImage(repository="platform/base", digest=DIGEST, registry_id=ACCOUNT),
        private_ingress={
            region: PrivateIngress(vpc_id=f"vpc-{letter * 17}", vpc_endpoint_id=f"vpce-{letter * 17}")
            for region, letter in zip(REGIONS, "ab", strict=True)
        },
        encryption=CustomerManagedKey(),
    )


def _sibling() -> Service:
    return Service(
        name="sibling",
        image=EcrImage(repository="platform/sibling", tag="stable"),
        instance_role_arn=f"arn:aws:iam::{ACCOUNT}:role/platform/sibling",
        force_delete=False,
    )


def _public() -> Service:
    return Service(name="public", image=PublicImage(identifier="public.ecr.aws/nginx/nginx:stable"))


def _built() -> Service:
    return Service(
        name="built",
        source=Source(
            repository_url="https://bitbucket.org/example/built", connection=Connection(provider_type="BITBUCKET")
        ),
        private_ingress={
            region: PrivateIngress(
                vpc_id=f"vpc-{letter * 17}",
                subnet_ids=(f"subnet-{letter * 17}",),
                security_group_ids=(f"sg-{letter * 17}",),
            )
            for region, letter in zip(REGIONS, "ab", strict=True)
        },
    )


def _events() -> Table:
    return Table(
        name="Events.v1",
        hash_key="id",
        range_key="at",
        attributes={"id": "S", "at": "N", "kind": "B"},
        global_indexes=(GlobalIndex(name="by.kind", hash_key="kind", range_key="at"),),
        local_indexes=(
            LocalIndex(name="by-kind", range_key="kind", projection="INCLUDE", non_key_attributes=("size",)),
        ),
        billing=OnDemand(max_read_units=4000, max_write_units=1000),
        recovery_days=14,
        timeouts=Timeouts(create_minutes=60, update_minutes=180, delete_minutes=30),
        consistency="eventual",
        resource_policy=(
            PolicyStatement(
                effect="Deny",
                principals=("arn:aws:iam::210987654321:root",),
                actions=("dynamodb:*",),
                conditions=(Condition(test="StringNotEquals", variable="aws:SourceVpc", values=("vpc-1", "${x}")),),
            ),
        ),
    )
