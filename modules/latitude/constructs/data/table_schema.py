"""A table's keys, indexes, capacity and time to live, as the AWS provider wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from latitude.bindings import aws
from latitude.bindings.text import passed_on
from latitude.spec import OnDemand

if TYPE_CHECKING:
    from latitude.constructs.data.earlier_table import EarlierTable
    from latitude.spec import GlobalIndex, Table

_RECOVERY_DAYS: Final = 35
"""DynamoDB's own number (UpdateContinuousBackups)."""


def schema(spec: Table, earlier: EarlierTable, *, kms_key_arn: str | None) -> dict[str, Any]:
    """Return the arguments of ``aws_dynamodb_table`` that both kinds of global table share.

    ``ttl`` and ``server_side_encryption`` are always stated: left out, the provider keeps what was there.
    """
    module = aws.dynamodb_table
    capacity = spec.provisioned
    return {
        "billing_mode": "PAY_PER_REQUEST" if capacity is None else "PROVISIONED",
        "read_capacity": None if capacity is None else capacity.read.min_units,
        "write_capacity": None if capacity is None else capacity.write.min_units,
        "table_class": spec.table_class,
        "hash_key": spec.hash_key,
        "range_key": spec.range_key,
        "attribute": [module.DynamodbTableAttribute(name=name, type=kind) for name, kind in spec.attributes.items()],
        "global_secondary_index": None
        if capacity is not None
        else [_global_index(index, spec) for index in spec.global_indexes] or None,
        "local_secondary_index": [
            module.DynamodbTableLocalSecondaryIndex(
                name=index.name,
                range_key=index.range_key,
                projection_type=index.projection,
                non_key_attributes=list(index.non_key_attributes) or None,
            )
            for index in spec.local_indexes
        ]
        or None,
        "on_demand_throughput": _limits(spec),
        "timeouts": waiting(spec),
        "ttl": earlier.time_to_live(spec.ttl_attribute),
        "server_side_encryption": {"enabled": kms_key_arn is not None, "kms_key_arn": kms_key_arn},
    }


def index_scaled_capacity(table: Any, spec: Table, earlier: EarlierTable) -> None:
    """State the global indexes of a provisioned table, with the capacity that Application Auto Scaling has given each.

    By an override, for the bindings take numbers alone there, and no expression.
    """
    capacity = spec.provisioned
    if capacity is None or not spec.global_indexes:
        return
    indexes = [
        {
            "name": index.name,
            "hash_key": index.hash_key,
            "range_key": index.range_key,
            "projection_type": index.projection,
            "non_key_attributes": list(index.non_key_attributes) or None,
            "read_capacity": earlier.index_capacity(index.name, "read_capacity", least=capacity.read.min_units),
            "write_capacity": earlier.index_capacity(index.name, "write_capacity", least=capacity.write.min_units),
        }
        for index in spec.global_indexes
    ]
    stated = [{name: passed_on(value) for name, value in index.items() if value is not None} for index in indexes]
    table.add_override("global_secondary_index", stated)


def _global_index(index: GlobalIndex, spec: Table) -> Any:
    return aws.dynamodb_table.DynamodbTableGlobalSecondaryIndex(
        name=index.name,
        hash_key=index.hash_key,
        range_key=index.range_key,
        projection_type=index.projection,
        non_key_attributes=list(index.non_key_attributes) or None,
        on_demand_throughput=_limits(spec),
    )


def recovery(spec: Table) -> dict[str, Any]:
    """Return the point-in-time recovery of the table in the home region; left out, its days stay as they were."""
    if not spec.point_in_time_recovery:
        return {"enabled": False}
    days = _RECOVERY_DAYS if spec.recovery_days is None else spec.recovery_days
    return {"enabled": True, "recovery_period_in_days": days}


def waiting(spec: Table) -> dict[str, str] | None:
    """Return how long Terraform waits for a table or a replica; nothing where all is as the provider has it."""
    stated = spec.timeouts.model_dump(exclude_none=True)
    return {name.removesuffix("_minutes"): f"{minutes}m" for name, minutes in stated.items()} or None


def _limits(spec: Table) -> dict[str, int] | None:
    billing = spec.billing
    if not isinstance(billing, OnDemand) or billing.max_read_units is None or billing.max_write_units is None:
        return None
    return {"max_read_request_units": billing.max_read_units, "max_write_request_units": billing.max_write_units}
