"""The image that a region runs."""

from __future__ import annotations

from typing import Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability
from latitude.spec import EcrImage, Image, addresses


class ImageInRegion(Capability):
    """Reads an image from ECR in the service's own region, so that the service can be pinned to its digest.

    App Runner can't create a service whose image is not there, and what it leaves behind is stuck in CREATE_FAILED;
    this fails first, at plan, while nothing has been made.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: Image | EcrImage,
        provider: Any,
        region: str,
        repository: str,
        account_id: str,
        pinned: bool,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        registry = account_id
        if isinstance(spec, EcrImage) and spec.registry_id is not None:
            registry = spec.registry_id
        self.image = self.make(
            aws.data_aws_ecr_image.DataAwsEcrImage,
            addresses.image(str(spec.digest if spec.tag is None else spec.tag), region),
            repository_name=repository,
            image_tag=spec.tag,
            image_digest=spec.digest,
            registry_id=spec.registry_id if isinstance(spec, EcrImage) else None,
        )
        self.digest: str = self.image.image_digest
        self.registry_id = registry
        version = f"@{self.digest}" if pinned else f":{spec.tag}"
        self.identifier = f"{registry}.dkr.ecr.{region}.amazonaws.com/{repository}{version}"
