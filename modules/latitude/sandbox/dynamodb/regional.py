"""What one region knows of the tables that have replicas elsewhere."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from moto.dynamodb.exceptions import ResourceNotFoundException
from moto.dynamodb.models import DynamoDBBackend, dynamodb_backends

from latitude.sandbox import settings
from latitude.sandbox.dynamodb.insights import Insights

if TYPE_CHECKING:
    from moto.dynamodb.models.table import Table

    from latitude.sandbox.dynamodb.groups import GlobalTable

# a replica's change touches several regions' backends, and moto's server answers each request in a thread of its own
lock = threading.RLock()


class RegionalReplicas(DynamoDBBackend):
    """One region's tables; ``global_tables`` holds those which have replicas, shared with the other regions."""

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.global_tables: dict[str, GlobalTable] = {}
        self.insights = Insights()
        self.table_classes: dict[str, str] = {}
        self.on_demand: dict[str, dict[str, int]] = {}

    def sibling(self, region: str) -> RegionalReplicas:
        """Return the backend of the same account in ``region``."""
        backend = dynamodb_backends[self.account_id][region]
        assert isinstance(backend, RegionalReplicas)  # noqa: S101 - install() put it there
        return backend

    def settle(self, name: str) -> GlobalTable | None:
        """Return the global table ``name``, after what time has ended is ended and what has arrived is written."""
        with lock:
            group = self.global_tables.get(name)
            if group is None:
                return None
            now = settings.get().clock()
            for region in group.settle(now=now):
                self.sibling(region).drop(name)
                group.replication.forget(region)
            if len(group.members) == 1:
                self._dissolve(group)
            elif self.region_name in group.members:
                group.replication.deliver(self.tables[name], region=self.region_name, now=now)
            return self.global_tables.get(name)

    def _dissolve(self, group: GlobalTable) -> None:
        for region in group.members:
            self.sibling(region).global_tables.pop(group.name, None)

    def drop(self, name: str) -> None:
        """Forget the table ``name`` and all that hangs on it."""
        table = self.tables.pop(name)
        self.global_tables.pop(name, None)
        self.table_classes.pop(name, None)
        for key in [key for key in self.on_demand if key.partition("/")[0] == name]:
            del self.on_demand[key]
        self.insights.forget(name)
        self.resource_policies.pop(table.table_arn, None)

    def visible_table(self, name_or_arn: str) -> Table:
        """Return the table as DescribeTable sees it, even while it is being created as a replica."""
        self.settle(name_or_arn.rsplit("/", 1)[-1])
        return super().get_table(name_or_arn)

    def get_table(self, table_name: str) -> Table:
        """As moto; a replica that is being created is not found by anything but DescribeTable (DDB-TABLE-298)."""
        table = self.visible_table(table_name)
        group = self.global_tables.get(table.name)
        if group is not None and group.members[self.region_name].status == "CREATING":
            raise ResourceNotFoundException(table_name=table.name)
        return table
