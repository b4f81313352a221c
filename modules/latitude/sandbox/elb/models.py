"""Load balancers that are in the hosted zones of their regions, under names of their regions."""

from __future__ import annotations

from typing import Any

from moto.elb.models import ELBBackend
from moto.elbv2.models import ELBv2Backend

from latitude.sandbox.elb.zones import application_zone_id, network_zone_id


class ClassicBackend(ELBBackend):
    """Classic load balancers. moto has all names in us-east-1, and no zone."""

    def create_load_balancer(self, *args: Any, **kwargs: Any) -> Any:
        """As moto, with the name and the zone that the region gives."""
        made: Any = super().create_load_balancer(*args, **kwargs)
        made.dns_name = f"{made.name}.{self.region_name}.elb.amazonaws.com"
        made.canonical_hosted_zone_name_id = application_zone_id(self.region_name)
        return made


class ZonedBackend(ELBv2Backend):
    """Application and network load balancers. moto has all in one zone, of São Paulo's form."""

    def create_load_balancer(self, *args: Any, **kwargs: Any) -> Any:
        """As moto, with the zone that the region gives to the kind."""
        made: Any = super().create_load_balancer(*args, **kwargs)
        zone_id = network_zone_id if made.type == "network" else application_zone_id
        made.canonical_hosted_zone_id = zone_id(self.region_name)
        return made
