"""How an item written in one region reaches the others: the last writer wins, and nothing is sent back."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from moto.dynamodb.models.dynamo_type import DynamoType, Item

if TYPE_CHECKING:
    from moto.dynamodb.models.table import Table

Key = tuple[DynamoType, DynamoType | None]

# orders writes of the same instant
_sequence = itertools.count()


@dataclass(frozen=True, kw_only=True)
class Write:
    """One item's new state (``None``: deleted), its version, and the time at which the other regions have it."""

    key: Key
    item: Item | None
    version: tuple[float, int]
    arrives_at: float


@dataclass(kw_only=True)
class Replication:
    """Return the writes under way to each region, and the version of each item that a region holds."""

    versions: dict[str, dict[Key, tuple[float, int]]] = field(default_factory=dict)
    pending: dict[str, list[Write]] = field(default_factory=dict)

    def send(
        self, *, source: str, regions: list[str], key: Key, item: Item | None, now: float, delay_seconds: float
    ) -> None:
        """Note a write in region ``source`` at the time ``now`` (seconds since 1970) and send it to ``regions``."""
        write = Write(key=key, item=item, version=(now, next(_sequence)), arrives_at=now + delay_seconds)
        self.versions.setdefault(source, {})[key] = write.version
        for region in regions:
            self.pending.setdefault(region, []).append(write)

    def deliver(self, table: Table, *, region: str, now: float) -> None:
        """Put into ``table``, the replica in ``region``, what has arrived there by ``now`` and is not outdated."""
        waiting = self.pending.pop(region, [])
        self.pending[region] = [write for write in waiting if write.arrives_at > now]
        held = self.versions.setdefault(region, {})
        for write in waiting:
            if write.arrives_at <= now and write.version > held.get(write.key, (float("-inf"), 0)):
                held[write.key] = write.version
                store(table, key=write.key, item=write.item)

    def forget(self, region: str) -> None:
        """Drop what is under way to ``region``, whose replica is gone."""
        self.pending.pop(region, None)
        self.versions.pop(region, None)


def key_of(table: Table, attributes: dict[str, Any]) -> Key:
    """Return the primary key within ``attributes`` (an item, or a Key parameter) of ``table``."""
    partition = DynamoType(attributes[table.hash_key_attr])
    return partition, DynamoType(attributes[table.range_key_attr]) if table.range_key_attr is not None else None


def store(table: Table, *, key: Key, item: Item | None) -> None:
    """Write ``item`` as it is, or delete it when it is ``None``; the replica's own stream shows it, as in AWS."""
    partition, sort = key
    before = table.get_item(partition, sort)
    if item is None:
        table.delete_item(partition, sort)
        return
    if sort is None:
        table.items[partition] = item  # type: ignore[assignment]  # moto's own type allows for sort keys only
    else:
        table.items[partition][sort] = item
    if table.stream_shard is not None:
        table.stream_shard.add(before, item)
