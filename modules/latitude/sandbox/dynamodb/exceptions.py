"""What DynamoDB answers when a global table's rules are broken.

The words are AWS's own, as its API answered them on 2026-10-09 (published as ``ack-api-quirks``, DDB-TABLE-2xx); the
classes marked "our words" stand for a rule that AWS documents and whose answer we have not seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from moto.dynamodb.exceptions import ResourceInUseException, ValidationException

if TYPE_CHECKING:
    from collections.abc import Iterable

STRONG_ONLY = "for global tables with MultiRegionConsistency set to STRONG"


class TableBusyException(ResourceInUseException):
    """Another change of the table, or of one of its replicas, is in progress."""

    def __init__(self) -> None:
        super().__init__("The resource which you are attempting to change is in use.")


class TableInUseException(ResourceInUseException):
    """A replica that is being created cannot be deleted."""

    def __init__(self, *, name: str) -> None:
        super().__init__(f"Attempt to change a resource which is still in use: Table: {name} is being used.")


class NoChangeException(ValidationException):
    """UpdateTable was called without anything to change."""

    def __init__(self) -> None:
        super().__init__(
            "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, "
            "SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, "
            "MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is "
            "required"
        )


class OnlyOperationException(ValidationException):
    """Replicas are changed by a request of their own."""

    def __init__(self) -> None:
        super().__init__("Requests that modify replicas or witnesses must not also modify other fields")


class ManyReplicaActionsException(ValidationException):
    """An eventually consistent table takes one Create or Delete a request."""

    def __init__(self) -> None:
        super().__init__("Update table operation with more than one create or delete replica actions not allowed")


class EmptyReplicaActionException(ValidationException):
    """An Update action names a region and nothing to change there."""

    def __init__(self) -> None:
        super().__init__("There are no actions specified in the Replica Update Action of the request.")


class LocalRegionException(ValidationException):
    """The region that is asked is not a replica of itself."""

    def __init__(self) -> None:
        super().__init__(
            "Cannot add, delete, or update the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or "
            "UpdateTable as required."
        )


class UnknownRegionException(ValidationException):
    """DynamoDB has no global tables in that region."""

    def __init__(self, *, region: str, known: Iterable[str]) -> None:
        super().__init__(
            f"Region {region} is not supported. The latest version of global tables are only supported in the "
            f"following regions: [{', '.join(known)}]"
        )


class ReplicaExistsException(ValidationException):
    """The region holds a table of that name: a replica, a stranger, or one that is still being deleted."""

    def __init__(self, *, name: str) -> None:
        # AWS's own spelling and quotes
        super().__init__(
            f"Failed to create a the new replica of table with name: \u2018{name}\u2019 because one or more replicas "
            "already existed as tables."
        )


class NotAReplicaException(ValidationException):
    """The region is not part of the global table.

    AWS says ``Replica specified in the Replica Update or Replica Delete action of the request was not found`` in an
    older wording, which the Terraform provider takes for success when it deletes: both stand in the message.
    """

    def __init__(self, *, region: str) -> None:
        super().__init__(
            "Update global table operation failed because one or more replicas were not part of the global table. "
            f"Please retry the request without these replicas: [{region}]. (Replica specified in the Replica Update "
            "or Replica Delete action of the request was not found.)"
        )


class StreamRequiredException(ValidationException):
    """An eventually consistent replica keeps its stream."""

    def __init__(self) -> None:
        super().__init__(
            "One or more parameter values were invalid: Disabling Stream is not allowed for a Global Table replica."
        )


class StreamEnabledException(ValidationException):
    """The table has a stream: its view type cannot be changed."""

    def __init__(self, *, name: str) -> None:
        super().__init__(f"Table already has an enabled stream: TableName: {name}")


class NoStreamException(ValidationException):
    """The table has no stream that could be disabled."""

    def __init__(self, *, name: str) -> None:
        super().__init__(f"Table has no stream to disable: TableName: {name}")


class CapacityNotScaledException(ValidationException):
    """A provisioned table needs auto scaling of its writes before it can be replicated."""

    def __init__(self, *, subject: str = "Table") -> None:
        super().__init__(f"{subject} write capacity should either be Pay-Per-Request or AutoScaled.")


class ReplicaKeyException(ValidationException):
    """Customer managed keys stand on all replicas or on none, and are not changed through ReplicaUpdates."""

    def __init__(self) -> None:
        super().__init__(
            "One or more parameter values were invalid: KMSMasterKeyId must be specified for each replica."
        )


class NoTimeToLiveAttributeException(ValidationException):
    """The attribute's name is empty, which AWS refuses even to turn time to live off (terraform-provider-aws 44730)."""

    def __init__(self) -> None:
        super().__init__(
            "1 validation error detected: Value '' at 'timeToLiveSpecification.attributeName' failed to satisfy "
            "constraint: Member must have length greater than or equal to 1"
        )


class OtherTimeToLiveException(ValidationException):
    """Time to live is on for another attribute (ack-api-quirks, TTL enable applied again)."""

    def __init__(self, *, current: str) -> None:
        super().__init__(f"TimeToLive is active on a different AttributeName: current AttributeName is {current}")


class SameTimeToLiveException(ValidationException):
    """Time to live is what it is to become (the same)."""

    def __init__(self, *, enabled: bool) -> None:
        super().__init__(f"TimeToLive is already {'enabled' if enabled else 'disabled'}")


class KeyKindsException(ValidationException):
    """All replicas use the same kind of key."""

    def __init__(self) -> None:
        super().__init__("All replica keys must either be Customer Managed CMK or AWS Managed CMK.")


class KeyNotFoundException(ValidationException):
    """The replica's region has no such key."""

    def __init__(self, *, region: str, why: str) -> None:
        super().__init__(f"KMS validation error for region {region}: NotFoundException: {why}")


class ProtectedTableException(ValidationException):
    """Deletion protection is on."""

    def __init__(self) -> None:
        super().__init__(
            "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection "
            "first."
        )


class ProtectedReplicaException(ValidationException):
    """Deletion protection is on for the replica in that region."""

    def __init__(self, *, name: str, region: str) -> None:
        super().__init__(
            f"Cannot delete table {name} in region {region} because it has deletion protection enabled. Disable "
            "deletion protection first."
        )


class SourceRegionException(ValidationException):
    """Replicas were added from that region less than 24 hours ago, and are still there."""

    def __init__(self) -> None:
        super().__init__(
            "Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the "
            "table in the last 24 hours."
        )


class StrongConsistencyException(ValidationException):
    """A rule of multi-Region strong consistency; ``rule`` is the message."""

    def __init__(self, *, rule: str) -> None:
        super().__init__(rule)


class StrongFeatureException(ValidationException):
    """A feature that strong consistency lacks (our words): "Considerations" of AWS's page on MRSC."""

    def __init__(self, *, feature: str) -> None:
        super().__init__(f"One or more parameter values were invalid: {feature} {STRONG_ONLY}.")
