"""What an application finds in AWS when it is planned, made in the sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3

from latitude import EcrImage, Image, S3State, SecretsManagerSecret
from latitude.sandbox.control import Control
from latitude.sandbox.ecr.push import push_image
from latitude.spec.aws_names import table_key_alias
from tests.support.images import CONTENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from latitude import Application, Service
    from latitude.sandbox.server import Sandbox

Client = Any


def prepare(application: Application, sandbox: Sandbox, *, images: bool = True) -> None:
    """Make the state's buckets, zones, subnets, secrets, keys' aliases and, unless told otherwise, images."""
    credentials = sandbox.environment()
    session: Any = boto3.Session(
        aws_access_key_id=credentials["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=credentials["AWS_SECRET_ACCESS_KEY"],
    )

    def client(service: str, region: str) -> Client:
        return session.client(service, region_name=region, endpoint_url=sandbox.url)

    for region in application.regions:
        _bucket(application, region, client)
        _subnets(application, region, Control(sandbox.url))
        _secrets(application.services, client("secretsmanager", region))
        _keys(application, client("kms", region))
        if images:
            push(application, client("ecr", region))
    route53 = client("route53", application.home_region)
    for zone in application.hosted_zones:
        route53.create_hosted_zone(Name=zone.name, CallerReference=zone.name)


def push(application: Application, ecr: Client) -> None:
    """Make the repositories in one region as far as they are not there, and push the image of each service."""
    for service in application.services:
        if isinstance(service.image, Image):
            repository = application.aws_names.repository(service)
        elif isinstance(service.image, EcrImage):
            repository = service.image.repository
        else:
            continue
        ecr.create_repository(repositoryName=repository)
        tag = "pinned" if service.image.tag is None else service.image.tag
        push_image(ecr, repository=repository, tag=tag, content=CONTENT)


def _bucket(application: Application, region: str, client: Callable[[str, str], Client]) -> None:
    state = application.state
    if not isinstance(state, S3State):
        return
    home = state.region_for(region, application)
    s3 = client("s3", home)
    existing = {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}
    if state.bucket_in(region) in existing:
        return
    where = {} if home == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": home}}
    s3.create_bucket(Bucket=state.bucket_in(region), **where)


def _subnets(application: Application, region: str, control: Control) -> None:
    stated = [
        subnet
        for service in application.services
        if service.vpc is not None
        for subnet in service.vpc[region].subnet_ids
    ]
    # A subnet's id is EC2's to choose, but not the sandbox's.
    control.call("subnets", region=region, subnet_ids=stated)


def _secrets(services: Iterable[Service], secrets_manager: Client) -> None:
    names = {
        secret.name
        for service in services
        for secret in service.secrets.values()
        if isinstance(secret, SecretsManagerSecret) and secret.name is not None
    }
    for name in sorted(names):
        secrets_manager.create_secret(Name=name, SecretString="{}")


def _keys(application: Application, kms: Client) -> None:
    for table in application.tables:
        if table.encryption is not None and table.encryption.arns is None:
            alias = table_key_alias(application.aws_names.table(table))
            key = kms.create_key()["KeyMetadata"]["KeyId"]
            kms.create_alias(AliasName=f"alias/{alias}", TargetKeyId=key)
