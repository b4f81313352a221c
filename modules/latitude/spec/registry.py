"""The application's ECR repositories, one per service that runs an image of its own, in every region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from latitude.spec.base import Part, fault, rule
from latitude.spec.encryption import CustomerManagedKey
from latitude.spec.image import Image
from latitude.spec.limits import Length, Pattern, Range
from latitude.spec.permissions import sid_faults
from latitude.spec.policies import Principals, RepositoryStatement
from latitude.spec.state_bucket import RegionName

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from latitude.spec.application import Application
    from latitude.spec.faults import Fault
    from latitude.spec.service import Service

_LIFECYCLE = "ECR lifecycle policies, countNumber"
_PREFIX = "ECR lifecycle policies, tagPrefixList"
_UNTAGGED_DAYS = 14


RepositoryPrefix = Annotated[
    str,
    Pattern(
        regex=r"(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*/?",
        words="the beginning of a repository's name, such as billing/",
        source="ECR PutReplicationConfiguration, RepositoryFilter",
    ),
    Length(minimum=2, maximum=256, source="ECR PutReplicationConfiguration, RepositoryFilter"),
]


class ExpiringTags(Part):
    """Images of which the oldest are deleted: those whose tag begins in some way, and which no service runs."""

    prefix: Annotated[
        str,
        Pattern(
            regex=r"[A-Za-z0-9_][A-Za-z0-9_.\-]*",
            words="letters, digits, and after the first also . and -",
            source="OCI distribution specification: tag",
        ),
        Length(minimum=1, maximum=128, source=_PREFIX),
    ]
    """What the tags begin with, such as ``pr-``. A tag that a service of the application runs must not."""
    keep: Annotated[int, Range(minimum=1, maximum=10000, source=_LIFECYCLE)]
    """Images kept in each repository, the newest first."""


class Registry(Part):
    """Settings of the ECR repositories, the same in every region: ECR replicates images, and nothing else.

    A registry has one replication configuration per region. Latitude's, in the home region, has the application's own
    repositories, those of the program's other applications, and those that ``also_replicates`` names, and no others:
    rules that somebody else made there go.
    """

    immutable: bool = True
    """Whether a tag, once pushed, always means the same image."""
    scan_on_push: bool = True
    """Whether ECR scans each image for known vulnerabilities."""
    expiring_tags: tuple[ExpiringTags, ...] = ()
    """Tags of which just the newest images are kept. All others are kept for good: a service that runs an image needs
    it whenever App Runner starts an instance, and no rule of ECR's knows which images run."""
    expire_untagged_days: Annotated[int, Range(minimum=1, maximum=10000, source=_LIFECYCLE)] | None = None
    """Days after which an image without a tag is deleted; unset: 14 where tags are immutable. Where a tag can move, the
    image that runs may have lost its own, and none is deleted."""
    encryption: CustomerManagedKey | None = None
    """A customer-managed key in each region; unset: AES-256 with a key of Amazon S3. Changing it replaces."""
    pull_principals: Principals | None = None
    """Accounts, roles and users beside this account that may pull."""
    push_principals: Principals | None = None
    """Accounts, roles and users beside this account that may pull and push; push in the home region alone."""
    repository_policy: tuple[RepositoryStatement, ...] = ()
    """Statements of your own in the policy of each repository."""
    replication: Literal["managed", "external"] = "managed"
    """``managed``: of the program's applications in one account and home region, the first by name has a configuration
    for all of them; ``external``: somebody else's copies ``APPLICATION/`` from the home region to the others."""
    also_replicates: dict[
        RepositoryPrefix,
        Annotated[
            tuple[RegionName, ...],
            Length(minimum=1, maximum=25, unit="regions", source="ECR User Guide, private image replication"),
        ],
    ] = {}
    """Repositories of other programs that this configuration copies too: what their names begin with, such as
    ``billing/``, and the regions that get them. There the application's own are ``external``."""
    force_delete: bool = False
    """Whether a repository that still has images can be destroyed."""

    @property
    def untagged_days(self) -> int | None:
        """Days after which an image without a tag is deleted; ``None``: never."""
        return _UNTAGGED_DAYS if self.expire_untagged_days is None and self.immutable else self.expire_untagged_days

    @rule
    def _moved_tags_leave_images(self) -> Iterator[Fault]:
        """Let untagged images expire only where tags are immutable."""
        if not self.immutable and self.expire_untagged_days is not None:
            yield fault(
                "expire_untagged_days",
                message="must be unset while immutable is False: an image whose tag has moved on may still run, got "
                f"{self.expire_untagged_days} (Latitude)",
            )

    def image_faults(self, services: Sequence[Service]) -> Iterator[Fault]:
        """Name the services whose images these settings let expire, or never deploy."""
        for index, service in enumerate(services):
            image = service.image
            if not isinstance(image, Image):
                continue
            if service.auto_deployments and image.tag is not None and self.immutable:
                yield fault(
                    "services",
                    index,
                    "auto_deployments",
                    message="must be False while registry.immutable is True, got True: an immutable tag never means "
                    f"another image than the first, here {image.tag!r} (ECR User Guide, image tag mutability)",
                )
            for number, tags in enumerate(self.expiring_tags):
                if image.tag is not None and image.tag.startswith(tags.prefix):
                    yield fault(
                        "registry",
                        "expiring_tags",
                        number,
                        "prefix",
                        message=f"must not begin the tag of an image that runs, got {tags.prefix!r} and {image.tag!r} "
                        f"of {service.name} (Latitude)",
                    )

    @rule
    def _replicates_for_others(self, application: Application) -> Iterator[Fault]:
        """Name other programs' repositories where the configuration is Latitude's, and regions to copy them to."""
        if not self.also_replicates:
            return
        given = ", ".join(self.also_replicates)
        if self.replication == "external":
            yield fault(
                "also_replicates",
                message=f"must be unset with replication='external', got {given}: whoever has the configuration names "
                "them (Latitude)",
            )
        elif not application.repository_services:
            yield fault(
                "also_replicates",
                message="must be unset for an application without repositories, which has no configuration, got "
                f"{given} (Latitude)",
            )
        for prefix, regions in self.also_replicates.items():
            if application.home_region in regions:
                yield fault(
                    "also_replicates",
                    prefix,
                    message=f"must be other regions than {application.home_region}, from which images are copied, got "
                    f"{', '.join(regions)} (ECR User Guide, private image replication)",
                )

    @rule
    def _sids(self) -> Iterator[Fault]:
        """Give no two statements of the policy the same ``sid``, nor one of Latitude's: Pull and Push."""
        yield from sid_faults("repository_policy", (statement.sid for statement in self.repository_policy))
        for index, statement in enumerate(self.repository_policy):
            if statement.sid in {"Pull", "Push"}:
                yield fault(
                    "repository_policy",
                    index,
                    "sid",
                    message="must be another than Pull and Push, which are Latitude's own, "
                    f"got {statement.sid!r} (Latitude)",
                )
