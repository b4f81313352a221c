"""Which records may stand beside each other in a zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.sandbox.route53.records import Record, identity, normal_name, policy

if TYPE_CHECKING:
    from moto.route53.models import RecordSet


def faults_of(record: Record, *, others: list[RecordSet], zone_name: str) -> list[str]:
    """Return why ``record`` may not be written beside ``others`` in the zone ``zone_name``; empty if it may."""
    name = normal_name(record.name)
    if name != zone_name and not name.endswith(f".{zone_name}"):
        return [f"RRSet with DNS name {record.name} is not permitted in zone {zone_name}"]
    same_name = [entry for entry in others if normal_name(entry.name) == name]
    fault = _cname_fault(record, same_name, zone_name=zone_name)
    if fault is None:
        fault = _policy_fault(record, [entry for entry in same_name if entry.type == record.type])
    return [] if fault is None else [fault]


def _cname_fault(record: Record, same_name: list[RecordSet], *, zone_name: str) -> str | None:
    if record.type == "CNAME" and normal_name(record.name) == zone_name:
        return f"RRSet of type CNAME with DNS name {record.name} is not permitted at apex in zone {zone_name}"
    strangers = [entry for entry in same_name if "CNAME" in (entry.type, record.type) and entry.type != record.type]
    if not strangers:
        return None
    return (
        f"RRSet of type {record.type} with DNS name {record.name} is not permitted because a conflicting RRSet of "
        f"type {strangers[0].type} with the same DNS name already exists in zone {zone_name}"
    )


def _policy_fault(record: Record, alike: list[RecordSet]) -> str | None:
    own = policy(record)
    others = [entry for entry in alike if identity(entry) != identity(record)]
    if not others:
        return None
    subject = f"RRSet with DNS name {record.name}, type {record.type}"
    if own == "simple":
        return f"{subject} cannot be created as other RRSets exist with the same name and type."
    subject += f", SetIdentifier {record.set_identifier}"
    if any(policy(entry) != own for entry in others):
        return f"{subject} cannot be created because a non {own} rrset exists with the same name and type."
    if own == "latency" and any(entry.region == record.region for entry in others):
        return (
            f"{subject}, and Region Name={record.region} cannot be created because a latency RRSet with the same "
            "name, type and region already exists."
        )
    if own == "failover" and any(entry.failover == record.failover for entry in others):
        return (
            f"{subject}, and Failover={record.failover} cannot be created because a failover RRSet with the same "
            "name, type and failover already exists."
        )
    return None
