"""What UpdateTable and DeleteTable refuse on a global table, version 2019.11.21."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import boto3

from latitude.sandbox.dynamodb import exceptions as errors
from latitude.sandbox.dynamodb import scaling as auto_scaling

if TYPE_CHECKING:
    from moto.dynamodb.models.table import Table

    from latitude.sandbox.dynamodb.groups import GlobalTable

REPLICA_FIELDS = ("ReplicaUpdates", "MultiRegionConsistency", "GlobalTableWitnessUpdates")
OTHER_FIELDS = (
    "ProvisionedThroughput",
    "BillingMode",
    "StreamSpecification",
    "GlobalSecondaryIndexUpdates",
    "SSESpecification",
    "DeletionProtectionEnabled",
    "OnDemandThroughput",
    "WarmThroughput",
    "TableClass",
)
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html, "MRSC"
REGION_SETS = (
    frozenset({"us-east-1", "us-east-2", "us-west-2"}),
    frozenset({"eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1"}),
    frozenset({"ap-northeast-1", "ap-northeast-2", "ap-northeast-3"}),
)
STRONG_REGIONS = 3


@dataclass(kw_only=True)
class ReplicaRequest:
    """The actions of one UpdateTable request, by kind."""

    creates: list[dict[str, Any]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    deletes: list[dict[str, Any]] = field(default_factory=list)
    witness_created: str | None = None
    witness_deleted: str | None = None
    consistency: str | None = None

    @classmethod
    def parse(cls, body: dict[str, Any]) -> ReplicaRequest:
        """Sort ``body``, the request; the same Create given twice counts once, as in AWS."""
        request = cls(consistency=body.get("MultiRegionConsistency"))
        for update in body.get("ReplicaUpdates", []):
            if "Create" in update and update["Create"] not in request.creates:
                request.creates.append(update["Create"])
            if "Update" in update:
                request.updates.append(update["Update"])
            if "Delete" in update:
                request.deletes.append(update["Delete"])
        for update in body.get("GlobalTableWitnessUpdates", []):
            request.witness_created = update.get("Create", {}).get("RegionName", request.witness_created)
            request.witness_deleted = update.get("Delete", {}).get("RegionName", request.witness_deleted)
        return request

    @property
    def regions(self) -> list[str]:
        """Every region that the actions on replicas name."""
        return [action["RegionName"] for action in (*self.creates, *self.updates, *self.deletes)]


def check_fields(body: dict[str, Any]) -> None:
    """Refuse a request that changes nothing, or replicas together with something else."""
    others = [name for name in OTHER_FIELDS if body.get(name) is not None]
    if not others and not body.get("ReplicaUpdates"):
        raise errors.NoChangeException
    if others and any(body.get(name) for name in REPLICA_FIELDS):
        raise errors.OnlyOperationException


def check_replicas(table: Table, group: GlobalTable | None, request: ReplicaRequest) -> None:
    """Refuse what AWS refuses of the actions in ``request`` on ``table``, a member of ``group`` if it has replicas."""
    _check_regions(table, request)
    if request.consistency == "STRONG" or (group is not None and group.strong):
        _check_strong(table, group, request)
    else:
        _check_eventual(group, request)
    for action in (*request.updates, *request.deletes):
        if group is None or action["RegionName"] not in group.members:
            raise errors.NotAReplicaException(region=action["RegionName"])
    for action in request.updates:
        if set(action) == {"RegionName"}:
            raise errors.EmptyReplicaActionException
        if "KMSMasterKeyId" in action:
            raise errors.ReplicaKeyException
    if request.creates:
        check_capacity(table)


def _check_regions(table: Table, request: ReplicaRequest) -> None:
    known = boto3.session.Session().get_available_regions("dynamodb")
    for region in request.regions:
        if region == table.region_name:
            raise errors.LocalRegionException
        if region not in known:
            raise errors.UnknownRegionException(region=region, known=known)


def _check_eventual(group: GlobalTable | None, request: ReplicaRequest) -> None:
    if request.witness_created is not None or request.witness_deleted is not None:
        raise errors.StrongConsistencyException(
            rule="MultiRegionConsistency must be set as STRONG when GlobalTableWitnessUpdates parameter is present."
        )
    if group is not None and request.consistency is not None:
        raise errors.StrongConsistencyException(
            rule="MultiRegionConsistency parameter is unsupported on existing global table"
        )
    if len(request.creates) + len(request.deletes) > 1:
        raise errors.ManyReplicaActionsException


def _check_strong(table: Table, group: GlobalTable | None, request: ReplicaRequest) -> None:
    if group is None:
        _check_strong_creation(table, request)
        return
    if request.consistency is not None:
        raise errors.StrongConsistencyException(
            rule="MultiRegionConsistency parameter is unsupported on existing global table"
        )
    if request.creates:
        raise errors.StrongConsistencyException(
            rule="Cannot add replicas to a global table with strong MultiRegionConsistency"
        )
    if not request.deletes:
        return
    if group.witness is not None and request.witness_deleted != group.witness:
        raise errors.StrongConsistencyException(rule="Update table delete operation does not include all witnesses.")
    if len(request.deletes) != len(group.members) - 1:
        raise errors.StrongConsistencyException(
            rule=f"Deletion of only one table replica is not supported {errors.STRONG_ONLY}."
        )


def _check_strong_creation(table: Table, request: ReplicaRequest) -> None:
    if request.updates or request.deletes:
        raise errors.StrongConsistencyException(
            rule="Only Replica Create actions are supported when MultiRegionConsistency parameter is provided."
        )
    created = [action["RegionName"] for action in request.creates]
    witnesses = [] if request.witness_created is None else [request.witness_created]
    if set(witnesses) & set(created):
        raise errors.StrongConsistencyException(rule="Cannot target multiple regions with the same action")
    if table.region_name in witnesses:
        raise errors.StrongConsistencyException(
            rule="Cannot add a witness in the same region as an existing replica when creating a global table with "
            "MultiRegionConsistency set to STRONG."
        )
    if len(created) + len(witnesses) != STRONG_REGIONS - 1 or not created:
        raise errors.StrongConsistencyException(rule=f"Unsupported replica count {errors.STRONG_ONLY}.")
    home: frozenset[str] = next((regions for regions in REGION_SETS if table.region_name in regions), frozenset())
    strangers = [region for region in (table.region_name, *created, *witnesses) if region not in home]
    if strangers:
        raise errors.StrongConsistencyException(
            rule=f"Unsupported Region(s) specified {errors.STRONG_ONLY}: [{', '.join(strangers)}]."
        )
    if len(table):
        raise errors.StrongFeatureException(feature="A table that holds items is not supported")
    if table.indexes:
        raise errors.StrongFeatureException(feature="Local secondary indexes are not supported")
    if table.ttl["TimeToLiveStatus"] == "ENABLED":
        raise errors.StrongFeatureException(feature="Time to Live is not supported")


def check_capacity(table: Table) -> None:
    """Refuse to replicate a provisioned ``table`` whose writes, or whose indexes' writes, are not auto scaled."""
    if table.billing_mode == "PAY_PER_REQUEST":
        return
    auto_scaling.install_late()
    from moto.applicationautoscaling.models import (  # noqa: PLC0415 - it brings EC2, which takes more than a second
        applicationautoscaling_backends,
    )

    scaling = applicationautoscaling_backends[table.account_id][table.region_name]
    subjects = [("Table", f"table/{table.name}", "dynamodb:table:WriteCapacityUnits")]
    subjects += [
        ("GSI", f"table/{table.name}/index/{index.name}", "dynamodb:index:WriteCapacityUnits")
        for index in table.global_indexes
    ]
    for subject, resource_id, dimension in subjects:
        targets = scaling.describe_scalable_targets("dynamodb", [resource_id], dimension)
        policies = [
            policy
            for policy in scaling.policies.values()
            if policy.resource_id == resource_id and policy.scalable_dimension == dimension
        ]
        if not targets or not policies:
            raise errors.CapacityNotScaledException(subject=subject)


def check_stream(table: Table, group: GlobalTable | None, specification: dict[str, Any]) -> None:
    """Refuse to change the stream that replication needs, to enable it twice, or to disable what is not there."""
    current = table.stream_specification
    enabled = current is not None and bool(current.get("StreamEnabled"))
    if specification.get("StreamEnabled"):
        if enabled:
            raise errors.StreamEnabledException(name=table.name)
    elif not enabled:
        raise errors.NoStreamException(name=table.name)
    elif group is not None and not group.strong:
        raise errors.StreamRequiredException


def check_time_to_live(table: Table, specification: dict[str, Any]) -> None:
    """Refuse to turn time to live on or off twice, or for another attribute than the one that it is on for."""
    enabled, attribute = bool(specification.get("Enabled")), specification.get("AttributeName", "")
    if not attribute:
        raise errors.NoTimeToLiveAttributeException
    current = table.ttl.get("AttributeName", "")
    on = table.ttl["TimeToLiveStatus"] == "ENABLED"
    if on and attribute != current:
        raise errors.OtherTimeToLiveException(current=current)
    if on == enabled:
        raise errors.SameTimeToLiveException(enabled=enabled)


def check_deletion(table: Table, group: GlobalTable | None, *, now: float) -> None:
    """Refuse to delete ``table`` while it is protected, while it is being created, or before what it gave rise to."""
    if group is None:
        if table.deletion_protection_enabled:
            raise errors.ProtectedTableException
        return
    if group.members[table.region_name].status == "CREATING":
        raise errors.TableInUseException(name=table.name)
    if table.deletion_protection_enabled:
        raise errors.ProtectedReplicaException(name=table.name, region=table.region_name)
    if group.strong:
        raise errors.StrongConsistencyException(
            rule=f"Deletion of only one table replica is not supported {errors.STRONG_ONLY}."
        )
    if group.is_recent_source(table.region_name, now=now):
        raise errors.SourceRegionException
