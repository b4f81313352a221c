"""moto's DynamoDB backend of one region, taught that a table may have replicas in other regions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.dynamodb.exceptions import ResourceNotFoundException

from latitude.sandbox import settings
from latitude.sandbox.dynamodb import exceptions as errors
from latitude.sandbox.dynamodb import keys, rules
from latitude.sandbox.dynamodb.exceptions import KeyNotFoundException
from latitude.sandbox.dynamodb.membership import change_members
from latitude.sandbox.dynamodb.propagation import apply_settings, apply_time_to_live
from latitude.sandbox.dynamodb.regional import lock
from latitude.sandbox.dynamodb.writes import ReplicatedWrites

if TYPE_CHECKING:
    from moto.dynamodb.models.table import Table


class GlobalTablesBackend(ReplicatedWrites):
    """Return the operations on tables; ``ReplicatedWrites`` has those on items."""

    def list_tables(self, limit: int, exclusive_start_table_name: str) -> tuple[list[str], str | None]:
        """As moto, without replicas that are gone by now."""
        for name in list(self.global_tables):
            self.settle(name)
        return super().list_tables(limit, exclusive_start_table_name)

    def create_table(self, name: str, *args: Any, **kwargs: Any) -> Table:
        """As moto; a customer's key is read back as its ARN."""
        self.settle(name)
        table: Table = super().create_table(name, *args, **kwargs)
        specification = table.sse_specification
        if specification and specification.get("KMSMasterKeyId"):
            try:
                table.sse_specification = specification | {"KMSMasterKeyId": self._key_arn(specification)}
            except KeyNotFoundException:
                self.drop(name)
                raise
        return table

    def _key_arn(self, specification: dict[str, Any]) -> str:
        return keys.resolve(specification["KMSMasterKeyId"], account_id=self.account_id, region=self.region_name)

    def described(self, table: Table, *, base_key: str = "TableDescription") -> dict[str, Any]:
        """Return the table as AWS describes it in this region, replicas included."""
        described = table.describe(base_key)
        entry = described[base_key]
        if table.name in self.table_classes:
            entry["TableClassSummary"] = {"TableClass": self.table_classes[table.name]}
        if table.name in self.on_demand:
            entry["OnDemandThroughput"] = self.on_demand[table.name]
        for index in entry.get("GlobalSecondaryIndexes", ()):
            limits = self.on_demand.get(f"{table.name}/{index['IndexName']}")
            if limits is not None:
                index["OnDemandThroughput"] = limits
        group = self.global_tables.get(table.name)
        if group is not None:
            entry.update(group.describe(self.region_name))
        return described

    def describe_table(self, name: str) -> dict[str, Any]:
        """As moto, replicas included."""
        try:
            table = self.visible_table(name)
        except ResourceNotFoundException:
            raise ResourceNotFoundException(table_name=name) from None
        return self.described(table, base_key="Table")

    def change_table(self, body: dict[str, Any]) -> Table:
        """Answer UpdateTable, whose parameters are ``body``."""
        with lock:
            table = self.get_table(body["TableName"])
            group = self.global_tables.get(table.name)
            rules.check_fields(body)
            if group is not None and "StreamSpecification" in body:
                rules.check_stream(table, group, body["StreamSpecification"])
            if body.get("ReplicaUpdates"):
                change_members(self, table, group, body)
            else:
                if group is not None and group.busy:
                    raise errors.TableBusyException
                apply_settings(self, table, group, body)
            return table

    def delete_table(self, name: str) -> Table:
        """As moto for a table without replicas; a replica is deleted in time, and the others go on."""
        with lock:
            now = settings.get().clock()
            table = self.visible_table(name)
            group = self.global_tables.get(table.name)
            rules.check_deletion(table, group, now=now)
            if group is None:
                self.drop(table.name)
            else:
                own = group.members[self.region_name]
                if own.status != "DELETING":
                    own.begin("DELETING", settles_at=now + settings.get().operation_seconds)
            return table

    def update_time_to_live(self, table_name: str, ttl_spec: dict[str, Any]) -> None:
        """As moto, in every region of a global table (DDB-TABLE-297); what is off has no attribute."""
        table = self.get_table(table_name)
        rules.check_time_to_live(table, ttl_spec)
        super().update_time_to_live(table_name, ttl_spec)
        if not ttl_spec["Enabled"]:
            table.ttl.pop("AttributeName")
        apply_time_to_live(self, table)

    def tag_resource(self, arn: str, tags: dict[str, str]) -> None:
        """As AWS: a tag given again takes the new value; moto would list it twice."""
        table = self.get_table(arn)
        merged = {tag["Key"]: tag["Value"] for tag in table.tags} | tags
        table.tags = [{"Key": key, "Value": value} for key, value in merged.items()]

    def list_tags_of_resource(self, table_arn: str) -> list[dict[str, str]]:
        """Return the tags of this region's replica."""
        return list(self.get_table(table_arn).tags)
