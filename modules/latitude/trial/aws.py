"""What an application is tried on: an AWS, and what an embedded one can do beyond AWS's own API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from latitude.trial.findings import TrialError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Clients(Protocol):
    """Makes boto3 clients."""

    def __call__(self, service: str, region: str) -> Any:
        """Return the client of a service in a region."""


class PushImage(Protocol):
    """Pushes a container image."""

    def __call__(self, ecr_client: Any, *, repository: str, tag: str, content: bytes) -> str:
        """Return the digest of the image that was pushed."""


class ControlPlane(Protocol):
    """What nobody can ask of AWS."""

    def set_region_dark(self, region: str, *, dark: bool) -> None:
        """Let a region's endpoints, and what runs in it, fail, or answer again."""

    def add_fault(self, *, kind: Literal["error"], service: str, region: str) -> None:
        """Let a service's calls in a region be answered with errors."""

    def clear_faults(self) -> None:
        """Let everything be answered as ever."""

    def make_network(self, region: str, ids: Sequence[str], *, vpc_id: str | None = None) -> None:
        """Make subnets, security groups and endpoints under these ids, and their VPC; leave what exists."""

    def make_resource(self, arn: str, **about: str) -> None:
        """Make what has this ARN; leave what exists."""

    def resolve(self, name: str, *, place: str) -> dict[str, Any]:
        """Resolve a name for someone in ``place``."""


def push_none(ecr_client: Any, *, repository: str, tag: str, content: bytes) -> str:
    """Push no image: for applications that have none of their own.

    Raises:
        TrialError: one has.

    """
    place = ecr_client.meta.region_name
    raise TrialError(f"{repository}:{tag} can't be pushed in {place}: this trial has no images ({len(content)} bytes)")


@dataclass(frozen=True, kw_only=True)
class Aws:
    """An AWS. ``environment`` leads Terraform to it, ``clients`` lead there too."""

    environment: Mapping[str, str]
    clients: Clients
    push_image: PushImage


@dataclass(frozen=True, kw_only=True)
class EmbeddedAws(Aws):
    """An AWS of our own, with its control plane."""

    control: ControlPlane
