"""The typed client of the control plane. It imports neither moto nor boto3."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.sandbox import faults, regions

PREFIX = "/_latitude/"
_TIMEOUT_SECONDS = 30


class ControlError(Exception):
    """The sandbox refused a control call, and says why."""


class ServiceStatus(TypedDict):
    """An App Runner service. ``failure`` is why its last operation failed, which AWS says in the service's logs."""

    arn: str
    name: str
    region: str
    url: str
    status: str
    healthy: bool
    failure: str | None


class FaultStatus(TypedDict):
    """A fault, and how often it struck."""

    kind: faults.Kind
    service: str | None
    region: str | None
    probability: float
    seconds: float
    seed: int
    strikes: int


class Status(TypedDict):
    """What is out of the ordinary, and every App Runner service."""

    dark_regions: dict[str, regions.Mode]
    faults: list[FaultStatus]
    services: list[ServiceStatus]


class Control:
    """A sandbox's control plane.

    Every method raises ``ControlError`` if the sandbox refuses, and ``OSError`` if nothing answers.
    """

    def __init__(self, url: str) -> None:
        """``url`` is the sandbox's, as in ``AWS_ENDPOINT_URL``."""
        self._url = url.rstrip("/")

    def set_service_health(self, service_arn: str, *, healthy: bool) -> None:
        """Let the application in an App Runner service answer, or not."""
        self.call("service-health", service_arn=service_arn, healthy=healthy)

    def set_image_health(self, digest: str, *, region: str, healthy: bool) -> None:
        """Let what App Runner deploys from an image in a region pass its health check, or not.

        ``digest`` is the image's, or the identifier of a public image. A deployment that doesn't is rolled back. What
        runs already goes on.
        """
        self.call("image-health", digest=digest, region=region, healthy=healthy)

    def set_domain_wavering(self, domain_name: str, *, region: str, wavers: bool) -> None:
        """Let a domain in a region be pending though it was active, or be active again; it is answered meanwhile."""
        self.call("domain-wavering", domain_name=domain_name, region=region, wavers=wavers)

    def set_region_dark(self, region: str, *, dark: bool, mode: regions.Mode = "503") -> None:
        """Let a region's endpoints answer 503 ("503") or nothing ("drop"), or answer again.

        IAM, Route 53 and STS are no region's, and go on. The S3 buckets that are in the region go dark with it.
        """
        self.call("region", region=region, dark=dark, mode=mode)

    def add_fault(
        self,
        *,
        kind: faults.Kind,
        service: str | None = None,
        region: str | None = None,
        probability: float = 1.0,
        seconds: float = 0.0,
        seed: int = 0,
    ) -> None:
        """Let calls be throttled, fail with a 500, or wait ``seconds`` ("latency").

        ``service`` is the name that requests are signed for, such as ``apprunner``. The same seed strikes the same
        calls of a sequence.
        """
        self.call(
            "add-fault",
            kind=kind,
            service=service,
            region=region,
            probability=probability,
            seconds=seconds,
            seed=seed,
        )

    def clear_faults(self) -> None:
        """End all faults."""
        self.call("clear-faults")

    def complete_handshake(self, connection_arn: str) -> None:
        """Complete the handshake of an App Runner connection, as someone does in the console."""
        self.call("complete-handshake", connection_arn=connection_arn)

    def make_network(self, region: str, ids: Sequence[str], *, vpc_id: str | None = None) -> None:
        """Make subnets, security groups and endpoints with the ids that a description states, and the VPC they are in.

        What exists is left as it is. The endpoints are for App Runner's requests. Without ``vpc_id``, all is made in
        the VPC that some of it is in already, or else in the region's default VPC.
        """
        self.call("network", region=region, ids=list(ids), vpc_id=vpc_id)

    def make_resource(self, arn: str, **about: str) -> None:
        """Make what has the ARN that a description states, in the sandbox's own account; leave what exists.

        It is a KMS key, a secret, a web ACL, a connection of App Runner (with its ``provider_type``), or a hosted zone
        of Route 53 (with its ``name``).
        """
        self.call("resource", arn=arn, **about)

    def resolve(self, name: str, *, place: str) -> dict[str, Any]:
        """Resolve a name for someone in ``place``, a city or a region: the fields of ``sandbox.route53.Answer``."""
        answer: dict[str, Any] = self.call("resolve", name=name, from_region_or_place=place)
        return answer

    def status(self) -> Status:
        """Return the dark regions, the faults and the App Runner services."""
        status: Status = self.call("status")
        return status

    def reset(self) -> None:
        """Delete every resource, light every region, end all faults."""
        self.call("reset")

    def call(self, route: str, **request: Any) -> Any:
        """Call a route by its name, such as one that an extension adds, and return what it answers."""
        body = json.dumps(request).encode()
        headers = {"Content-Type": "application/json"}
        http = urllib.request.Request(self._url + PREFIX + route, data=body, headers=headers, method="POST")  # noqa: S310 - the sandbox's own URL
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with direct.open(http, timeout=_TIMEOUT_SECONDS) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                raise ControlError(json.load(error)["error"]) from None
