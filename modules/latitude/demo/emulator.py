"""What the demonstration asks of an embedded AWS beyond AWS's own API."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class ControlPlane(Protocol):
    """What nobody can ask of AWS."""

    def set_region_dark(self, region: str, *, dark: bool) -> None:
        """Let a region's endpoints, and what runs in it, fail, or answer again."""

    def make_subnets(self, region: str, subnet_ids: Sequence[str]) -> None:
        """Make subnets that have these ids."""

    def resolve(self, name: str, *, place: str) -> dict[str, Any]:
        """Resolve a name for someone in ``place``."""


class PushImage(Protocol):
    """Pushes a container image."""

    def __call__(self, ecr_client: Any, *, repository: str, tag: str, content: bytes) -> str:
        """Return the digest of the image that was pushed."""


@dataclass(frozen=True)
class Clients:
    """Makes boto3 clients, each once."""

    endpoint_url: str

    def __call__(self, service: str, region: str) -> Any:
        """Return the client of a service in a region."""
        return _client(self.endpoint_url, service, region)


@dataclass(frozen=True, kw_only=True)
class Emulator:
    """An embedded AWS that runs. ``environment`` leads Terraform to it."""

    environment: Mapping[str, str]
    control: ControlPlane
    push_image: PushImage

    @property
    def clients(self) -> Clients:
        """What makes boto3 clients of it."""
        return Clients(self.environment["AWS_ENDPOINT_URL"])


@cache
def _client(endpoint_url: str, service: str, region: str) -> Any:
    import boto3  # noqa: PLC0415  it comes with the extra `sandbox`, and only the demonstration needs it
    from botocore.config import Config  # noqa: PLC0415  the same

    session: Any = boto3.Session(aws_access_key_id="sandbox", aws_secret_access_key="sandbox")  # noqa: S106  not one
    config = Config(proxies={}, retries={"total_max_attempts": 2})
    return session.client(service, region_name=region, endpoint_url=endpoint_url, config=config)
