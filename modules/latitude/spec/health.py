"""Health checks: App Runner's own of an instance, and Route 53's of a region."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from latitude.spec.base import Part
from latitude.spec.limits import Length, OneOf, Pattern, Range

_CREATE_SERVICE: Final = "App Runner CreateService"
_CHECK: Final = "apprunner:CreateService.HealthCheckConfiguration"
_CREATE_HEALTH_CHECK: Final = "Route 53 CreateHealthCheck"
_ROUTE_53: Final = "route53:CreateHealthCheck.HealthCheckConfig"


def _one_to_twenty(member: str) -> Range:
    return Range(minimum=1, maximum=20, source=_CREATE_SERVICE, shape=f"{_CHECK}.{member}")


Path = Annotated[
    str,
    Pattern(
        regex=r"/[\x21-\x7e]*",
        words="a path that begins with / and has no white space, with % for what is not ASCII",
        source=f"{_CREATE_SERVICE}; RFC 3986",
    ),
    Length(minimum=1, maximum=255, source=f"{_CREATE_HEALTH_CHECK} ResourcePath", shape=f"{_ROUTE_53}.ResourcePath"),
]


class HealthCheck(Part):
    """App Runner's health check of each instance."""

    protocol: Literal["HTTP", "TCP"] = "HTTP"
    """``HTTP`` asks ``path`` and wants 200; ``TCP`` only opens a connection."""
    path: Path = "/"
    """The path that an HTTP check asks for."""
    interval_seconds: Annotated[int, _one_to_twenty("Interval")] = 10
    """Seconds between two checks."""
    timeout_seconds: Annotated[int, _one_to_twenty("Timeout")] = 5
    """Seconds that an answer may take."""
    healthy_threshold: Annotated[int, _one_to_twenty("HealthyThreshold")] = 1
    """Successes in a row that make an instance healthy."""
    unhealthy_threshold: Annotated[int, _one_to_twenty("UnhealthyThreshold")] = 5
    """Failures in a row that make an instance unhealthy."""


class RegionHealthCheck(Part):
    """Route 53's HTTPS health check of one region, asked at the region's own ``service_url``.

    An answer of 2xx or 3xx within two seconds of the connection counts as healthy (Route 53 Developer Guide).
    """

    path: Path | None = None
    """The path asked for; unset: that of the service's own HTTP health check."""
    interval_seconds: Annotated[
        int,
        OneOf(values=(10, 30), source=f"{_CREATE_HEALTH_CHECK} RequestInterval", shape=f"{_ROUTE_53}.RequestInterval"),
    ] = 10
    """Seconds between two requests of one checker: 10 (fast, priced higher) or 30."""
    failure_threshold: Annotated[
        int, Range(minimum=1, maximum=10, source=_CREATE_HEALTH_CHECK, shape=f"{_ROUTE_53}.FailureThreshold")
    ] = 3
    """Failures in a row that take the region out of DNS; successes in a row that bring it back."""
    measure_latency: bool = False
    """Whether CloudWatch gets latency graphs; changing it replaces the health check."""
