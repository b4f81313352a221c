"""The latency records of every domain: who is led where."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct
from latitude.bindings.text import expression
from latitude.constructs.edge.hosted_zone import ExistingHostedZone
from latitude.constructs.edge.latency_records import LatencyRecords
from latitude.spec import addresses
from latitude.spec.regions import identifier
from latitude.stacks.stack import ROUTE53_PROVIDER, LatitudeStack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from latitude.spec import Application
    from latitude.stacks.outputs import Outputs


class RoutingStack(LatitudeStack):
    """The stack ``NAME-routing``, which needs no region: neither its plan nor its apply asks anything but Route 53.

    Its provider makes no call in its own region, and what the records lead to is known by name. Route 53's control
    plane is in us-east-1, whatever the provider's region (Route 53 Developer Guide, resilience). Where an account is
    stated, STS is asked there too.
    """

    def __init__(self, scope: Construct, id: str, *, application: Application) -> None:
        region = application.leaning_region
        super().__init__(
            scope,
            id,
            application=application,
            regions=[region],
            asks_for_account=False,
            provider_alias=ROUTE53_PROVIDER,
            account=application.dns_account,
        )
        zone_ids = {
            zone.name: ExistingHostedZone(
                self, addresses.zone(zone.name), spec=zone, provider=self.providers[region], tags=self.default_tags
            ).zone_id
            for zone in application.hosted_zones
        }
        self.outputs(make_routing(self, zone_ids=zone_ids))


def make_routing(
    stack: LatitudeStack,
    *,
    zone_ids: Mapping[str, str],
    depends_on: Mapping[tuple[str, str], Sequence[Any]] | None = None,
) -> Outputs:
    """Make the variable ``draining`` and the latency records of every domain; return what tells who serves.

    ``depends_on`` are what a region's records lead to, by region and service, where the stack makes it.
    """
    application = stack.application
    _draining_variable(stack)
    scope = Construct(stack, "routing")
    for region in application.regions:
        for service in application.services:
            if service.domain is None:
                continue
            LatencyRecords(
                scope,
                f"{addresses.beginning(service.name)}_{identifier(region)}_domain_latency",
                spec=service.domain,
                provider=stack.dns(region),
                region=region,
                types=service.address_record_types,
                zone_id=zone_ids[service.domain.hosted_zone.name],
                serves=f'!contains(var.draining, "{region}")',
                depends_on=() if depends_on is None else depends_on[region, service.name],
            )
    serving = f"setsubtract({json.dumps(list(application.regions))}, var.draining)"
    return {"serving": (expression(f"sort({serving})"), "The regions that DNS leads to, while they are healthy")}


def _draining_variable(stack: LatitudeStack) -> None:
    """Make the variable, whose default is the description's: setting it drains without Python."""
    regions = json.dumps(list(stack.application.regions))
    names = ", ".join(stack.application.regions)
    stack.add_override(
        "variable.draining",
        {
            "type": "set(string)",
            "default": sorted(stack.application.draining),
            "nullable": False,
            "description": "Regions that are taken out of DNS; their services go on running",
            "validation": [
                {
                    "condition": f"${{length(setsubtract(var.draining, {regions})) == 0}}",
                    "error_message": f"draining: must be regions of the application ({names}).",
                },
                {
                    "condition": f"${{length(setsubtract({regions}, var.draining)) > 0}}",
                    "error_message": f"draining: must leave a region that serves, got all of {names}.",
                },
            ],
        },
    )
