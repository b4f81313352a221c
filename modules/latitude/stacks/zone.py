"""Hosted zones that the application makes for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.constructs.edge.hosted_zone import NewHostedZone
from latitude.spec import addresses
from latitude.stacks.stack import ROUTE53_PROVIDER, LatitudeStack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.bindings import Construct
    from latitude.spec import Application
    from latitude.stacks.outputs import Outputs


class ZoneStack(LatitudeStack):
    """The stack ``NAME-zone``: applied first, destroyed last."""

    def __init__(self, scope: Construct, id: str, *, application: Application) -> None:
        super().__init__(
            scope,
            id,
            application=application,
            regions=[application.home_region],
            provider_alias=ROUTE53_PROVIDER,
            account=application.dns_account,
        )
        self.outputs(zone_outputs(make_zones(self)))


def zone_outputs(zones: Mapping[str, NewHostedZone]) -> Outputs:
    """Return the zones' outputs."""
    servers = {name: zone.name_servers for name, zone in zones.items()}
    return (
        {"name_servers": (servers, "The name servers of each zone, for the registrar or the parent zone")}
        if zones
        else {}
    )


def make_zones(stack: LatitudeStack) -> dict[str, NewHostedZone]:
    """Make the zones that services' domains ask for, by name."""
    application = stack.application
    return {
        zone.name: NewHostedZone(
            stack, addresses.zone(zone.name), spec=zone, provider=stack.dns(application.home_region)
        )
        for zone in application.hosted_zones
        if zone.create
    }
