"""Route 53 health checks of a region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.bindings.text import Expression
    from latitude.spec import RegionHealthCheck

_HTTPS_PORT: Final = 443


class EndpointHealthCheck(Capability):
    """Makes a Route 53 HTTPS health check that asks the region's own host, never the name that regions share.

    Everything is set, for what is unset comes back from AWS as drift. Unless ``is_open`` holds, the check is disabled,
    which Route 53 takes for healthy, and inverted: unhealthy, whatever the host answers (Route 53 API,
    HealthCheckConfig). Interval and latency can't be changed: this check goes, and another is made, before the records
    name it. The other way round, Terraform would make another service first, too, whose name is taken.
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
        is_open: Expression,
        tags: Mapping[str, str],
    ) -> None:
        super().__init__(scope, id, provider=provider)
        made = self.make(
            aws.route53_health_check.Route53HealthCheck,
            type="HTTPS",
            fqdn=host,
            port=_HTTPS_PORT,
            resource_path=path,
            request_interval=spec.interval_seconds,
            failure_threshold=spec.failure_threshold,
            measure_latency=spec.measure_latency,
            enable_sni=True,
            tags={"Name": name, **tags},
        )
        closed = f"${{!{is_open[2:-1]}}}"
        made.add_override("disabled", closed)
        made.add_override("invert_healthcheck", closed)
        self.id: str = made.id
