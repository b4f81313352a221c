"""Adding replicas to a table, changing and removing them: UpdateTable's ReplicaUpdates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.sandbox import settings
from latitude.sandbox.dynamodb import exceptions as errors
from latitude.sandbox.dynamodb import keys, rules
from latitude.sandbox.dynamodb.groups import GlobalTable, Member
from latitude.sandbox.dynamodb.replicas import STREAM, make_replica

if TYPE_CHECKING:
    from moto.dynamodb.models.table import Table

    from latitude.sandbox.dynamodb.regional import RegionalReplicas


def change_members(backend: RegionalReplicas, table: Table, group: GlobalTable | None, body: dict[str, Any]) -> None:
    """Do what ``body``, an UpdateTable request with ReplicaUpdates, asks of ``table`` in ``backend``'s region.

    The change lasts ``settings.operation_seconds``; while it does, another one is refused as busy.
    """
    request = rules.ReplicaRequest.parse(body)
    rules.check_replicas(table, group, request)
    encryptions = {
        action["RegionName"]: keys.replica_encryption(
            table, region=action["RegionName"], key=action.get("KMSMasterKeyId")
        )
        for action in request.creates
    }
    for region in encryptions:
        _require_free(backend, name=table.name, region=region)
    if group is not None and group.busy:
        raise errors.TableBusyException
    if request.creates:
        group = group if group is not None else _new_group(backend, table, request)
        for action in request.creates:
            _create(backend, table, group, action, encryption=encryptions[action["RegionName"]])
    if group is not None:
        for action in request.updates:
            _update(backend, group, action)
        _delete(backend, group, request)


def _require_free(backend: RegionalReplicas, *, name: str, region: str) -> None:
    there = backend.sibling(region)
    there.settle(name)
    if name in there.tables:
        raise errors.ReplicaExistsException(name=name)


def _settles_at() -> float:
    current = settings.get()
    return current.clock() + current.operation_seconds


def _new_group(backend: RegionalReplicas, table: Table, request: rules.ReplicaRequest) -> GlobalTable:
    strong = request.consistency == "STRONG"
    home = Member(region=backend.region_name, kms_key=keys.customer_key(table))
    group = GlobalTable(name=table.name, strong=strong, members={home.region: home}, witness=request.witness_created)
    backend.global_tables[table.name] = group
    stream = table.stream_specification
    if not strong and not (stream and stream.get("StreamEnabled")):
        # AWS turns it on by itself (terraform-provider-aws 43625), and Terraform sees a stream that it did not ask for
        table.set_stream_specification(dict(STREAM))
    return group


def _create(
    backend: RegionalReplicas,
    table: Table,
    group: GlobalTable,
    action: dict[str, Any],
    *,
    encryption: dict[str, Any] | None,
) -> None:
    region = action["RegionName"]
    there = backend.sibling(region)
    there.tables[table.name] = make_replica(table, region=region, encryption=encryption)
    there.global_tables[table.name] = group
    member = Member(
        region=region,
        source=backend.region_name,
        created_at=settings.get().clock(),
        kms_key=keys.customer_key(there.tables[table.name]),
        overrides={key: value for key, value in action.items() if key not in ("RegionName", "KMSMasterKeyId")},
    )
    member.begin("CREATING", settles_at=_settles_at())
    group.members[region] = member
    table_class = action.get("TableClassOverride", backend.table_classes.get(table.name))
    if table_class is not None:
        there.table_classes[table.name] = table_class


def _update(backend: RegionalReplicas, group: GlobalTable, action: dict[str, Any]) -> None:
    member = group.members[action["RegionName"]]
    member.overrides |= {key: value for key, value in action.items() if key != "RegionName"}
    member.begin("UPDATING", settles_at=_settles_at())
    if "TableClassOverride" in action:
        backend.sibling(member.region).table_classes[group.name] = action["TableClassOverride"]


def _delete(backend: RegionalReplicas, group: GlobalTable, request: rules.ReplicaRequest) -> None:
    regions = [action["RegionName"] for action in request.deletes]
    for region in regions:
        if backend.sibling(region).tables[group.name].deletion_protection_enabled:
            raise errors.ProtectedReplicaException(name=group.name, region=region)
        if not group.strong and group.is_recent_source(region, now=settings.get().clock()):
            raise errors.SourceRegionException
    for region in regions:
        group.members[region].begin("DELETING", settles_at=_settles_at())
    if request.witness_deleted is not None:
        group.witness = None
