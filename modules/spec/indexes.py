"""Secondary indexes of a DynamoDB table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from modules.spec.base import Part, fault, rule
from modules.spec.limits import Length, Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from modules.spec.faults import Fault

IndexName = Annotated[
    str,
    Pattern(
        regex=r"[A-Za-z0-9_.\-]+", words="letters, digits, and the characters _ . -", source="DynamoDB CreateTable"
    ),
    Length(
        minimum=3,
        maximum=255,
        source="DynamoDB CreateTable IndexName",
        shape="dynamodb:CreateTable.GlobalSecondaryIndexes.IndexName",
    ),
]
AttributeName = Annotated[
    str,
    Length(
        minimum=1, maximum=255, source="DynamoDB KeySchemaElement", shape="dynamodb:CreateTable.KeySchema.AttributeName"
    ),
]


class _Index(Part):
    """What both kinds of index have."""

    name: IndexName
    """The index's name."""
    projection: Literal["ALL", "KEYS_ONLY", "INCLUDE"] = "ALL"
    """Which attributes the index has beside the keys."""
    non_key_attributes: tuple[AttributeName, ...] = ()
    """The attributes of projection ``INCLUDE``."""

    @rule
    def _projection(self) -> Iterator[Fault]:
        if (self.projection == "INCLUDE") != bool(self.non_key_attributes):
            yield fault(
                "non_key_attributes",
                message=f"must be set with projection INCLUDE and only then, got {self.non_key_attributes!r} "
                f"with {self.projection} (DynamoDB Projection)",
            )


class GlobalIndex(_Index):
    """A global secondary index: other keys, in every region."""

    hash_key: AttributeName
    """The partition key."""
    range_key: AttributeName | None = None
    """The sort key."""


class LocalIndex(_Index):
    """A local secondary index: the table's partition key with another sort key; made with the table, never later."""

    range_key: AttributeName
    """The sort key."""
