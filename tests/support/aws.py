"""What every stack of an application finds in AWS when all are planned at once, before any is applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude import EcrImage, Image
from latitude.commands.embedded import embedded_aws
from latitude.spec.aws_names import table_key_alias
from latitude.trial.prerequisites import make_prerequisites, make_repository
from latitude.trial.state_buckets import make_state_buckets
from tests.support.images import CONTENT

if TYPE_CHECKING:
    from latitude import Application
    from latitude.sandbox.server import Sandbox
    from latitude.trial.aws import Aws


def prepare(application: Application, sandbox: Sandbox) -> None:
    """Make what the application finds in AWS, and what its own stacks make for each other.

    An apply would meet the latter: buckets, hosted zones, repositories with images, and the aliases of tables' keys.
    """
    aws = embedded_aws(sandbox)
    make_state_buckets(application, aws.clients)
    make_prerequisites(application, aws)
    for zone in application.hosted_zones:
        if zone.create:
            _made_zone(application, zone.name, aws.clients("route53", application.home_region))
    for region in application.regions:
        _keys(application, aws.clients("kms", region))
        _push(application, region, aws)


def _made_zone(application: Application, name: str, route53: Any) -> None:
    """Make a zone with the tags that its stack gives it, beside the one that a registrar makes with the domain."""
    route53.create_hosted_zone(Name=name, CallerReference=f"registrar {name}")
    made = route53.create_hosted_zone(Name=name, CallerReference=name)["HostedZone"]["Id"].rpartition("/")[2]
    route53.change_tags_for_resource(
        ResourceType="hostedzone",
        ResourceId=made,
        AddTags=[{"Key": key, "Value": value} for key, value in application.default_tags.items()],
    )


def _push(application: Application, region: str, aws: Aws) -> None:
    ecr = aws.clients("ecr", region)
    for service in application.services:
        image = service.image
        if isinstance(image, Image | EcrImage):
            repository = image.repository if isinstance(image, EcrImage) else application.aws_names.repository(service)
            make_repository(ecr, repository)
            tag = "pinned" if image.tag is None else image.tag
            aws.push_image(ecr, repository=repository, tag=tag, content=CONTENT)


def _keys(application: Application, kms: Any) -> None:
    for table in application.tables:
        if table.encryption is not None and table.encryption.arns is None:
            alias = table_key_alias(application.aws_names.table(table))
            key = kms.create_key()["KeyMetadata"]["KeyId"]
            kms.create_alias(AliasName=f"alias/{alias}", TargetKeyId=key)
