"""A global table: which regions hold a replica, and in which state each is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from latitude.sandbox.dynamodb.replication import Replication

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = "2019.11.21"
SOURCE_SECONDS = 24 * 60 * 60


@dataclass(kw_only=True)
class Member:
    """One region's replica. ``source`` is the region through which it was added, ``None`` for the first table."""

    region: str
    source: str | None = None
    created_at: float = 0.0
    status: str = "ACTIVE"
    settles_at: float = 0.0
    kms_key: str | None = None
    overrides: dict[str, Any] = field(default_factory=dict)

    def begin(self, status: str, *, settles_at: float) -> None:
        """Enter ``status`` (CREATING, UPDATING, DELETING) until the time ``settles_at``, in seconds since 1970."""
        self.status = status
        self.settles_at = settles_at

    def describe(self) -> dict[str, Any]:
        """Return the entry of ``Replicas``. Values that are the source's are absent, as in AWS."""
        described: dict[str, Any] = {
            "RegionName": self.region,
            "ReplicaStatus": self.status,
            "GlobalTableSettingsReplicationMode": "ENABLED_WITH_OVERRIDES",
        }
        if self.kms_key is not None:
            described["KMSMasterKeyId"] = self.kms_key
        for name in ("ProvisionedThroughputOverride", "OnDemandThroughputOverride", "GlobalSecondaryIndexes"):
            if name in self.overrides:
                described[name] = self.overrides[name]
        if "TableClassOverride" in self.overrides:
            described["ReplicaTableClassSummary"] = {"TableClass": self.overrides["TableClassOverride"]}
        return described


@dataclass(kw_only=True)
class GlobalTable:
    """The replicas of one table, version 2019.11.21; the backends of all its regions share one object."""

    name: str
    strong: bool = False
    members: dict[str, Member] = field(default_factory=dict)
    witness: str | None = None
    replication: Replication = field(default_factory=Replication)

    @property
    def busy(self) -> bool:
        """A replica is being created, updated or deleted."""
        return any(member.status != "ACTIVE" for member in self.members.values())

    def settle(self, *, now: float) -> list[str]:
        """End what has lasted long enough by ``now``, and return the regions whose replica is gone."""
        over = [member for member in self.members.values() if member.status != "ACTIVE" and member.settles_at <= now]
        gone = [member.region for member in over if member.status == "DELETING"]
        for member in over:
            member.status = "ACTIVE"
        for region in gone:
            del self.members[region]
        return gone

    def others(self, region: str) -> Iterator[Member]:
        """Yield the replicas that ``region`` sees: all but itself, in the order in which they were added."""
        return (member for member in self.members.values() if member.region != region)

    def is_recent_source(self, region: str, *, now: float) -> bool:
        """Whether a replica that still exists was added from ``region`` in the last 24 hours."""
        return any(
            member.source == region and now - member.created_at < SOURCE_SECONDS for member in self.members.values()
        )

    def table_status(self, region: str) -> str:
        """TableStatus as ``region`` shows it: any change of a replica keeps the others UPDATING."""
        own = self.members[region].status
        return own if own != "ACTIVE" or not self.busy else "UPDATING"

    def describe(self, region: str) -> dict[str, Any]:
        """Return what DescribeTable adds in ``region``: it lists the other replicas and never itself."""
        described: dict[str, Any] = {
            "GlobalTableVersion": VERSION,
            "TableStatus": self.table_status(region),
            "Replicas": [member.describe() for member in self.others(region)],
        }
        if self.strong:
            described["MultiRegionConsistency"] = "STRONG"
        if self.witness is not None:
            creating = any(member.status == "CREATING" for member in self.members.values())
            status = "CREATING" if creating else "ACTIVE"
            described["GlobalTableWitnesses"] = [{"RegionName": self.witness, "WitnessStatus": status}]
        return described
