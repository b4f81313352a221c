"""An application with every optional field stated, and the same with some of them left out."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from latitude import (
    Application,
    AutoScaling,
    Condition,
    CustomerManagedKey,
    Domain,
    ExpiringTags,
    GlobalIndex,
    HealthCheck,
    HostedZone,
    Image,
    InvalidDescriptionError,
    PolicyStatement,
    PrivateIngress,
    Provisioned,
    PublicImage,
    RegionHealthCheck,
    Registry,
    RepositoryStatement,
    RoleSettings,
    ScaledCapacity,
    SecretsManagerSecret,
    Service,
    SsmParameter,
    Statement,
    Table,
    TableAccess,
    VpcAccess,
)
from latitude.spec.base import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

REGIONS: Final = ("us-east-1", "eu-west-1")
_ACCOUNT: Final = "123456789012"
_KEYS: Final = {
    region: f"arn:aws:kms:{region}:{_ACCOUNT}:key/11111111-2222-4333-8444-555555555555" for region in REGIONS
}
Path = tuple[str | int, ...]

FIXED: Final[Mapping[tuple[str, str], str]] = {
    ("Application", "services"): "what there is",
    ("Application", "tables"): "what there is",
    ("Application", "state"): "where Terraform keeps its state",
    ("Application", "layout"): "`latitude migrate` goes from one to the other",
    ("Application", "pipeline"): "a stack of its own",
    ("Application", "former_regions"): "providers, and nothing in AWS",
    ("RoleSettings", "path"): "makes the roles anew",
    ("Application", "ignore_tags"): "providers, and nothing in AWS",
    ("Application", "routing_region"): "where a stack keeps its state",
    ("Service", "instance_role_arn"): "a role that exists in the place of one that is made",
    ("Table", "timeouts"): "how long Terraform waits, and nothing in AWS",
    ("Table", "recovery_days"): "not without recovery; stated where it is unset: test_constructs_tables.py",
    ("Registry", "encryption"): "replaces the repository, which ECR refuses while it has images",
    ("Registry", "expire_untagged_days"): "not where tags can move",
    ("Registry", "replication"): "one per registry, whose last owner has it",
    ("Registry", "also_replicates"): "in that one: a rule like the others, which a change of it writes anew",
    ("Service", "image"): "what a service is",
    ("Service", "source"): "App Runner takes no other kind of source",
    ("Image", "digest"): "a tag stands in its place",
    ("Image", "tag"): "what a service is",
    ("Table", "range_key"): "replaces the table",
    ("Table", "local_indexes"): "replaces the table",
    ("Table", "consistency"): "only when the table is made, with provider 6.22",
    ("Table", "witness"): "the same",
    ("Table", "deletion_protection"): "the provider waits 90 s for each change of a replica's; always stated",
    ("Table", "encryption"): "refused where there are replicas: test_table_changes.py",
    ("HostedZone", "create"): "a stack of its own",
    ("HostedZone", "account"): "where the zone is",
    ("HostedZone", "zone_id"): "the same zone by another way",
    ("CustomerManagedKey", "arns"): "a key that exists in the place of one that is made; replaces",
    ("PrivateIngress", "vpc_endpoint_id"): "an endpoint that exists in the place of one that is made",
    ("PrivateIngress", "subnet_ids"): "what an endpoint is",
    ("SecretsManagerSecret", "name"): "which secret",
    ("SecretsManagerSecret", "arns"): "which secret",
    ("SecretsManagerSecret", "version_id"): "not with version_stage",
    ("SsmParameter", "name"): "which parameter",
    ("SsmParameter", "arns"): "which parameter",
    ("GlobalIndex", "non_key_attributes"): "goes with the projection",
    ("GlobalIndex", "projection"): "the same; test_table_changes.py",
    ("GlobalIndex", "range_key"): "an attribute that has to be declared; test_table_changes.py",
    ("Statement", "effect"): "what it says",
    ("Statement", "actions"): "what it says",
    ("PolicyStatement", "effect"): "what it says",
    ("RepositoryStatement", "effect"): "what it says",
    ("RepositoryStatement", "conditions"): "as of a table's policy",
    ("Application", "account"): "which account all of it is in",
    ("Condition", "values"): "what it says",
}
"""Optional fields that no change leaves out, and why."""


def full(name: str) -> Application:
    """Return the application with every optional field but those of ``FIXED`` stated, and not as it is by default."""
    return Application(
        name=name,
        regions=REGIONS,
        services=(_front(name), _inner(name)),
        tables=(_log(), _plain()),
        registry=Registry(
            immutable=False,
            scan_on_push=False,
            expiring_tags=(ExpiringTags(prefix="pr-", keep=7),),
            pull_principals=("210987654321",),
            push_principals=("210987654322",),
            repository_policy=(
                RepositoryStatement(sid="Scan", principals=("210987654323",), actions=("ecr:DescribeImages",)),
            ),
            replication="external",
            force_delete=True,
        ),
        roles=RoleSettings(permissions_boundary_arn=f"arn:aws:iam::{_ACCOUNT}:policy/boundary"),
        tags={"Team": "core"},
        draining=frozenset({"eu-west-1"}),
        layout="single",
    )


def _front(name: str) -> Service:
    return Service(
        name="front",
        image=Image(tag="1"),
        cpu=4096,
        memory=12288,
        port=3000,
        start_command="run",
        autoscaling=AutoScaling(min_size=1, max_size=3, max_concurrency=50),
        health_check=HealthCheck(
            protocol="TCP",
            path="/up",
            interval_seconds=20,
            timeout_seconds=19,
            healthy_threshold=2,
            unhealthy_threshold=4,
        ),
        environment={"STAGE": "all"},
        regional_environment={"eu-west-1": {"PLACE": "west"}},
        secrets={
            "TOKEN": SecretsManagerSecret(
                name=f"{name}/token", json_key="b", version_stage="AWSPREVIOUS", kms_key_arns=_KEYS
            ),
            "PARAMETER": SsmParameter(name=f"/{name}/parameter", kms_key_arns=_KEYS),
        },
        tables=(TableAccess(table="log", access="read", variable="EVENTS"),),
        statements=(
            Statement(
                sid="Mine",
                actions=("s3:GetObject",),
                resources=("arn:aws:s3:::*",),
                conditions=(Condition(test="StringLike", variable="aws:PrincipalArn", values=("*",)),),
            ),
        ),
        vpc={
            region: VpcAccess(subnet_ids=(f"subnet-{digits}",), security_group_ids=(f"sg-{digits}",))
            for region, digits in _digits(name).items()
        },
        ip_address_type="DUAL_STACK",
        web_acl_arns={
            region: f"arn:aws:wafv2:{region}:{_ACCOUNT}:regional/webacl/all/11111111-2222-4333-8444-555555555555"
            for region in REGIONS
        },
        domain=Domain(
            name=f"{name}.example.net",
            hosted_zone=HostedZone(name="example.net"),
            www=True,
            region_name="in-{region}.{domain}",
            health_check=RegionHealthCheck(
                path="/deep", interval_seconds=30, failure_threshold=5, measure_latency=True
            ),
            status_output=True,
        ),
        auto_deployments=True,
        force_delete=True,
        tracing=True,
        tags={"Tier": "front"},
    )


def _inner(name: str) -> Service:
    return Service(
        name="inner",
        image=PublicImage(identifier="public.ecr.aws/nginx/nginx:stable"),
        private_ingress={
            region: PrivateIngress(
                vpc_id=f"vpc-{digits}", subnet_ids=(f"subnet-{digits}",), security_group_ids=(f"sg-{digits}",)
            )
            for region, digits in _digits(name).items()
        },
        encryption=CustomerManagedKey(deletion_window_days=7),
    )


def _digits(name: str) -> dict[str, str]:
    """Return what ids of a network in each region end with: App Runner takes one connector for the same network."""
    return {region: hashlib.sha256(f"{name} {region}".encode()).hexdigest()[:17] for region in REGIONS}


def _log() -> Table:
    return Table(
        name="log",
        hash_key="id",
        attributes={"id": "S"},
        ttl_attribute="expires",
        table_class="STANDARD_INFREQUENT_ACCESS",
        point_in_time_recovery=False,
        deletion_protection=False,
        contributor_insights=True,
        resource_policy=(
            PolicyStatement(
                sid="Other",
                effect="Deny",
                principals=("210987654321",),
                actions=("dynamodb:Query",),
                conditions=(Condition(test="Bool", variable="aws:SecureTransport", values=("false",)),),
            ),
        ),
        tags={"Data": "events"},
    )


def _plain() -> Table:
    return Table(
        name="plain",
        hash_key="id",
        attributes={"id": "S"},
        global_indexes=(GlobalIndex(name="all", hash_key="id"),),
        billing=Provisioned(
            read=ScaledCapacity(min_units=2, max_units=9, target_percent=50),
            write=ScaledCapacity(min_units=2, max_units=8, target_percent=60),
        ),
    )


def optional_paths(part: Part, path: Path = ()) -> list[Path]:
    """Return where optional fields are stated that a change may leave out, in the order of the description."""
    found: list[Path] = []
    for name, value in stated(part):
        field = type(part).model_fields[name]
        if not field.is_required() and (type(part).__name__, name) not in FIXED:
            found.append((*path, name))
        for place, below in parts(value):
            found += optional_paths(below, (*path, name, *place))
    return found


def stated(part: Part) -> Iterator[tuple[str, Any]]:
    """Yield the fields that a part states."""
    for name in type(part).model_fields:
        if name in part.model_fields_set:
            yield name, getattr(part, name)


def parts(value: Any) -> Iterator[tuple[Path, Part]]:
    """Yield the parts that a field's value has, with their places in it."""
    if isinstance(value, Part):
        yield (), value
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from (((key, *place), below) for place, below in parts(entry))
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from (((index, *place), below) for place, below in parts(entry))


def with_only(application: Application, kept: set[Path]) -> Application:
    """Return the application with those of its optional fields that are in ``kept``; ``FIXED`` ones stay."""
    varied = set(optional_paths(application))

    def anew(value: Any, path: Path) -> Any:
        if isinstance(value, Part):
            given = {
                name: anew(each, (*path, name))
                for name, each in stated(value)
                if (*path, name) not in varied or (*path, name) in kept
            }
            return type(value)(**given)
        if isinstance(value, dict):
            return {key: anew(entry, (*path, key)) for key, entry in value.items()}
        if isinstance(value, tuple):
            return tuple(anew(entry, (*path, index)) for index, entry in enumerate(value))
        return value

    whole: Application = anew(application, ())
    return whole


def half(application: Application, odd: int) -> Application:
    """Return the application with every second of its optional fields, as far as they go together."""
    kept: set[Path] = set()
    for path in optional_paths(application)[odd::2]:
        try:
            with_only(application, kept | {path})
        except InvalidDescriptionError:
            continue
        kept.add(path)
    return with_only(application, kept)


STEPS: Final[Mapping[str, Callable[[Application], Application]]] = {
    "all": lambda application: application,
    "none": lambda application: with_only(application, set()),
    "even": lambda application: half(application, 0),
    "odd": lambda application: half(application, 1),
}
"""What becomes of the application, by the name of the step."""
