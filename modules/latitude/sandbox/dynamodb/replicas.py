"""Making a replica: a table of its own in another region, with the source's schema, indexes, stream and items."""

from __future__ import annotations

import copy
from typing import Any

from moto.dynamodb.models.table import GlobalSecondaryIndex, LocalSecondaryIndex, Table

STREAM = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}


def make_replica(source: Table, *, region: str, encryption: dict[str, Any] | None) -> Table:
    """Return a copy of ``source`` for ``region``.

    Schema, indexes, billing, time to live, the stream's view type and the items come along. Tags, point-in-time
    recovery, deletion protection, policies and Contributor Insights do not: they are each replica's own.
    """
    replica = Table(  # type: ignore[abstract]  # moto leaves CloudFormation's hooks abstract and instantiates it
        source.name,
        account_id=source.account_id,
        region=region,
        schema=copy.deepcopy(source.schema),
        attr=copy.deepcopy(source.attr),
        billing_mode=source.billing_mode,
        streams=copy.deepcopy(source.stream_specification),
        sse_specification=encryption,
    )
    replica.throughput = copy.deepcopy(source.throughput)
    replica.warm_throughput = copy.deepcopy(source.warm_throughput)
    copy_indexes(source, to=replica)
    replica.ttl = copy.deepcopy(source.ttl)
    replica.items = copy.deepcopy(source.items)
    return replica


def copy_indexes(source: Table, *, to: Table) -> None:
    """Give ``to`` the attribute definitions and the indexes of ``source``."""
    to.attr = copy.deepcopy(source.attr)
    indexes: list[LocalSecondaryIndex] = copy.deepcopy(source.indexes)
    to.indexes = indexes
    global_indexes: list[GlobalSecondaryIndex] = copy.deepcopy(source.global_indexes)
    to.global_indexes = global_indexes
