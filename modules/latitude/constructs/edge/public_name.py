"""A region's part of a public name: association, health check and the region's own records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.constructs.capability import Capability
from latitude.constructs.edge.health_check import EndpointHealthCheck
from latitude.constructs.edge.region_records import RegionRecords

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from latitude.bindings import Construct
    from latitude.constructs.compute.interface import Front
    from latitude.spec import Domain


class PublicName(Capability):
    """Makes one region able to answer for a domain; whether it does is for the latency records to say.

    ``path`` is what Route 53's health check asks; ``types`` are the records' types, A, and AAAA where there is IPv6;
    ``role`` names what answers among the entries of the region's record set; ``dns`` is the provider of the account of
    the hosted zone, in which the records are and the health check that they name (docs/adr/0090).
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: Domain,
        provider: Any,
        dns: Any,
        region: str,
        name: str,
        path: str,
        types: Sequence[str],
        role: str,
        front: Front,
        zone_id: str,
        tags: Mapping[str, str],
    ) -> None:
        super().__init__(scope, id, provider=provider)
        association = front.associate(self, domain=spec, zone_id=zone_id, region=region, dns=dns)
        self.records = RegionRecords(
            self,
            "region",
            provider=provider,
            dns=dns,
            names=spec.roles_in(region),
            types=types,
            role=role,
            zone_id=zone_id,
            front=front,
            live=association.live,
        )
        health = EndpointHealthCheck(
            self,
            "health",
            spec=spec.health_check,
            provider=dns,
            name=name,
            host=front.host,
            path=path,
            is_open=self.records.is_open,
            tags=tags,
        )
        self.records.lead(health_check_id=health.id)
        self.dns_target, self.health_check_id = association.dns_target, health.id
        self.status_output = association.status if spec.status_output else None
