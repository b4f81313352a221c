"""DynamoDB global tables."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Final, Literal

from latitude.spec.base import Part, fault, rule
from latitude.spec.capacity import Billing, OnDemand, Provisioned
from latitude.spec.encryption import CustomerManagedKey
from latitude.spec.indexes import AttributeName, GlobalIndex, LocalIndex, same_key_faults
from latitude.spec.limits import Length, Range
from latitude.spec.names import TableName
from latitude.spec.permissions import sid_faults
from latitude.spec.policies import PolicyStatement
from latitude.spec.regions import STRONG_CONSISTENCY_SETS
from latitude.spec.tags import Tags, tag_faults
from latitude.spec.timeouts import Timeouts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.application import Application
    from latitude.spec.faults import Fault

_STRONG_REGIONS: Final = 3
_MOST_PROJECTED: Final = 100


class Table(Part):
    """A DynamoDB table with a replica in every region of the application (global tables, version 2019.11.21)."""

    name: TableName
    """The table's name; in AWS it is APPLICATION-NAME, the same in every region."""
    hash_key: AttributeName
    """The partition key."""
    range_key: AttributeName | None = None
    """The sort key."""
    attributes: dict[AttributeName, Literal["S", "N", "B"]]
    """The type of each attribute that is a key of the table or of an index: string, number or binary."""
    global_indexes: Annotated[
        tuple[GlobalIndex, ...],
        Length(minimum=0, maximum=20, unit="indexes", source="DynamoDB default quota per table"),
    ] = ()
    """Global secondary indexes."""
    local_indexes: Annotated[
        tuple[LocalIndex, ...], Length(minimum=0, maximum=5, unit="indexes", source="DynamoDB quota per table")
    ] = ()
    """Local secondary indexes."""
    ttl_attribute: AttributeName | None = None
    """The attribute with the time, in seconds since 1970, after which an item is deleted."""
    billing: Billing = OnDemand()
    """How the table is paid for."""
    table_class: Literal["STANDARD", "STANDARD_INFREQUENT_ACCESS"] = "STANDARD"
    """The storage class, in every region."""
    point_in_time_recovery: bool = True
    """Whether each region's replica can be restored to any second of the last 35 days."""
    recovery_days: (
        Annotated[
            int,
            Range(
                minimum=1,
                maximum=35,
                source="DynamoDB UpdateContinuousBackups",
                shape="dynamodb:UpdateContinuousBackups.PointInTimeRecoverySpecification.RecoveryPeriodInDays",
            ),
        ]
        | None
    ) = None
    """The days to which the table in the home region can be restored; unset: 35. Its replicas keep 35: the AWS provider
    has no such argument for them."""
    timeouts: Timeouts = Timeouts()
    """How long Terraform waits for DynamoDB, for the table and for each replica."""
    deletion_protection: bool = True
    """Whether deletion is refused, in each region, until this is set to false and applied."""
    encryption: CustomerManagedKey | None = None
    """A customer-managed key in each region; unset: the key that DynamoDB owns."""
    consistency: Literal["eventual", "strong"] = "eventual"
    """``strong`` (MRSC) reads what was last written in any region; set when the table is made, never later."""
    witness: str | None = None
    """With strong consistency in two regions, the third one, which keeps a log of writes and serves none."""
    contributor_insights: bool = False
    """Whether CloudWatch shows the most used keys, in each region."""
    resource_policy: tuple[PolicyStatement, ...] = ()
    """Statements of the policy attached to the table, in each region."""
    tags: Tags = {}
    """Tags of the table in every region, and of a key that is made for it, beside the application's."""

    @property
    def keys(self) -> tuple[tuple[str | int, str], ...]:
        """Each key of the table and its indexes, with the field that names it, written as a path of names."""
        own = [("hash_key", self.hash_key), ("range_key", self.range_key)]
        for index in self.global_indexes:
            own += [(f"global_indexes {index.name} hash_key", index.hash_key)]
            own += [(f"global_indexes {index.name} range_key", index.range_key)]
        own += [(f"local_indexes {index.name} range_key", index.range_key) for index in self.local_indexes]
        return tuple((where, key) for where, key in own if key is not None)

    @rule
    def _keys_declared(self) -> Iterator[Fault]:
        """Declare in ``attributes`` the type of every key of the table and of its indexes."""
        declared = ", ".join(self.attributes)
        for where, key in self.keys:
            if key not in self.attributes:
                yield fault(
                    "attributes",
                    message=f"must declare the type of {key!r}, the {where}; declared: {declared} "
                    "(DynamoDB CreateTable)",
                )

    @rule
    def _attributes_used(self) -> Iterator[Fault]:
        """Declare no attribute that is not a key."""
        used = {key for _, key in self.keys}
        for name in self.attributes:
            if name not in used:
                yield fault(
                    "attributes",
                    name,
                    message="must be a key of the table or of an index; other attributes are not declared "
                    f"(DynamoDB CreateTable), got {name!r}",
                )

    @rule
    def _index_names(self) -> Iterator[Fault]:
        """Give each index a name of its own."""
        counted = Counter(index.name for index in (*self.global_indexes, *self.local_indexes))
        for name, count in counted.items():
            if count > 1:
                yield fault(
                    "global_indexes",
                    message=f"must have names of their own, got {name!r} {count} times (DynamoDB CreateTable)",
                )

    @rule
    def _local_needs_range(self) -> Iterator[Fault]:
        """Give local indexes only to a table with a ``range_key``."""
        if self.local_indexes and self.range_key is None:
            yield fault(
                "local_indexes", message="need a table with a range_key, which is not set (DynamoDB CreateTable)"
            )

    @rule
    def _keys_differ(self) -> Iterator[Fault]:
        """Take different attributes for the two keys, of the table and of each local index."""
        yield from same_key_faults(self.hash_key, self.range_key)
        for position, index in enumerate(self.local_indexes):
            found = same_key_faults(self.hash_key, index.range_key)
            yield from (each.below("local_indexes", position) for each in found)

    @rule
    def _projected(self) -> Iterator[Fault]:
        """Project at most 100 ``non_key_attributes``, those of all indexes counted together."""
        count = sum(len(index.non_key_attributes) for index in (*self.global_indexes, *self.local_indexes))
        if count > _MOST_PROJECTED:
            yield fault(
                "global_indexes",
                message=f"must have at most {_MOST_PROJECTED} non_key_attributes together with local_indexes, "
                f"got {count} (DynamoDB CreateTable)",
            )

    @rule
    def _ttl_is_number(self) -> Iterator[Fault]:
        """Declare a ``ttl_attribute`` that is a key too as a number."""
        given = None if self.ttl_attribute is None else self.attributes.get(self.ttl_attribute)
        if given not in {None, "N"}:
            yield fault(
                "ttl_attribute",
                message=f"must be an attribute of type N, got {self.ttl_attribute!r} of type {given} "
                "(DynamoDB Developer Guide, time to live)",
            )

    @rule
    def _recovery(self) -> Iterator[Fault]:
        """Set ``recovery_days`` only with ``point_in_time_recovery``."""
        if self.recovery_days is not None and not self.point_in_time_recovery:
            yield fault(
                "recovery_days",
                message=f"must be unset without point_in_time_recovery, got {self.recovery_days} "
                "(DynamoDB UpdateContinuousBackups)",
            )

    @rule
    def _tags_fit(self, application: Application) -> Iterator[Fault]:
        """Give the table no more tags than the application's leave room for: 45 together."""
        yield from tag_faults(self.tags, application.tags)

    @rule
    def _sids(self) -> Iterator[Fault]:
        """Give no two statements of the policy the same ``sid``."""
        yield from sid_faults("resource_policy", (statement.sid for statement in self.resource_policy))

    @rule
    def _strong(self, application: Application) -> Iterator[Fault]:
        """Give strong consistency exactly three regions of one set, or two and a ``witness``."""
        source = "DynamoDB Developer Guide, multi-Region strong consistency"
        if self.consistency == "eventual":
            if self.witness is not None:
                yield fault(
                    "witness", message=f"must be unset with eventual consistency, got {self.witness!r} ({source})"
                )
            return
        regions = (*application.regions, *(() if self.witness is None else (self.witness,)))
        exact = len(regions) == len(set(regions)) == _STRONG_REGIONS
        if not exact or not any(set(regions) <= set(known) for known in STRONG_CONSISTENCY_SETS):
            sets = "; ".join(", ".join(known) for known in STRONG_CONSISTENCY_SETS)
            yield fault(
                "consistency",
                message="strong must have exactly three regions, or two and a witness, of one set "
                f"({sets}), got {', '.join(regions)} ({source})",
            )

    @rule
    def _strong_features(self) -> Iterator[Fault]:
        """Use neither ``ttl_attribute`` nor ``local_indexes`` with strong consistency."""
        if self.consistency == "eventual":
            return
        for field, given in (
            ("ttl_attribute", self.ttl_attribute is not None),
            ("local_indexes", bool(self.local_indexes)),
        ):
            if given:
                yield fault(
                    field,
                    message="must be unset with strong consistency (DynamoDB Developer Guide, MRSC considerations)",
                )

    @property
    def provisioned(self) -> Provisioned | None:
        """The provisioned capacity, unless the table is billed per request."""
        return self.billing if isinstance(self.billing, Provisioned) else None
