"""Finds, or makes, in one region what a service comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latitude.constructs.compute.app_runner.connection import SourceConnection
from latitude.constructs.identity.pull_role import PullRole
from latitude.constructs.registry.image import ImageInRegion
from latitude.spec import EcrImage, Image, PublicImage, Service, Source
from latitude.spec.aws_names import repository_arn

if TYPE_CHECKING:
    from latitude.constructs.capability import Capability
    from latitude.constructs.compute.place import Place


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a service comes from in one region: an image, or a repository's connection."""

    image_identifier: str | None = None
    image_digest: str | None = None
    image_repository_type: str = "ECR"
    access_role_arn: str | None = None
    pull_policy: Any = None
    """The access role's policy, which the service waits for."""
    connection_arn: str | None = None


def origin(service: Capability, *, spec: Service, place: Place, pull_principal: str) -> Origin:
    """Read the image and find or make the role that pulls it, or make the connection to the source code."""
    if spec.source is not None:
        return _connected(service, spec, spec.source, place)
    if isinstance(spec.image, PublicImage):
        return Origin(image_identifier=spec.image.identifier, image_repository_type="ECR_PUBLIC")
    if spec.image is None:
        raise ValueError(f"the service {spec.name} has neither image nor source: was its description checked?")
    return _pulled(service, spec, spec.image, place, pull_principal)


def _connected(service: Capability, spec: Service, source: Source, place: Place) -> Origin:
    if source.connection.arns is not None:
        return Origin(connection_arn=source.connection.arns[place.region])
    made = SourceConnection(
        service,
        "connection",
        spec=source.connection,
        provider=service.provider,
        name=place.names.connection(spec, source.connection.provider_type),
        tags=spec.tags,
    )
    return Origin(connection_arn=made.arn)


def _pulled(service: Capability, spec: Service, image: Image | EcrImage, place: Place, pull_principal: str) -> Origin:
    own = place.names.repository(spec) if place.repository is None else place.repository
    repository = image.repository if isinstance(image, EcrImage) else own
    found = ImageInRegion(
        service,
        "image",
        spec=image,
        provider=service.provider,
        region=place.region,
        repository=repository,
        account_id=place.account_id,
        # App Runner deploys by itself what a tag comes to mean; a digest never means anything else.
        pinned=not spec.auto_deployments,
    )
    made_before = place.pull_role_arns.get(spec.name)
    if made_before is not None:
        return Origin(image_identifier=found.identifier, image_digest=found.digest, access_role_arn=made_before)
    role = PullRole(
        service,
        "pull",
        provider=service.provider,
        name=place.names.pull_role(spec, place.region),
        principal=pull_principal,
        settings=place.roles,
        tags=spec.tags,
        repository_arn=repository_arn(repository, registry_id=found.registry_id, region=place.region),
    )
    return Origin(
        image_identifier=found.identifier,
        image_digest=found.digest,
        access_role_arn=role.arn,
        pull_policy=role.policy,
    )
