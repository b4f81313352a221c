"""What a service may do with a table: on the replica in its own region, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from latitude.constructs.identity.policy_document import IamStatement
from latitude.spec import Condition, TableAccess
from latitude.spec.expressions import capitalized

if TYPE_CHECKING:
    from collections.abc import Iterator

_READ: Final = (
    "dynamodb:BatchGetItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DescribeTable",
    "dynamodb:GetItem",
    "dynamodb:Query",
    "dynamodb:Scan",
)
_WRITE: Final = (
    "dynamodb:BatchWriteItem",
    "dynamodb:DeleteItem",
    "dynamodb:DescribeTable",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
)
_ACTIONS: Final = {"read": _READ, "write": _WRITE, "read_write": tuple(sorted({*_READ, *_WRITE}))}
# What a caller needs for a table under a customer-managed key (DynamoDB Developer Guide, encryption at rest).
_KEY_ACTIONS: Final = ("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*")


@dataclass(frozen=True, kw_only=True)
class LocalTable:
    """A table's replica in one region, as a service of that region sees it."""

    name: str
    arn: str
    has_indexes: bool
    key_arn: str | None


def table_statements(access: TableAccess, table: LocalTable, region: str) -> Iterator[IamStatement]:
    """Yield the statements for one table: actions on it and its indexes, and the use of its key through DynamoDB."""
    sid = capitalized(access.table)
    resources = [table.arn, f"{table.arn}/index/*"] if table.has_indexes else [table.arn]
    yield IamStatement(sid=f"Table{sid}", actions=_ACTIONS[access.access], resources=resources)
    if table.key_arn is not None:
        through = Condition(
            test="StringEquals", variable="kms:ViaService", values=(f"dynamodb.{region}.amazonaws.com",)
        )
        yield IamStatement(sid=f"Key{sid}", actions=_KEY_ACTIONS, resources=[table.key_arn], conditions=[through])
