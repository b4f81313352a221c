"""Items written in one region, sent to the others."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from latitude.sandbox import settings
from latitude.sandbox.dynamodb.regional import RegionalReplicas, lock
from latitude.sandbox.dynamodb.replication import Key, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from moto.dynamodb.models.dynamo_type import Item
    from moto.dynamodb.models.table import Table


class ReplicatedWrites(RegionalReplicas):
    """Every way of writing an item that moto has, followed by replication.

    A transaction, and a PartiQL statement, are sent when they have succeeded as a whole in their own region; the
    other regions may show a part of them, as in AWS.
    """

    _collecting: list[tuple[Table, Key]] | None = None

    def put_item(self, table_name: str, item_attrs: dict[str, Any], *args: Any, **kwargs: Any) -> Item:
        """As moto; batch writes and transactions come through here as well."""
        with lock:
            item: Item = super().put_item(table_name, item_attrs, *args, **kwargs)
            table = self.get_table(table_name)
            self._written(table, [key_of(table, item_attrs)])
            return item

    def update_item(self, table_name: str, key: dict[str, Any], *args: Any, **kwargs: Any) -> Item:
        """As moto."""
        with lock:
            item: Item = super().update_item(table_name, key, *args, **kwargs)
            table = self.get_table(table_name)
            self._written(table, [key_of(table, key)])
            return item

    def delete_item(self, table_name: str, key: dict[str, Any], *args: Any, **kwargs: Any) -> Item | None:
        """As moto."""
        with lock:
            item: Item | None = super().delete_item(table_name, key, *args, **kwargs)
            table = self.get_table(table_name)
            self._written(table, [key_of(table, key)])
            return item

    def transact_write_items(self, transact_items: list[dict[str, Any]]) -> None:
        """As moto; nothing is sent of a transaction that is cancelled."""
        with lock:
            self._collecting = []
            try:
                super().transact_write_items(transact_items)
                written = self._collecting
            finally:
                self._collecting = None
            for table, key in written:
                self._written(table, [key])

    def execute_statement(self, statement: str, parameters: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """As moto; what a PartiQL statement changed is found by comparing the tables before and after."""
        with lock:
            before = {name: _contents(self.get_table(name)) for name in self.global_tables}
            answer: list[dict[str, Any]] = super().execute_statement(statement, parameters)
            for name, old in before.items():
                table = self.get_table(name)
                new = _contents(table)
                self._written(table, [key for key in old.keys() | new.keys() if old.get(key) != new.get(key)])
            return answer

    def _written(self, table: Table, keys: Iterable[Key]) -> None:
        if self._collecting is not None:
            self._collecting.extend((table, key) for key in keys)
            return
        group = self.global_tables.get(table.name)
        if group is None:
            return
        current = settings.get()
        regions = [member.region for member in group.others(self.region_name)]
        for key in keys:
            group.replication.send(
                source=self.region_name,
                regions=regions,
                key=key,
                item=copy.deepcopy(self.tables[table.name].get_item(*key)),
                now=current.clock(),
                delay_seconds=0.0 if group.strong else current.replication_delay_seconds,
            )


def _contents(table: Table) -> dict[Key, dict[str, Any]]:
    return {key_of(table, item.attrs): item.to_json() for item in table.all_items()}
