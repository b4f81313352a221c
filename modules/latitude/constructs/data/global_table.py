"""A table with a replica in every region: which constructs, in which order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from latitude.constructs.capability import ITSELF, Capability
from latitude.constructs.data.contributor_insights import ContributorInsights
from latitude.constructs.data.earlier_table import EarlierTable
from latitude.constructs.data.source_table import SourceTable
from latitude.constructs.data.strong_table import StrongTable
from latitude.constructs.data.table_policy import TablePolicy
from latitude.constructs.data.table_replica import TableReplica
from latitude.constructs.data.table_scaling import TableScaling
from latitude.constructs.identity.encryption_key import key_arn
from latitude.spec.aws_names import arns_of_table, table_key_alias
from latitude.spec.regions import identifier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.bindings import Construct
    from latitude.spec import Table

_KEY: Final = "table_key"


class _InRegion(Capability):
    """What belongs to a table in one region; its id is the region's."""


class GlobalTable(Capability):
    """Makes a table in the home region, its replicas in the others, and what each of them has for itself."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: Table,
        providers: Mapping[str, Any],
        name: str,
        account_id: str,
    ) -> None:
        home = next(iter(providers))
        super().__init__(scope, id, provider=providers[home])
        self.spec, self.name = spec, name
        places = {
            region: _InRegion(self, identifier(region), provider=provider) for region, provider in providers.items()
        }
        self.key_arns = {
            region: key_arn(
                place,
                _KEY,
                spec=spec.encryption,
                region=region,
                alias=table_key_alias(name),
                description=f"Table {name}",
                keep=True,
                prevent_destroy=spec.deletion_protection,
                tags=spec.tags,
            )
            for region, place in places.items()
        }
        # Deterministic, so that a cell needs no other stack to know its own.
        self.arns = arns_of_table(name, account_id=account_id, regions=list(providers))
        self.earlier = EarlierTable(self, "earlier", provider=self.provider, name=name)
        self.conditions = self.earlier.conditions(spec=spec, keys=self._keys_in_code())
        made = self._strong(home) if spec.consistency == "strong" else self._eventual(home, places)
        for region, place in places.items():
            self._extras(place, region, made[region])

    def _keys_in_code(self) -> dict[str, str]:
        """Return each region's key as Terraform's language names it; empty where no customer's key encrypts."""
        if self.spec.encryption is None:
            return {}
        given = self.spec.encryption.arns
        return {
            region: f"aws_kms_key.{self.address}_{identifier(region)}_{_KEY}.arn"
            if given is None
            else json.dumps(given[region])
            for region in self.key_arns
        }

    def _strong(self, home: str) -> dict[str, list[Any]]:
        others = {region: key for region, key in self.key_arns.items() if region != home}
        table = StrongTable(
            self,
            ITSELF,
            spec=self.spec,
            provider=self.provider,
            name=self.name,
            earlier=self.earlier,
            kms_key_arn=self.key_arns[home],
            conditions=self.conditions,
            replica_key_arns=others,
        )
        return {region: [table.table] for region in self.key_arns}

    def _eventual(self, home: str, places: Mapping[str, _InRegion]) -> dict[str, list[Any]]:
        source = SourceTable(
            self,
            ITSELF,
            spec=self.spec,
            provider=self.provider,
            name=self.name,
            earlier=self.earlier,
            kms_key_arn=self.key_arns[home],
            conditions=self.conditions,
        )
        made: dict[str, list[Any]] = {home: [source.table]}
        after = self._scale(places[home], [source.table])
        for region, place in places.items():
            if region == home:
                continue
            replica = TableReplica(
                place,
                ITSELF,
                spec=self.spec,
                provider=place.provider,
                source_arn=source.arn,
                kms_key_arn=self.key_arns[region],
                after=after,
            )
            made[region] = [replica.replica]
            self._scale(place, made[region])
            after = made[region]
        return made

    def _scale(self, place: _InRegion, after: list[Any]) -> list[Any]:
        if self.spec.provisioned is None:
            return []
        scaling = TableScaling(
            place,
            "scaling",
            spec=self.spec,
            capacity=self.spec.provisioned,
            provider=place.provider,
            name=self.name,
            after=after,
        )
        return scaling.policies

    def _extras(self, place: _InRegion, region: str, after: list[Any]) -> None:
        if self.spec.contributor_insights:
            ContributorInsights(place, "insights", spec=self.spec, provider=place.provider, name=self.name, after=after)
        if self.spec.resource_policy:
            # The table's or replica's own ARN, so that the policy waits for it.
            table_arn = after[0].arn if self.spec.consistency == "eventual" else self.arns[region]
            TablePolicy(place, "policy", spec=self.spec, provider=place.provider, table_arn=table_arn)
