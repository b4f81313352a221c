"""ChangeResourceRecordSets: a batch is done as a whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.sandbox.route53.conflicts import faults_of
from latitude.sandbox.route53.exceptions import ChangeBatchError, RequestError
from latitude.sandbox.route53.records import POLICY_FIELDS, Record, contents, identity, normal_name, title
from latitude.sandbox.route53.targets import alias_faults

if TYPE_CHECKING:
    from moto.route53.models import FakeZone, RecordSet


def apply_batch(zone: FakeZone, changes: list[dict[str, Any]]) -> list[RecordSet]:
    """Return the records of ``zone`` after ``changes``; the zone itself is left as it is.

    Raises ``RequestError`` (InvalidInput) for a change that is malformed by itself, ``ChangeBatchError``
    (InvalidChangeBatch), with every fault, for changes that the zone's records do not admit.
    """
    for change in changes:
        check_shape(change)
    records = list(zone.rrsets)
    faults: list[str] = []
    written: list[Record] = []
    for change in changes:
        record = Record(change["ResourceRecordSet"])  # type: ignore[abstract]  # moto leaves CloudFormation's hooks out
        found = next((entry for entry in records if identity(entry) == identity(record)), None)
        if change["Action"] == "DELETE":
            faults += _deletion_faults(zone, record, found)
        else:
            if change["Action"] == "CREATE" and found is not None:
                faults.append(f"Tried to create resource record set {title(record)} but it already exists")
            others = [entry for entry in records if entry is not found]
            faults += faults_of(record, others=others, zone_name=normal_name(zone.name))
            written.append(record)
        records = [entry for entry in records if entry is not found]
        if change["Action"] != "DELETE":
            records.append(record)
    for record in written:
        faults += alias_faults(record, records=records, zone=zone)
    if faults:
        raise ChangeBatchError(faults)
    return records


def _deletion_faults(zone: FakeZone, record: Record, found: RecordSet | None) -> list[str]:
    if found is None:
        return [f"Tried to delete resource record set {title(record)} but it was not found"]
    if contents(found) != contents(record):
        fault = "the values provided do not match the current values"
        return [f"Tried to delete resource record set {title(record)} but {fault}"]
    if record.type in ("NS", "SOA") and normal_name(record.name) == normal_name(zone.name):
        kind = "at least one NS record for the zone itself." if record.type == "NS" else "exactly one SOA record."
        return [f"A HostedZone must contain {kind}"]
    return []


def check_shape(change: dict[str, Any]) -> None:
    """Refuse a change whose fields do not fit together."""
    record = change["ResourceRecordSet"]
    where = (
        f"[Action={change['Action']}, Name={record['Name']}, Type={record['Type']}, "
        f"SetIdentifier={record.get('SetIdentifier', 'null')}]"
    )
    alias = "AliasTarget" in record
    plain = "TTL" in record and bool(record.get("ResourceRecords"))
    extra = alias and ("TTL" in record or bool(record.get("ResourceRecords")))
    if alias == plain or extra:
        count = "more than one" if alias else "none"
        raise RequestError(
            "Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], "
            f"but found {count}",
            change=where,
        )
    policies = [name for name in POLICY_FIELDS if record.get(name) is not None and record.get(name) is not False]
    if policies and "SetIdentifier" not in record:
        raise RequestError("Missing field 'SetIdentifier'", change=where)
    if "SetIdentifier" in record and len(policies) != 1:
        count = "more than one" if policies else "none"
        raise RequestError(
            f"Expected exactly one of [Weight, Region, Failover, GeoLocation, or MultiValueAnswer], but found {count}",
            change=where,
        )
