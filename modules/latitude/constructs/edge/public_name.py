"""A region's part of a public name: association, health check and latency records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.constructs.capability import Capability
from latitude.constructs.edge.health_check import EndpointHealthCheck
from latitude.constructs.edge.latency_records import LatencyRecords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.bindings import Construct
    from latitude.constructs.compute.interface import Front
    from latitude.spec import Domain


class PublicName(Capability):
    """Makes one region answer for a domain. A draining region keeps all but its latency records.

    ``path`` is what Route 53's health check asks; ``types`` are the records' types, A, and AAAA where there is IPv6.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: Domain,
        provider: Any,
        region: str,
        draining: bool,
        name: str,
        path: str,
        types: Sequence[str],
        front: Front,
        zone_id: str,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        association = front.associate(self, domain=spec, zone_id=zone_id)
        health = EndpointHealthCheck(
            self,
            "health",
            spec=spec.health_check,
            provider=provider,
            name=name,
            host=front.host,
            path=path,
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
                types=types,
                zone_id=zone_id,
                target=association.dns_target,
                front=front,
                health_check_id=health.id,
            )
