"""A region's part of a public name: association, health check and latency records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.constructs.capability import MAIN, Capability
from latitude.constructs.custom_domain import CustomDomain
from latitude.constructs.health_check import HealthCheckOfRegion
from latitude.constructs.latency_record import LatencyRecords

if TYPE_CHECKING:
    from latitude.bindings import Construct
    from latitude.spec import Domain, Service


class PublicName(Capability):
    """Makes one region answer for a domain. A draining region keeps all but its latency records."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: Domain,
        service: Service,
        provider: Any,
        region: str,
        draining: bool,
        name: str,
        service_arn: str,
        service_url: str,
        zone_id: str,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        association = CustomDomain(self, MAIN, spec=spec, provider=provider, service_arn=service_arn, zone_id=zone_id)
        check = spec.health_check
        health = HealthCheckOfRegion(
            self,
            "health",
            spec=check,
            provider=provider,
            name=f"{name}-{region}",
            service_url=service_url,
            path=service.health_check.path if check.path is None else check.path,
        )
        self.dns_target, self.health_check_id = association.dns_target, health.id
        self.status_output = association.status if spec.status_output else None
        if not draining:
            LatencyRecords(
                self,
                "latency",
                provider=provider,
                region=region,
                names=spec.names,
                types=("A", "AAAA") if service.ip_address_type == "DUAL_STACK" else ("A",),
                zone_id=zone_id,
                target=association.dns_target,
                health_check_id=health.id,
            )
