"""Route 53 latency records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.spec import Domain


class LatencyRecords(Capability):
    """Makes one region's latency alias records, for each name and each type of address; none while it is drained.

    They are this region's part of a record set that all regions share; nothing else may have its name and type. Each is
    an alias to the region's own record set in the same zone, known by its name alone (Route 53 API, AliasTarget), whose
    health it takes over. If all regions are unhealthy, Route 53 answers with all (Route 53 Developer Guide).
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: Domain,
        provider: Any,
        region: str,
        types: Sequence[str],
        zone_id: str,
        serves: str,
        depends_on: Sequence[Any] = (),
    ) -> None:
        super().__init__(scope, id, provider=provider)
        for (prefix, name), (_, target) in zip(spec.roles, spec.roles_in(region), strict=True):
            for type_ in types:
                made = self.make(
                    aws.route53_record.Route53Record,
                    f"{prefix}{type_.lower()}",
                    zone_id=zone_id,
                    name=name,
                    type=type_,
                    set_identifier=region,
                    latency_routing_policy={"region": region},
                    alias={"name": target, "zone_id": zone_id, "evaluate_target_health": True},
                    depends_on=list(depends_on) or None,
                )
                made.add_override("count", f"${{{serves} ? 1 : 0}}")
