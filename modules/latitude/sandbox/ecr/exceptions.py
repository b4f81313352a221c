"""What ECR answers where moto has no answer: pushes, replication rules and creation templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moto.core.exceptions import ServiceException
from moto.ecr.exceptions import InvalidParameterException

if TYPE_CHECKING:
    from collections.abc import Iterable


class ConstraintException(InvalidParameterException):
    """A parameter is out of bounds; ECR's usual form."""

    def __init__(self, *, parameter: str, constraint: str) -> None:
        super().__init__(f"Invalid parameter at '{parameter}' failed to satisfy constraint: '{constraint}'")


class ImageTagAlreadyExistsException(ServiceException):
    """The tag is another image's, and the repository's tags are immutable."""

    code = "ImageTagAlreadyExistsException"

    def __init__(self, *, tag: str, repository: str) -> None:
        super().__init__(
            f"The image tag '{tag}' already exists in the '{repository}' repository and cannot be overwritten because "
            "the tag is immutable."
        )


class ImageDigestDoesNotMatchException(ServiceException):
    """The digest that came with the manifest is not the manifest's."""

    code = "ImageDigestDoesNotMatchException"

    def __init__(self, *, given: str, computed: str) -> None:
        super().__init__(f"The digest '{given}' does not match the digest of the image manifest, '{computed}'")


class LayersNotFoundException(ServiceException):
    """The manifest names a config or a layer that was not uploaded."""

    code = "LayersNotFoundException"

    def __init__(self, *, digests: Iterable[str], repository: str, registry_id: str) -> None:
        super().__init__(
            f"Layers with digests '[{', '.join(digests)}]' required for pushing image into repository with name "
            f"'{repository}' in the registry with id '{registry_id}' do not exist"
        )


class InvalidLayerException(ServiceException):
    """What was uploaded has another digest than the one it was completed with."""

    code = "InvalidLayerException"

    def __init__(self, *, given: str, computed: str) -> None:
        super().__init__(f"The layer digest '{given}' does not match the digest of what was uploaded, '{computed}'")


class TemplateAlreadyExistsException(ServiceException):
    """A template has that prefix already."""

    code = "TemplateAlreadyExistsException"

    def __init__(self, *, prefix: str, registry_id: str) -> None:
        super().__init__(
            f"The repository creation template with prefix '{prefix}' already exists in the registry with id "
            f"'{registry_id}'"
        )


class TemplateNotFoundException(ServiceException):
    """No template has that prefix."""

    code = "TemplateNotFoundException"

    def __init__(self, *, prefix: str, registry_id: str) -> None:
        super().__init__(
            f"The repository creation template with prefix '{prefix}' does not exist in the registry with id "
            f"'{registry_id}'"
        )
