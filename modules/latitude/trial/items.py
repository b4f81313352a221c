"""Items that are written to a table in one region, and read from its replica in another."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from latitude.trial.findings import TrialError

if TYPE_CHECKING:
    from latitude.spec import Table
    from latitude.trial.aws import Clients

_REPLICATION_SECONDS: Final = 30.0
_LOOK_AGAIN_SECONDS: Final = 0.1
_VALUES: Final[dict[str, dict[str, Any]]] = {"S": {"S": "4711"}, "N": {"N": "4711"}, "B": {"B": b"4711"}}


def write_and_read(clients: Clients, table: Table, *, name: str, regions: tuple[str, str]) -> dict[str, Any]:
    """Write an item to the table ``name`` in the first of the regions, and return what the second has of it.

    Raises:
        TrialError: it has nothing, for half a minute.

    """
    here, there = regions
    item = {attribute: _VALUES[kind] for attribute, kind in table.attributes.items()}
    key = {table.hash_key: item[table.hash_key]}
    clients("dynamodb", here).put_item(TableName=name, Item=item)
    replica = clients("dynamodb", there)
    deadline = time.monotonic() + _REPLICATION_SECONDS
    while time.monotonic() < deadline:
        found: dict[str, Any] = replica.get_item(TableName=name, Key=key).get("Item", {})
        if all(found.get(attribute) == value for attribute, value in item.items()):
            return found
        time.sleep(_LOOK_AGAIN_SECONDS)
    raise TrialError(f"the item written in {here} did not reach {there}: {key}")
