"""Where Terraform keeps the state of each stack."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Discriminator, Tag

from modules.spec.arns import KeyArn, region_of
from modules.spec.base import Part, fault, rule
from modules.spec.limits import Length, Limit, Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from modules.spec.application import Application
    from modules.spec.faults import Fault

REGION_PLACEHOLDER: Final = "{region}"
_STACK_PLACEHOLDER: Final = "{stack}"
_RESERVED_BEGINNINGS: Final = ("xn--", "sthree-", "amzn-s3-demo-")
_RESERVED_ENDS: Final = ("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3")
_LONGEST_WORKSPACE: Final = 90
_LONGEST_REGION: Final = "ap-northeast-1"


@dataclass(frozen=True, kw_only=True)
class BucketRules(Limit):
    """Amazon S3's rules for the name of a bucket, which may have ``{region}`` in it."""

    def allows(self, value: str) -> bool:
        """Say whether S3 takes the name in every region."""
        longest = value.replace(REGION_PLACEHOLDER, _LONGEST_REGION)
        plain = re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", longest) is not None
        address = re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+", longest) is not None
        reserved = longest.startswith(_RESERVED_BEGINNINGS) or longest.endswith(_RESERVED_ENDS)
        return plain and not address and not reserved and ".." not in longest

    @property
    def allowed(self) -> str:
        """The rules in words."""
        return (
            f"3 to 63 lower-case letters, digits, dots and hyphens, {REGION_PLACEHOLDER} counted as the region's "
            "name, without a reserved beginning or end"
        )


BucketName = Annotated[str, BucketRules(source="Amazon S3 User Guide, bucket naming rules")]


class S3State(Part):
    """State in Amazon S3: encrypted, with a lock file beside each state object (Terraform 1.10 and newer).

    The bucket must have versioning on, so that a state can be restored.
    """

    bucket: BucketName
    """The bucket; with ``{region}`` in it, each cell keeps its state in a bucket of its own region."""
    region: (
        Annotated[
            str,
            Pattern(
                regex=r"[a-z]{2}(?:-[a-z]+)+-[0-9]",
                words="a region, such as us-east-1",
                source="AWS General Reference, regional endpoints",
            ),
        ]
        | None
    ) = None
    """The bucket's region; unset: the home region. With ``{region}``, a cell's is the cell's."""
    key_prefix: Annotated[
        str,
        Pattern(
            regex=r"[A-Za-z0-9!_.*'()/-]*",
            but_not=r"/.*|.*//.*",
            words="letters, digits and / ! _ . * ' ( ) -, without a / at its beginning or two of them in a row",
            source="Terraform, s3 backend; Amazon S3 User Guide, object keys",
        ),
        Length(minimum=0, maximum=900, source="Amazon S3 User Guide, object keys: 1024 with the stack's name"),
    ] = ""
    """What the key of each state object begins with; unset: the key is APPLICATION/STACK.tfstate."""
    kms_key_arn: KeyArn | None = None
    """The customer-managed key that encrypts the state; unset: the bucket's default encryption."""

    @rule
    def _one_key(self) -> Iterator[Fault]:
        """Give no ``kms_key_arn`` and no ``region`` with a bucket per region."""
        if REGION_PLACEHOLDER in self.bucket and self.region is not None:
            yield fault(
                "region",
                message=f"must be unset with {REGION_PLACEHOLDER} in the bucket's name: each bucket is in its own "
                f"region (Latitude), got {self.region!r}",
            )
        if REGION_PLACEHOLDER in self.bucket and self.kms_key_arn is not None:
            yield fault(
                "kms_key_arn",
                message=f"must be unset with {REGION_PLACEHOLDER} in the bucket's name: a key is regional, and each "
                f"bucket's default encryption names its own (Amazon S3), got {self.kms_key_arn!r}",
            )

    @rule
    def _key_beside_bucket(self, application: Application) -> Iterator[Fault]:
        """Give a key of the bucket's own region as ``kms_key_arn``."""
        if REGION_PLACEHOLDER in self.bucket or self.kms_key_arn is None:
            return
        region = self.region_for(application.home_region, application)
        if region_of(self.kms_key_arn) != region:
            yield fault(
                "kms_key_arn",
                message=f"must be a key in {region}, the bucket's region, got one in {region_of(self.kms_key_arn)}: "
                f"{self.kms_key_arn!r} (Amazon S3 User Guide, SSE-KMS)",
            )

    def bucket_in(self, region: str) -> str:
        """Return the bucket for a stack that belongs to ``region``."""
        return self.bucket.replace(REGION_PLACEHOLDER, region)

    def region_for(self, region: str, application: Application) -> str:
        """Return the region of the bucket for a stack that belongs to ``region``."""
        if REGION_PLACEHOLDER in self.bucket:
            return region
        return application.home_region if self.region is None else self.region


class CloudState(Part):
    """State, and runs, in HCP Terraform (Terraform Cloud) or Terraform Enterprise: one workspace per stack."""

    organization: Annotated[
        str, Pattern(regex=r"[A-Za-z0-9_-]+", words="letters, digits, _ and -", source="HCP Terraform organizations")
    ]
    """The organization's name."""
    project: (
        Annotated[
            str,
            Pattern(
                regex=r"[A-Za-z0-9_-](?:[A-Za-z0-9 _-]*[A-Za-z0-9_-])?",
                words="letters, digits, _, - and spaces inside",
                source="HCP Terraform projects",
            ),
            Length(minimum=3, maximum=40, source="HCP Terraform projects"),
        ]
        | None
    ) = None
    """The project that new workspaces are put into; unset: the default project."""
    workspace: Annotated[
        str,
        Pattern(
            regex=rf"[A-Za-z0-9_-]*{re.escape(_STACK_PLACEHOLDER)}[A-Za-z0-9_-]*",
            words="letters, digits, _ and - around {stack}",
            source="HCP Terraform workspaces: each stack has one of its own",
        ),
    ] = _STACK_PLACEHOLDER
    """The workspace's name, in which ``{stack}`` is the stack's."""
    hostname: Annotated[
        str, Pattern(regex=r"[a-z0-9.-]+(:\d+)?", words="a host name", source="Terraform, cloud block")
    ] = "app.terraform.io"
    """The host, for Terraform Enterprise."""

    @rule
    def _workspace_fits(self, application: Application) -> Iterator[Fault]:
        """Keep the workspace's name within 90 characters for every stack."""
        longest = max((f"{application.name}-{part}" for part in ("registry", *application.regions)), key=len)
        name = self.workspace_for(longest)
        if len(name) > _LONGEST_WORKSPACE:
            yield fault(
                "workspace",
                message=f"must make names of at most {_LONGEST_WORKSPACE} characters, got {len(name)}: {name!r} "
                "(HCP Terraform workspaces)",
            )

    def workspace_for(self, stack: str) -> str:
        """Return the name of a stack's workspace."""
        return self.workspace.replace(_STACK_PLACEHOLDER, stack)


class LocalState(Part):
    """State in a file beside the synthesized configuration: to try things, not to run them."""


State = Annotated[
    Annotated[S3State, Tag("<S3State>")]
    | Annotated[CloudState, Tag("<CloudState>")]
    | Annotated[LocalState, Tag("<LocalState>")],
    Discriminator(lambda value: f"<{type(value).__name__}>"),
]
