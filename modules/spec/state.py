"""Where Terraform keeps the state of each stack."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import AfterValidator, Discriminator, Tag
from pydantic_core import PydanticCustomError

from modules.spec.arns import KeyArn
from modules.spec.base import Part, fault, rule
from modules.spec.limits import Length, Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from modules.spec.application import Application
    from modules.spec.faults import Fault

REGION_PLACEHOLDER: Final = "{region}"
_STACK_PLACEHOLDER: Final = "{stack}"
_BUCKET: Final = "Amazon S3 User Guide, bucket naming rules"
_LONGEST_REGION: Final = "ap-northeast-1"


def _bucket_name(name: str) -> str:
    longest = name.replace(REGION_PLACEHOLDER, _LONGEST_REGION)
    plain = re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", longest) is not None
    reserved = longest.startswith(("xn--", "sthree-", "amzn-s3-demo-")) or longest.endswith(
        ("-s3alias", "--ol-s3", "--x-s3")
    )
    address = re.fullmatch(r"\d+\.\d+\.\d+\.\d+", longest) is not None
    if not plain or reserved or address or ".." in longest:
        message = (
            f"must be 3 to 63 lower-case letters, digits, dots and hyphens, {REGION_PLACEHOLDER} counted as the "
            f"region's name, without a reserved beginning or end, got {name!r} ({_BUCKET})"
        )
        raise PydanticCustomError("limit", "{text}", {"text": message})
    return name


BucketName = Annotated[str, AfterValidator(_bucket_name)]


class S3State(Part):
    """State in Amazon S3: encrypted, with a lock file beside each state object (Terraform 1.10 and newer).

    The bucket must have versioning on, so that a state can be restored.
    """

    bucket: BucketName
    """The bucket; with ``{region}`` in it, each cell keeps its state in a bucket of its own region."""
    region: str | None = None
    """The bucket's region; unset: the home region. With ``{region}``, a cell's is the cell's."""
    key_prefix: Annotated[
        str,
        Pattern(regex=r"[A-Za-z0-9!_.*'()/-]*", words="letters, digits and / ! _ . * ' ( ) -", source="S3 object keys"),
    ] = ""
    """What the key of each state object begins with; unset: the key is APPLICATION/STACK.tfstate."""
    kms_key_arn: KeyArn | None = None
    """The customer-managed key that encrypts the state; unset: the bucket's default encryption."""

    @rule
    def _one_key(self) -> Iterator[Fault]:
        if REGION_PLACEHOLDER in self.bucket and self.kms_key_arn is not None:
            yield fault(
                "kms_key_arn",
                message=f"must be unset with {REGION_PLACEHOLDER} in the bucket's name: a key is regional, and each "
                f"bucket's default encryption names its own (Amazon S3), got {self.kms_key_arn!r}",
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
    project: Annotated[str, Length(minimum=3, maximum=40, source="HCP Terraform projects")] | None = None
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
