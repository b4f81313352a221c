"""What an application finds in AWS: there it exists before Latitude does, in a trial it is made here."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from latitude.spec import EcrImage, S3State, SecretsManagerSecret
from latitude.trial.aws import EmbeddedAws
from latitude.trial.identity import make_identity
from latitude.trial.state_buckets import make_state_buckets
from latitude.trial.stated import make_stated

if TYPE_CHECKING:
    from latitude.spec import Application, SsmParameter
    from latitude.trial.aws import Aws, Clients

_CONTENT: Final = b"an application"


def make_prerequisites(application: Application, aws: Aws) -> None:
    """Make all that the application finds in AWS; what exists is left as it is.

    Buckets that the application makes for its state itself (``S3State.create``) are left to ``latitude bootstrap``,
    which takes over none that someone else made.
    """
    if isinstance(application.state, S3State) and application.state.create is None:
        make_state_buckets(application, aws.clients)
    make_surroundings(application, aws)


def make_surroundings(application: Application, aws: Aws) -> None:
    """Make what the application finds in AWS, but for the buckets of its state; what exists is left as it is.

    Left out is what nobody but its owner has: an image that is stated by its digest, of which the repository is made,
    and a repository of another account.
    """
    if isinstance(aws, EmbeddedAws):
        make_stated(application, aws.control)
    make_identity(application, aws.clients)
    _make_hosted_zones(application, aws.clients)
    for service in application.services:
        for region in application.regions:
            for secret in service.secrets.values():
                _make_secret(secret, region, aws.clients)
            if isinstance(service.image, EcrImage):
                _make_image(service.image, region, aws)


def make_repository(ecr: Any, name: str) -> None:
    """Make a repository of ECR; leave one that exists."""
    with suppress(ecr.exceptions.RepositoryAlreadyExistsException):
        ecr.create_repository(repositoryName=name)


def make_hosted_zone(route53: Any, name: str) -> None:
    """Make a public hosted zone; leave one that exists."""
    pages = route53.get_paginator("list_hosted_zones").paginate()
    if name not in {zone["Name"].rstrip(".") for page in pages for zone in page["HostedZones"]}:
        route53.create_hosted_zone(Name=name, CallerReference=name)


def _make_hosted_zones(application: Application, clients: Clients) -> None:
    for zone in application.hosted_zones:
        if not zone.create and zone.zone_id is None:
            make_hosted_zone(clients("route53", application.home_region), zone.name)


def _make_secret(secret: SecretsManagerSecret | SsmParameter, region: str, clients: Clients) -> None:
    if not isinstance(secret, SecretsManagerSecret):
        ssm = clients("ssm", region)
        name = secret.name if secret.arns is None else _parameter_name(secret.arns[region])
        with suppress(ssm.exceptions.ParameterAlreadyExists):
            ssm.put_parameter(Name=name, Value="of the trial", Type="SecureString")
    elif secret.name is not None:
        manager = clients("secretsmanager", region)
        with suppress(manager.exceptions.ResourceExistsException):
            manager.create_secret(Name=secret.name, SecretString="{}")


def _parameter_name(arn: str) -> str:
    # A name of several levels begins with the slash that its ARN has behind "parameter" (SSM, PutParameter).
    path = arn.split(":", 5)[5].removeprefix("parameter/")
    return f"/{path}" if "/" in path else path


def _make_image(image: EcrImage, region: str, aws: Aws) -> None:
    account = aws.clients("sts", region).get_caller_identity()["Account"]
    if image.registry_id not in {None, account}:
        return
    ecr = aws.clients("ecr", region)
    make_repository(ecr, image.repository)
    if image.tag is None:
        return
    there = ecr.batch_get_image(repositoryName=image.repository, imageIds=[{"imageTag": image.tag}])["images"]
    if not there:
        aws.push_image(ecr, repository=image.repository, tag=image.tag, content=_CONTENT)
