"""The modules ``global-table`` and ``provisioned-table``: one DynamoDB table with a replica in every region."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from latitude.constructs.data.global_table import GlobalTable
from latitude.constructs.identity.account import Account
from latitude.hcl.blueprint import THIS, Blueprint, Number, Scope, beyond, flag, stated
from latitude.hcl.choices import Choice, Taken, optional
from latitude.hcl.fields import REQUIRED, Field, from_spec
from latitude.hcl.keys import KEY_CHOICE, KEY_LOCALS, key_in, key_rules
from latitude.hcl.table_rules import CAPACITY_RULES, FIXED, KEYS_CODE, RULES
from latitude.spec import (
    Condition,
    GlobalIndex,
    LocalIndex,
    OnDemand,
    PolicyStatement,
    Provisioned,
    ScaledCapacity,
    Table,
)
from latitude.spec.expressions import expression
from latitude.spec.items import Item

if TYPE_CHECKING:
    from collections.abc import Sequence

_ATTRIBUTE = Item("attribute", "var.attributes")
_GLOBAL = Item("index", "var.global_indexes", "name")
_LOCAL = Item("index", "var.local_indexes", "name")
_STATEMENT = Item("statement", "var.resource_policy", "sid")
_TAG = Item("tag", "var.tags")

TABLE_FIELDS = [
    *from_spec(Table, "hash_key", "range_key", "attributes", "global_indexes", "local_indexes", "ttl_attribute"),
    FIXED,
    *from_spec(Table, "table_class", "point_in_time_recovery", "deletion_protection", "encryption"),
    *from_spec(Table, "contributor_insights", "resource_policy", "tags"),
]
"""The variables of a table, but for its name."""
CAPACITY_FIELDS = from_spec(Provisioned, "read", "write")
"""The variables of a table's provisioned capacity."""


def global_table(regions: Sequence[str]) -> Blueprint:
    """Return the module for tables that are billed per request; the first region is the home region."""
    return _module(regions, "global-table", "billed per request; `provisioned-table` makes the others")


def provisioned_table(regions: Sequence[str]) -> Blueprint:
    """Return the module for tables with provisioned capacity, which is scaled in every region.

    It is another module, since ``lifecycle`` takes no variables: here, Application Auto Scaling owns the capacity.
    """
    plain = _module(
        regions,
        "provisioned-table",
        "with provisioned capacity, which Application Auto Scaling holds between bounds in every region",
        provisioned=True,
    )
    return replace(
        plain,
        fields=[*plain.fields[:-1], *CAPACITY_FIELDS, plain.fields[-1]],
        rules=[*plain.rules, *CAPACITY_RULES],
        files={"appautoscaling": "scaling.tf", **plain.files},
        comments={
            **plain.comments,
            r"aws_dynamodb_table\.this lifecycle": "The replicas are resources of their own, and auto scaling owns the "
            "capacity, that of indexes too.",
        },
        example={**plain.example, "name": '"stock"', "read": "{ max_units = 10 }", "write": "{ max_units = 10 }"},
        refused={**plain.refused, "refuses_less_at_most_than_at_least": ("read", "{ min_units = 9, max_units = 3 }")},
    )


def _module(regions: Sequence[str], name: str, billed: str, *, provisioned: bool = False) -> Blueprint:
    def build(scope: Scope, taken: Taken) -> None:
        made = GlobalTable(
            scope,
            THIS,
            spec=_spec(regions, taken, provisioned=provisioned),
            providers=scope.providers,
            name=expression("var.name"),
            account_id=Account(scope, "current", provider=scope.provider).id,
        )
        scope.output("name", expression("var.name"), "The table's name, the same in every region.")
        scope.output("arns", made.arns, "The ARN of the table's replica, by region.")
        if taken["key"] != "none":
            scope.output("key_arns", made.key_arns, "The ARN of the key that encrypts each replica, by region.")

    replicas = f" with a replica in each of {', '.join(regions[1:])} (global tables, version 2019.11.21)"
    return Blueprint(
        name=name,
        summary=f"A DynamoDB table in {regions[0]}{beyond(regions, replicas)}, {billed}. Strong consistency is for "
        "Python alone.",
        build=build,
        regions=tuple(regions),
        fields=[
            Field("name", from_spec(Table, "name")[0].annotation, REQUIRED, "The table's name in AWS."),
            *TABLE_FIELDS,
        ],
        choices=[
            KEY_CHOICE,
            optional("insights", "var.contributor_insights"),
            optional("policy", "length(var.resource_policy) > 0"),
            optional("indexes", "local.has_indexes"),
            optional("ttl", "var.ttl_attribute != null"),
            Choice("class", {"other": 'var.table_class != "STANDARD"', "standard": 'var.table_class == "STANDARD"'}),
        ],
        covered=frozenset({("local.has_indexes", _GLOBAL.collection), ("local.has_indexes", _LOCAL.collection)}),
        locals={
            **KEY_LOCALS,
            "key_attributes": KEYS_CODE,
            "has_indexes": "length(var.global_indexes) + length(var.local_indexes) > 0",
        },
        names={
            r"_insights_.*TfToken.*": "_insights_index",
            r"_scaling_.*TfToken.*_(read|write)": r"_scaling_index_\1",
        },
        files={
            "aws_kms_": "encryption.tf",
            "aws_dynamodb_contributor_insights": "insights.tf",
            "policy": "policies.tf",
        },
        comments={
            r"aws_dynamodb_table\.this lifecycle": "The replicas are resources of their own: the two would undo each "
            "other's work.",
            r"aws_dynamodb_table\.this stream_enabled": "Replicas need the stream.",
            r"aws_dynamodb_table_replica\..* depends_on": "DynamoDB makes one replica of a table at a time.",
            r"aws_dynamodb_table_replica\..* kms_key_arn": "The AWS-managed key's own ARN would come back as a change "
            "for ever (provider issues 29102, 29636).",
        },
        rules=[*key_rules(regions), *RULES],
        example={
            "name": '"orders"',
            "hash_key": '"order_id"',
            "attributes": '{ order_id = "S", customer_id = "S" }',
            "global_indexes": '[{ name = "by-customer", hash_key = "customer_id" }]',
            "deletion_protection": "false",
        },
        refused={
            "refuses_a_key_without_type": ("attributes", '{ customer_id = "S" }'),
            "refuses_a_type_that_is_none": ("attributes", '{ order_id = "text", customer_id = "S" }'),
            "refuses_an_index_with_a_short_name": ("global_indexes", '[{ name = "by", hash_key = "customer_id" }]'),
        },
    )


def _of(item: Item, attribute: str) -> str:
    return expression(f"{item.mark}.{attribute}")


def _index(item: Item) -> dict[str, Any]:
    attribute = Item("attribute", f"{item.mark}.non_key_attributes")
    return {
        "name": _of(item, "name"),
        "range_key": _of(item, "range_key"),
        "projection": _of(item, "projection"),
        "non_key_attributes": (expression(attribute.mark),),
    }


def _spec(regions: Sequence[str], taken: Taken, *, provisioned: bool) -> Table:
    indexes = taken["indexes"] == "yes"
    return stated(
        Table,
        name=expression("var.name"),
        hash_key=expression("var.hash_key"),
        range_key=expression("var.range_key"),
        attributes={expression(_ATTRIBUTE.key_mark): expression(_ATTRIBUTE.mark)},
        global_indexes=(stated(GlobalIndex, **_index(_GLOBAL), hash_key=_of(_GLOBAL, "hash_key")),) if indexes else (),
        local_indexes=(stated(LocalIndex, **_index(_LOCAL)),) if indexes else (),
        ttl_attribute=expression("var.ttl_attribute") if taken["ttl"] == "yes" else None,
        billing=stated(Provisioned, read=_capacity("read"), write=_capacity("write")) if provisioned else OnDemand(),
        table_class="STANDARD" if taken["class"] == "standard" else expression("var.table_class"),
        point_in_time_recovery=flag("var.point_in_time_recovery"),
        deletion_protection=flag("var.deletion_protection"),
        encryption=key_in(regions, taken["key"]),
        contributor_insights=taken["insights"] == "yes",
        resource_policy=(_policy(),) if taken["policy"] == "yes" else (),
        tags={expression(_TAG.key_mark): expression(_TAG.mark)},
    )


def _capacity(name: str) -> ScaledCapacity:
    return stated(ScaledCapacity, **{field: Number(f"var.{name}.{field}") for field in ScaledCapacity.model_fields})


def _policy() -> PolicyStatement:
    condition = Item("condition", f"{_STATEMENT.mark}.conditions", "variable")
    return stated(
        PolicyStatement,
        principals=(expression(Item("principal", f"{_STATEMENT.mark}.principals").mark),),
        actions=(expression(Item("action", f"{_STATEMENT.mark}.actions").mark),),
        effect=_of(_STATEMENT, "effect"),
        conditions=(
            stated(
                Condition,
                test=_of(condition, "test"),
                variable=_of(condition, "variable"),
                values=(expression(Item("value", f"{condition.mark}.values").mark),),
            ),
        ),
        sid=_of(_STATEMENT, "sid"),
    )
