"""The settings of a table: which of them the replicas share, and which are each region's own."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from latitude.sandbox.dynamodb import keys, rules

if TYPE_CHECKING:
    from moto.dynamodb.models.table import Table

    from latitude.sandbox.dynamodb.groups import GlobalTable
    from latitude.sandbox.dynamodb.regional import RegionalReplicas

NO_THROUGHPUT = {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0, "NumberOfDecreasesToday": 0}


def apply_settings(backend: RegionalReplicas, table: Table, group: GlobalTable | None, body: dict[str, Any]) -> None:
    """Change ``table`` as the UpdateTable request ``body`` says.

    Indexes, billing mode, capacity, table class and the kind of encryption go to every region (DDB-TABLE-230, 251,
    296); deletion protection, the stream and a customer's key stay in this one.
    """
    regions = [backend.region_name] if group is None else list(group.members)
    for region in regions:
        _apply_shared(backend.sibling(region), table.name, copy.deepcopy(body))
    if "DeletionProtectionEnabled" in body:
        table.deletion_protection_enabled = body["DeletionProtectionEnabled"]
    if "StreamSpecification" in body:
        _apply_stream(table, group, body["StreamSpecification"])
    if "OnDemandThroughput" in body:
        backend.on_demand[table.name] = backend.on_demand.get(table.name, {}) | body["OnDemandThroughput"]
    for change in body.get("GlobalSecondaryIndexUpdates") or ():
        for index in change.values():
            if "OnDemandThroughput" in index:
                key = f"{table.name}/{index['IndexName']}"
                backend.on_demand[key] = backend.on_demand.get(key, {}) | index["OnDemandThroughput"]
    if "SSESpecification" in body:
        _apply_encryption(backend, table, group, body["SSESpecification"])


def _apply_shared(backend: RegionalReplicas, name: str, body: dict[str, Any]) -> None:
    absent: Any = None  # moto's handler passes None for what a request lacks, which its annotations do not admit
    backend.update_table(
        name=name,
        attr_definitions=body.get("AttributeDefinitions", absent),
        global_index=body.get("GlobalSecondaryIndexUpdates", absent),
        throughput=body.get("ProvisionedThroughput", absent),
        billing_mode=body.get("BillingMode", absent),
        stream_spec=absent,
        deletion_protection_enabled=None,
        warm_throughput=body.get("WarmThroughput"),
    )
    table = backend.tables[name]
    if body.get("BillingMode") == "PAY_PER_REQUEST":
        table.throughput = dict(NO_THROUGHPUT)
        for index in table.global_indexes:
            index.throughput = dict(NO_THROUGHPUT)
    if "TableClass" in body:
        backend.table_classes[name] = body["TableClass"]


def _apply_stream(table: Table, group: GlobalTable | None, specification: dict[str, Any]) -> None:
    rules.check_stream(table, group, specification)
    table.set_stream_specification(dict(specification))
    if not specification.get("StreamEnabled"):
        # moto would go on writing to it, and fail for want of a view type
        table.stream_shard = None


def _apply_encryption(
    backend: RegionalReplicas, table: Table, group: GlobalTable | None, specification: dict[str, Any]
) -> None:
    key = specification.get("KMSMasterKeyId")
    own = {"Enabled": bool(specification.get("Enabled"))}
    for region in [backend.region_name] if group is None or key is not None else group.members:
        there = backend.sibling(region)
        arn = keys.resolve(keys.AWS_MANAGED if key is None else key, account_id=backend.account_id, region=region)
        there.tables[table.name].sse_specification = {**own, "KMSMasterKeyId": arn}
        if group is not None:
            group.members[region].kms_key = keys.customer_key(there.tables[table.name])


def apply_time_to_live(backend: RegionalReplicas, table: Table) -> None:
    """Give every replica the time to live of ``table``: it can be set in any region (DDB-TABLE-230)."""
    group = backend.global_tables.get(table.name)
    if group is not None:
        for member in group.others(backend.region_name):
            backend.sibling(member.region).tables[table.name].ttl = copy.deepcopy(table.ttl)
