"""The variables of ``global-table``."""

from __future__ import annotations

from typing import Final

from latitude.hcl.fields import REQUIRED, Field, OrNull, Shape, from_spec
from latitude.hcl.inputs.module import Module
from latitude.spec import OnDemand, Provisioned, Table
from latitude.spec.names import FullTableName

_PROVISIONED: Final = Field(
    "provisioned",
    OrNull(Shape(tuple(from_spec(Provisioned, "read", "write")))),
    None,
    "Provisioned capacity, scaled in every region; unset: billed per request. README.md says how to change it.",
)
_ON_DEMAND: Final = Field(
    "on_demand",
    OrNull(
        Shape(
            tuple(
                Field(each.name, each.annotation.__args__[0], REQUIRED, each.description)
                for each in from_spec(OnDemand, "max_read_units", "max_write_units")
            )
        )
    ),
    None,
    "Limits of a table that is billed per request; unset: as much as DynamoDB gives. DynamoDB keeps a limit that is no "
    "longer stated, and the plan then says so.",
)
TABLE: Final = [
    *from_spec(Table, "hash_key", "range_key", "attributes", "global_indexes", "local_indexes", "ttl_attribute"),
    _PROVISIONED,
    _ON_DEMAND,
    *from_spec(Table, "table_class", "point_in_time_recovery", "recovery_days", "deletion_protection", "encryption"),
    *from_spec(Table, "contributor_insights", "resource_policy", "timeouts", "tags"),
]
"""The variables of a table, but for its name."""


def global_table() -> Module:
    """Return the module: one table with a replica in every region."""
    return Module(
        folder="modules/global-table",
        fields=[
            Field("name", FullTableName, REQUIRED, "The table's name in AWS."),
            *TABLE,
        ],
    )
