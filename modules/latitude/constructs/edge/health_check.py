"""Route 53 health checks of a region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability

if TYPE_CHECKING:
    from latitude.spec import RegionHealthCheck

_HTTPS_PORT: Final = 443


class EndpointHealthCheck(Capability):
    """Makes a Route 53 HTTPS health check that asks the region's own host, never the name that regions share.

    Everything is set, for what is unset comes back from AWS as drift.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: RegionHealthCheck,
        provider: Any,
        name: str,
        host: str,
        path: str,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        self.id: str = self.make(
            aws.route53_health_check.Route53HealthCheck,
            type="HTTPS",
            fqdn=host,
            port=_HTTPS_PORT,
            resource_path=path,
            request_interval=spec.interval_seconds,
            failure_threshold=spec.failure_threshold,
            measure_latency=spec.measure_latency,
            enable_sni=True,
            disabled=False,
            invert_healthcheck=False,
            tags={"Name": name},
        ).id
