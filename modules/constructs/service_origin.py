"""Finds in one region what a service is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from modules.constructs.capability import Capability
from modules.constructs.connection import SourceConnection
from modules.constructs.image import ImageInRegion
from modules.constructs.pull_role import PullRole
from modules.constructs.source_configuration import Origin
from modules.spec import EcrImage, Image, PublicImage, Service, Source
from modules.spec.names import MAX_ROLE_NAME_LENGTH, MAX_SHORT_APP_RUNNER_NAME_LENGTH, shortened

if TYPE_CHECKING:
    from modules.bindings import Construct
    from modules.constructs.regional_service import Place


class ServiceOrigin(Capability):
    """Reads the image and makes the role that pulls it, or makes the connection to the source code repository."""

    def __init__(
        self,
        scope: Construct,
        id: str,  # noqa: A002
        *,
        spec: Service,
        provider: Any,
        place: Place,
        name: str,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        self.digest: str | None = None
        self.policy: Any = None
        if spec.source is not None:
            self.origin = self._connected(spec, spec.source, place, name)
        elif isinstance(spec.image, PublicImage):
            self.origin = Origin(image_identifier=spec.image.identifier, image_repository_type="ECR_PUBLIC")
        elif spec.image is not None:
            self.origin = self._pulled(spec, spec.image, place, name)

    def _connected(self, spec: Service, source: Source, place: Place, name: str) -> Origin:
        if source.connection.arns is not None:
            return Origin(connection_arn=source.connection.arns[place.region])
        made = SourceConnection(
            self,
            "connection",
            spec=source.connection,
            provider=self.provider,
            name=shortened(name, MAX_SHORT_APP_RUNNER_NAME_LENGTH),
            labels=spec.tags,
        )
        return Origin(connection_arn=made.arn)

    def _pulled(self, spec: Service, image: Image | EcrImage, place: Place, name: str) -> Origin:
        own = f"{place.application}/{spec.name}" if place.repository is None else place.repository
        repository = image.repository if isinstance(image, EcrImage) else own
        found = ImageInRegion(
            self,
            "image",
            spec=image,
            provider=self.provider,
            region=place.region,
            repository=repository,
            account_id=place.account_id,
            # App Runner deploys by itself what a tag comes to mean; a digest never means anything else.
            pinned=not spec.auto_deployments,
        )
        role = PullRole(
            self,
            "pull",
            provider=self.provider,
            name=shortened(f"{name}-{place.region}-pull", MAX_ROLE_NAME_LENGTH),
            repository_arn=f"arn:aws:ecr:{place.region}:{found.registry_id}:repository/{repository}",
        )
        self.digest, self.policy = found.digest, role.policy
        return Origin(image_identifier=found.identifier, access_role_arn=role.arn)
