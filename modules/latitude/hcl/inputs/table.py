"""The variables of ``global-table``."""

from __future__ import annotations

from typing import Final

from latitude.hcl.fields import REQUIRED, Field, OrNull, Shape, from_spec
from latitude.hcl.inputs.module import Module
from latitude.spec import Provisioned, Table
from latitude.spec.names import FullTableName

_PROVISIONED: Final = Field(
    "provisioned",
    OrNull(Shape(tuple(from_spec(Provisioned, "read", "write")))),
    None,
    "Provisioned capacity, scaled in every region; unset: billed per request. README.md says how to change it.",
)
TABLE: Final = [
    *from_spec(Table, "hash_key", "range_key", "attributes", "global_indexes", "local_indexes", "ttl_attribute"),
    _PROVISIONED,
    *from_spec(Table, "table_class", "point_in_time_recovery", "deletion_protection", "encryption"),
    *from_spec(Table, "contributor_insights", "resource_policy", "tags"),
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
