"""The whole application in one state, with one aliased provider per region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.constructs.edge.hosted_zone import ExistingHostedZone
from latitude.spec import addresses
from latitude.spec.regions import identifier
from latitude.stacks.data import make_tables, provider_version, table_outputs
from latitude.stacks.outputs import merged_outputs, service_outputs
from latitude.stacks.registry import make_repositories, repository_outputs
from latitude.stacks.routing import make_routing
from latitude.stacks.services import local_table, make_services
from latitude.stacks.stack import LatitudeStack
from latitude.stacks.zone import make_zones, zone_outputs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.bindings import Construct
    from latitude.spec import Application


class SingleStack(LatitudeStack):
    """The stack ``NAME``: for whoever wants one workspace, and accepts that each region's plan needs all the others.

    The first apply makes the repositories alone (``-target``), then the image is pushed, then everything is applied.
    """

    def __init__(self, scope: Construct, id: str, *, application: Application, program: Sequence[Application]) -> None:
        super().__init__(
            scope,
            id,
            application=application,
            regions=application.regions,
            former_regions=sorted(application.former_regions),
            aws_provider_version=provider_version(application),
        )
        account_id = self.account_id(self.providers[application.home_region])
        repositories = make_repositories(self, account_id, program=program)
        tables = make_tables(self, account_id)
        made_zones = make_zones(self)
        zone_ids = {name: zone.zone_id for name, zone in made_zones.items()} | self._existing_zone_ids()
        services = {
            region: make_services(
                self,
                region=region,
                account_id=account_id,
                tables={
                    table.name: local_table(
                        application,
                        table,
                        region=region,
                        account_id=account_id,
                        key_arn=tables[table.name].key_arns[region],
                    )
                    for table in application.tables
                },
                zone_ids=zone_ids,
                repositories={name: made.name for name, made in repositories[region].items()},
                suffix=f"_{identifier(region)}",
            )
            for region in application.regions
        }
        self.outputs(repository_outputs(repositories))
        self.outputs(table_outputs(application, tables))
        self.outputs(zone_outputs(made_zones))
        if application.routes:
            made = {
                (region, service.spec.name): service.public_name.records.made
                for region, found in services.items()
                for service in found
                if service.public_name is not None
            }
            self.outputs(make_routing(self, zone_ids=zone_ids, depends_on=made))
        self.outputs(merged_outputs({region: service_outputs(found) for region, found in services.items()}))

    def _existing_zone_ids(self) -> dict[str, str]:
        home = self.application.home_region
        return {
            zone.name: ExistingHostedZone(self, addresses.zone(zone.name), spec=zone, provider=self.dns(home)).zone_id
            for zone in self.application.hosted_zones
            if not zone.create
        }
