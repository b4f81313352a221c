"""A region's own record set: the name below which what answers there is chosen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from latitude.bindings import Construct, aws, cdktf
from latitude.bindings.text import Expression, expression
from latitude.constructs.capability import Capability

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.constructs.compute.interface import Front

_WEIGHT: Final = 100
"""The weight of what answers; something beside it can be given a part of it."""


class RegionRecords(Capability):
    """Makes a region's weighted record sets, one for each name and type, each with one entry: an alias to the service.

    The entry has the region's health check, and nothing else may have its name and type. ``role`` names it. Latency
    records are aliases to the set: Route 53's own tree for more than one answer in a region (Route 53 Developer Guide,
    health checks in complex configurations). ``dns`` is their provider, ``provider`` the service's.

    An entry has no weight before what it leads to has been live once. So Route 53 itself remembers which service has
    been: a status that wavers later closes nothing, and a service that is replaced begins anew (docs/adr/0081).
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        provider: Any,
        dns: Any,
        names: Sequence[tuple[str, str]],
        types: Sequence[str],
        role: str,
        zone_id: str,
        front: Front,
        live: str,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        self.dns, self.names, self.types, self.role = dns, names, types, role
        self.zone_id, self.front = zone_id, front
        self.made: list[Any] = []
        found = self.make(
            aws.data_aws_route53_records.DataAwsRoute53Records,
            provider=dns,
            zone_id=zone_id,
            name_regex=f"^{re.escape(names[0][1])}[.]$".replace("\\-", "-"),
        )
        self.is_open: Expression = self._remembered(found, live)

    def _remembered(self, found: Any, live: str) -> Expression:
        """Return whether what the records lead to is live, or was when they were last written."""
        local = f"{self.address}_open"
        sets = f"data.aws_route53_records.{found.friendly_unique_id}.resource_record_sets"
        host = self.front.host_code
        before = (
            # Without a record the list is null, and an alias is null where a record is none.
            f'try(anytrue([for r in {sets} : try(r.weight > 0 && trimsuffix(r.alias_target.dns_name, ".") == '
            f"{host}, false)]), false)"
        )
        cdktf.TerraformStack.of(self).add_override(f"locals.{local}", expression(f"{live} || {before}"))
        return expression(f"local.{local}")

    def lead(self, *, health_check_id: str) -> None:
        """Make the records."""
        target_zone_id = self.front.alias_zone_id(self)
        for prefix, name in self.names:
            for type_ in self.types:
                made = self.make(
                    aws.route53_record.Route53Record,
                    f"{prefix}{type_.lower()}",
                    provider=self.dns,
                    zone_id=self.zone_id,
                    name=name,
                    type=type_,
                    set_identifier=self.role,
                    weighted_routing_policy={"weight": _WEIGHT},
                    health_check_id=health_check_id,
                    alias={"name": self.front.host, "zone_id": target_zone_id, "evaluate_target_health": True},
                )
                self.made.append(made)
                made.add_override("weighted_routing_policy.weight", f"${{local.{self.address}_open ? {_WEIGHT} : 0}}")
