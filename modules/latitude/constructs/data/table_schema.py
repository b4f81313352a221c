"""A table's keys, indexes, capacity and time to live, as the AWS provider wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import aws

if TYPE_CHECKING:
    from latitude.spec import GlobalIndex, Table


def schema(spec: Table) -> dict[str, Any]:
    """Return the arguments of ``aws_dynamodb_table`` that both kinds of global table share."""
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
        "global_secondary_index": [_global_index(index, spec) for index in spec.global_indexes] or None,
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
        "ttl": None if spec.ttl_attribute is None else {"enabled": True, "attribute_name": spec.ttl_attribute},
    }


def _global_index(index: GlobalIndex, spec: Table) -> Any:
    capacity = spec.provisioned
    return aws.dynamodb_table.DynamodbTableGlobalSecondaryIndex(
        name=index.name,
        hash_key=index.hash_key,
        range_key=index.range_key,
        projection_type=index.projection,
        non_key_attributes=list(index.non_key_attributes) or None,
        read_capacity=None if capacity is None else capacity.read.min_units,
        write_capacity=None if capacity is None else capacity.write.min_units,
    )
