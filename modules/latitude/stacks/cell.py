"""One region: its services and its part of DNS, in a state that needs no other region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.constructs.edge.hosted_zone import ExistingHostedZone
from latitude.constructs.identity.encryption_key import ExistingKey
from latitude.spec import addresses
from latitude.spec.aws_names import table_key_alias
from latitude.stacks.outputs import service_outputs
from latitude.stacks.pull_roles import pull_role_arns
from latitude.stacks.services import local_table, make_services
from latitude.stacks.stack import LatitudeStack

if TYPE_CHECKING:
    from latitude.bindings import Construct
    from latitude.spec import Application, Table
    from latitude.spec.grants import LocalTable


class Cell(LatitudeStack):
    """The stack ``NAME-REGION``.

    It reads no other stack's state: names and ARNs are known, the rest is read in its own region.
    """

    def __init__(self, scope: Construct, id: str, *, application: Application, region: str) -> None:
        super().__init__(scope, id, application=application, regions=[region])
        self.region = region
        self.provider = self.providers[region]
        account_id = self.account_id(self.provider)
        services = make_services(
            self,
            region=region,
            account_id=account_id,
            tables=self._tables(account_id),
            zone_ids=self._zone_ids(),
            pull_roles=pull_role_arns(application, region=region, account_id=account_id),
        )
        self.outputs(service_outputs(services))

    def _tables(self, account_id: str) -> dict[str, LocalTable]:
        used = {access.table for service in self.application.services for access in service.tables}
        return {
            table.name: local_table(
                self.application,
                table,
                region=self.region,
                account_id=account_id,
                key_arn=self._key_arn(table),
            )
            for table in self.application.tables
            if table.name in used
        }

    def _key_arn(self, table: Table) -> str | None:
        if table.encryption is None:
            return None
        if table.encryption.arns is not None:
            return table.encryption.arns[self.region]
        alias = table_key_alias(self.application.aws_names.table(table))
        return ExistingKey(self, f"{addresses.beginning(table.name)}_key", provider=self.provider, alias=alias).arn

    def _zone_ids(self) -> dict[str, str]:
        return {
            zone.name: ExistingHostedZone(
                self, addresses.zone(zone.name), spec=zone, provider=self.dns(self.region), tags=self.default_tags
            ).zone_id
            for zone in self.application.hosted_zones
        }
