"""Route 53 latency records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.constructs.compute.interface import Front


class LatencyRecords(Capability):
    """Makes one region's latency alias records, for each name and each type of address.

    They are this region's part of a record set that all regions share; nothing else may have its name and type. If all
    regions are unhealthy, Route 53 answers with all (Route 53 Developer Guide).
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        provider: Any,
        region: str,
        names: Sequence[str],
        types: Sequence[str],
        zone_id: str,
        target: str,
        front: Front,
        health_check_id: str,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        target_zone_id = front.alias_zone_id(self)
        for name in names:
            for type_ in types:
                role = type_.lower() if name == names[0] else f"www_{type_.lower()}"
                self.make(
                    aws.route53_record.Route53Record,
                    role,
                    zone_id=zone_id,
                    name=name,
                    type=type_,
                    set_identifier=region,
                    latency_routing_policy={"region": region},
                    health_check_id=health_check_id,
                    alias={"name": target, "zone_id": target_zone_id, "evaluate_target_health": True},
                )
