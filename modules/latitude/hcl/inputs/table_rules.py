"""What the variables of ``global-table`` must be together."""

from __future__ import annotations

from typing import Final

from latitude.hcl.inputs.rules import sids
from latitude.hcl.validation import Rule

_NAMES: Final = "concat(var.global_indexes[*].name, var.local_indexes[*].name)"
_PROJECTED: Final = "concat(var.global_indexes[*].non_key_attributes, var.local_indexes[*].non_key_attributes)"

_CAPACITY: Final = [
    Rule(
        "provisioned",
        f"var.provisioned == null ? true : var.provisioned.{name}.min_units <= var.provisioned.{name}.max_units",
        f'"provisioned.{name}.min_units: must be at most max_units, ${{try(var.provisioned.{name}.max_units, 0)}}, got '
        f'${{try(var.provisioned.{name}.min_units, 0)}} (Application Auto Scaling)."',
    )
    for name in ("read", "write")
]
RULES: Final = [
    Rule(
        "attributes",
        "length(setsubtract(local.key_attributes, keys(var.attributes))) == 0",
        '"attributes: must declare the type of every key of the table and of its indexes (DynamoDB CreateTable)."',
    ),
    Rule(
        "attributes",
        "length(setsubtract(keys(var.attributes), local.key_attributes)) == 0",
        '"attributes: must be a key of the table or of an index; other attributes are not declared (DynamoDB '
        'CreateTable)."',
    ),
    Rule(
        "range_key",
        "var.range_key == null ? true : var.range_key != var.hash_key",
        '"range_key: must be another attribute than the hash key, got ${var.hash_key} for both (DynamoDB '
        'CreateTable)."',
    ),
    Rule(
        "global_indexes",
        f"length(distinct({_NAMES})) == length({_NAMES})",
        '"global_indexes: must have names of their own, those of local_indexes too (DynamoDB CreateTable)."',
    ),
    Rule(
        "global_indexes",
        "alltrue([for index in var.global_indexes : "
        "index.range_key == null ? true : index.range_key != index.hash_key])",
        '"global_indexes[*].range_key: must be another attribute than the hash key (DynamoDB CreateTable)."',
    ),
    *(
        Rule(
            variable,
            f"alltrue([for index in var.{variable} : "
            '(index.projection == "INCLUDE") == (length(index.non_key_attributes) > 0)])',
            f'"{variable}[*].non_key_attributes: must be set with projection INCLUDE and only then (DynamoDB '
            'Projection)."',
        )
        for variable in ("global_indexes", "local_indexes")
    ),
    Rule(
        "global_indexes",
        f"length(flatten({_PROJECTED})) <= 100",
        '"global_indexes: must have at most 100 non_key_attributes together with local_indexes (DynamoDB '
        'CreateTable)."',
    ),
    Rule(
        "local_indexes",
        "length(var.local_indexes) == 0 ? true : var.range_key != null",
        '"local_indexes: need a table with a range_key, which is not set (DynamoDB CreateTable)."',
    ),
    Rule(
        "local_indexes",
        "alltrue([for index in var.local_indexes : index.range_key != var.hash_key])",
        '"local_indexes[*].range_key: must be another attribute than the hash key (DynamoDB CreateTable)."',
    ),
    Rule(
        "ttl_attribute",
        'var.ttl_attribute == null ? true : lookup(var.attributes, var.ttl_attribute, "N") == "N"',
        '"ttl_attribute: must be an attribute of type N (DynamoDB Developer Guide, time to live)."',
    ),
    sids("resource_policy"),
    *_CAPACITY,
]
