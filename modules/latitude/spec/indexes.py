"""Secondary indexes of a DynamoDB table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from latitude.spec.base import Part, fault, rule
from latitude.spec.limits import Length, Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.faults import Fault

IndexName = Annotated[
    str,
    Pattern(
        regex=r"[a-zA-Z0-9_.-]+",
        words="letters, digits, and the characters _ . -",
        source="DynamoDB CreateTable",
        shape="dynamodb:CreateTable.GlobalSecondaryIndexes[].IndexName",
    ),
    Length(
        minimum=3,
        maximum=255,
        source="DynamoDB CreateTable IndexName",
        shape="dynamodb:CreateTable.GlobalSecondaryIndexes[].IndexName",
    ),
]
AttributeName = Annotated[
    str,
    Length(
        minimum=1,
        maximum=255,
        source="DynamoDB KeySchemaElement",
        shape="dynamodb:CreateTable.KeySchema[].AttributeName",
    ),
]


def same_key_faults(hash_key: str, range_key: str | None) -> Iterator[Fault]:
    """Yield a fault if an attribute is to be both keys."""
    if hash_key == range_key:
        yield fault(
            "range_key",
            message=f"must be another attribute than the hash key, got {range_key!r} for both (DynamoDB CreateTable)",
        )


class _Index(Part):
    """What both kinds of index have."""

    name: IndexName
    """The index's name."""
    projection: Literal["ALL", "KEYS_ONLY", "INCLUDE"] = "ALL"
    """Which attributes the index has beside the keys."""
    non_key_attributes: Annotated[
        tuple[AttributeName, ...],
        Length(
            minimum=0,
            maximum=20,
            unit="attributes",
            source="DynamoDB Projection NonKeyAttributes",
            shape="dynamodb:CreateTable.GlobalSecondaryIndexes[].Projection.NonKeyAttributes",
        ),
    ] = ()
    """The attributes of projection ``INCLUDE``."""

    @rule
    def _projection(self) -> Iterator[Fault]:
        """Set ``non_key_attributes`` with projection ``INCLUDE``, and with no other."""
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

    @rule
    def _keys_differ(self) -> Iterator[Fault]:
        """Take different attributes for the two keys."""
        yield from same_key_faults(self.hash_key, self.range_key)


class LocalIndex(_Index):
    """A local secondary index: the table's partition key with another sort key; made with the table, never later."""

    range_key: AttributeName
    """The sort key."""
