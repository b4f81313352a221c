"""A resource record set, and what makes two of them the same, alike or equal."""

from __future__ import annotations

from typing import Any

from moto.route53.models import RecordSet

POLICY_FIELDS = {
    "Weight": "weighted",
    "Region": "latency",
    "Failover": "failover",
    "GeoLocation": "geolocation",
    "GeoProximityLocation": "geoproximity",
    "MultiValueAnswer": "multivalue answer",
    "CidrRoutingConfig": "cidr",
}


class Record(RecordSet):
    """moto's record set, with the two policies that it lacks."""

    def __init__(self, change: dict[str, Any]) -> None:
        """``change`` is the ResourceRecordSet of a request."""
        values = dict(change)
        values["Name"] = escaped_name(change["Name"])
        values["ResourceRecords"] = [entry["Value"] for entry in change.get("ResourceRecords", [])]
        super().__init__(values)
        self.cidr_routing_config = change.get("CidrRoutingConfig")
        self.geo_proximity_location = change.get("GeoProximityLocation")


def normal_name(name: str) -> str:
    """Return ``name`` in lower case, fully qualified, with a plain ``*``."""
    return name.lower().replace("\\052", "*").rstrip(".") + "."


def escaped_name(name: str) -> str:
    """Return ``name`` as Route 53 answers it: like ``normal_name``, with ``*`` in octal."""
    return normal_name(name).replace("*", "\\052")


def policy(record: RecordSet) -> str:
    """Return the routing policy of ``record``: ``simple`` or one of ``POLICY_FIELDS``."""
    present = {
        "weighted": record.weight is not None,
        "latency": record.region is not None,
        "failover": record.failover is not None,
        "geolocation": record.geo_location is not None,
        "multivalue answer": bool(record.multi_value_answer),
        "geoproximity": getattr(record, "geo_proximity_location", None) is not None,
        "cidr": getattr(record, "cidr_routing_config", None) is not None,
    }
    return next((name for name, given in present.items() if given), "simple")


def identity(record: RecordSet) -> tuple[str, str, str | None]:
    """Return what Route 53 finds a record by: name, type and set identifier."""
    return normal_name(record.name), str(record.type), record.set_identifier


def contents(record: RecordSet) -> dict[str, Any]:
    """Return everything that a DELETE must repeat."""
    target = record.alias_target
    return {
        "ttl": None if record.ttl is None else int(record.ttl),
        "values": sorted(str(value) for value in record.records or []),
        "policy": policy(record),
        "details": (record.weight, record.region, record.failover, record.geo_location),
        "health check": record.health_check_id,
        "target": target
        and (
            target["HostedZoneId"],
            normal_name(target["DNSName"]),
            str(target["EvaluateTargetHealth"]).lower() == "true",
        ),
    }


def title(record: RecordSet) -> str:
    """Return Route 53's way of naming ``record`` in its messages."""
    name, kind, identifier = identity(record)
    suffix = "" if identifier is None else f", set-identifier='{identifier}'"
    return f"[name='{name}', type='{kind}'{suffix}]"
