"""Whether a record may be served: its health check, and its alias target's health."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.sandbox.route53.health import Health, evaluate
from latitude.sandbox.route53.records import normal_name
from latitude.sandbox.route53.services import Lookup, health_of
from latitude.sandbox.route53.zones import is_service, records_at, zone_of

if TYPE_CHECKING:
    from moto.route53.models import RecordSet, Route53Backend

ALWAYS = Health(healthy=True, reason="it has no health check, so it counts as healthy")


def record_health(
    record: RecordSet, *, backend: Route53Backend, lookup: Lookup, seen: frozenset[str] = frozenset()
) -> Health:
    """Return the health of ``record``: unhealthy if its check or, with EvaluateTargetHealth, its target is.

    A target in the same zone is healthy if at least one of its records is. ``seen`` are the names passed on the way
    here; one that comes round again counts as healthy.
    """
    verdicts = []
    if record.health_check_id is not None:
        verdicts.append(evaluate(record.health_check_id, backend=backend, lookup=lookup))
    target = record.alias_target
    if target is not None and str(target["EvaluateTargetHealth"]).lower() == "true":
        name = normal_name(target["DNSName"])
        if name not in seen:
            verdicts.append(_target_health(record, name, backend=backend, lookup=lookup, seen=seen | {name}))
    if not verdicts:
        return ALWAYS
    return next((verdict for verdict in verdicts if not verdict.healthy), verdicts[-1])


def _target_health(
    record: RecordSet, name: str, *, backend: Route53Backend, lookup: Lookup, seen: frozenset[str]
) -> Health:
    if is_service(name):
        healthy, reason, _ = health_of(name, lookup=lookup)
        return Health(healthy=healthy, reason=reason)
    zone, _ = zone_of(name, backend=backend)
    if zone is None:
        return Health(healthy=True, reason=f"{name} is outside the sandbox and taken to answer")
    records, _ = records_at(zone, name)
    verdicts = [
        record_health(entry, backend=backend, lookup=lookup, seen=seen)
        for entry in records
        if entry.type == record.type
    ]
    served = sum(verdict.healthy for verdict in verdicts)
    return Health(healthy=served > 0, reason=f"{served} of {len(verdicts)} records of {name} are healthy")
