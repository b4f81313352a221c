"""Container images that App Runner can run, by where they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Discriminator, Tag

from latitude.spec.base import Part, fault, rule
from latitude.spec.limits import Length, Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.faults import Fault

_IDENTIFIER: Final = "apprunner:CreateService.SourceConfiguration.ImageRepository.ImageIdentifier"
_ECR_NAME: Final = Pattern(
    regex=r"(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*",
    words="lower-case letters, digits and single separators . _ - /",
    source="App Runner CreateService ImageIdentifier",
    shape="ecr:CreateRepository.repositoryName",
)
ImageTag = Annotated[
    str,
    Pattern(
        regex=r"[A-Za-z0-9_][A-Za-z0-9_.\-]*",
        words="letters, digits, and after the first also . and -",
        source="OCI distribution specification: tag",
    ),
    Length(
        minimum=1,
        maximum=128,
        source="OCI distribution specification: tag",
        shape="ecr:BatchGetImage.imageIds[].imageTag",
    ),
]
Digest = Annotated[
    str, Pattern(regex=r"sha256:[0-9a-f]{64}", words="sha256: and 64 hexadecimal digits", source="ECR ImageDigest")
]
RepositoryName = Annotated[
    str,
    _ECR_NAME,
    Pattern(
        regex=r".*",
        but_not=r"(?:[0-9]{12}\.dkr[.-]ecr|public\.ecr\.aws).*",
        words="the repository's name alone: its registry is the account's in registry_id, or a PublicImage's",
        source="ECR CreateRepository",
    ),
    Length(minimum=2, maximum=256, source="ECR CreateRepository", shape="ecr:CreateRepository.repositoryName"),
]
AccountId = Annotated[
    str,
    Pattern(
        regex=r"[0-9]{12}",
        words="12 digits",
        source="AWS account identifiers",
        shape="ecr:BatchGetImage.registryId",
    ),
]


class _Versioned(Part):
    """What names one image of a repository: a tag or a digest."""

    tag: ImageTag | None = None
    """The tag; each region's service is pinned to the digest that the tag has in that region when it is planned."""
    digest: Digest | None = None
    """The digest, in place of a tag."""

    @rule
    def _one_version(self) -> Iterator[Fault]:
        """Set exactly one of ``tag`` and ``digest``."""
        if (self.tag is None) == (self.digest is None):
            given = "neither" if self.tag is None else "both"
            yield fault("tag", message=f"exactly one of tag and digest must be set, got {given} (ECR ImageIdentifier)")


class Image(_Versioned):
    """An image of the service's own ECR repository ``APPLICATION/SERVICE``, made and replicated here."""


class EcrImage(_Versioned):
    """An image of an ECR repository that exists already, in each region of the application, or in another account."""

    repository: RepositoryName
    """The repository's name, without registry."""
    registry_id: AccountId | None = None
    """The account that owns the registry; unset: the application's own. Its repository policy must allow the pull."""


class PublicImage(Part):
    """An image of Amazon ECR Public; the same one in every region, pulled without a role."""

    identifier: Annotated[
        str,
        Pattern(
            regex=r"public\.ecr\.aws/[^/]+/(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*"
            r"(?::[\w.\-]+|@sha256:[0-9a-f]{64})?",
            words="public.ecr.aws/ALIAS/REPOSITORY with a tag or a digest",
            source="App Runner CreateService ImageIdentifier",
            shape=_IDENTIFIER,
        ),
        Length(
            minimum=1,
            maximum=1024,
            source="App Runner CreateService",
            shape=_IDENTIFIER,
        ),
    ]
    """``public.ecr.aws/ALIAS/REPOSITORY:TAG``."""


AnyImage = Annotated[
    Annotated[Image, Tag("<Image>")]
    | Annotated[EcrImage, Tag("<EcrImage>")]
    | Annotated[PublicImage, Tag("<PublicImage>")],
    Discriminator(lambda value: f"<{type(value).__name__}>"),
]
