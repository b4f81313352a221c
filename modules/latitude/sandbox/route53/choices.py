"""Which record of a set is the answer: Route 53's routing policies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from latitude.sandbox.route53.answers import Considered
from latitude.sandbox.route53.places import REGIONS, distance_km
from latitude.sandbox.route53.records import normal_name, policy

if TYPE_CHECKING:
    from moto.route53.models import RecordSet

    from latitude.sandbox.route53.health import Health

MULTIVALUE_LIMIT = 8


@dataclass(kw_only=True)
class Candidate:
    """A record of the set, its health, and what came of it."""

    record: RecordSet
    health: Health
    view: Considered


def candidate(record: RecordSet, *, health: Health, origin: tuple[float, float]) -> Candidate:
    """Describe ``record`` for someone at ``origin`` (degrees north and east)."""
    latency = policy(record) == "latency"
    distance = distance_km(origin, REGIONS[record.region]) if latency and record.region in REGIONS else None
    view = Considered(
        name=normal_name(record.name),
        record_type=str(record.type),
        policy=policy(record),
        set_identifier=record.set_identifier,
        region=record.region,
        weight=None if record.weight is None else int(record.weight),
        target=_target(record),
        healthy=health.healthy,
        health=health.reason,
        distance_km=None if distance is None else round(distance),
        chosen=False,
        why="",
    )
    return Candidate(record=record, health=health, view=view)


def _target(record: RecordSet) -> str:
    if record.alias_target is not None:
        return str(record.alias_target["DNSName"])
    return ", ".join(str(value) for value in record.records or [])


def choose(candidates: list[Candidate], *, draw: float) -> Candidate:
    """Return the record that answers, and write the reasons into every candidate.

    If all are unhealthy, all are served: Route 53 then chooses as if all were healthy.
    ``draw``, from 0 to 1, is where the lot falls among weights.
    """
    kind = candidates[0].view.policy
    healthy = [entry for entry in candidates if entry.health.healthy]
    pool = healthy or candidates
    prefix = "" if healthy else "all are unhealthy, so all are served; "
    if kind == "latency":
        chosen = min(pool, key=_distance)
        reason = f"{prefix}the nearest of {len(pool)}"
    elif kind == "weighted":
        chosen, reason = _draw(candidates, draw=draw)
    elif kind == "failover":
        chosen, reason = _fail_over(candidates)
    elif kind == "multivalue answer":
        chosen = pool[min(int(draw * min(len(pool), MULTIVALUE_LIMIT)), len(pool) - 1)]
        reason = f"{prefix}one of the up to {MULTIVALUE_LIMIT} that are returned"
    elif kind == "simple":
        chosen, reason = candidates[0], "the only record"
    else:
        chosen, reason = pool[0], f"{prefix}the first: the sandbox does not evaluate {kind} records"
    for entry in candidates:
        if entry is chosen:
            entry.view = replace(entry.view, chosen=True, why=reason)
        elif not entry.health.healthy and healthy:
            entry.view = replace(entry.view, why=f"unhealthy: {entry.health.reason}")
        else:
            entry.view = replace(entry.view, why=_why_not(entry, chosen))
    return chosen


def _distance(entry: Candidate) -> float:
    return float("inf") if entry.view.distance_km is None else entry.view.distance_km


def _why_not(entry: Candidate, chosen: Candidate) -> str:
    if entry.view.distance_km is not None and chosen.view.distance_km is not None:
        return f"{entry.view.distance_km} km away, {chosen.view.region} is {chosen.view.distance_km} km"
    if entry.view.policy == "weighted":
        return "a weight of 0 gets nothing" if entry.view.weight == 0 else "the lot fell on another"
    return "another record was chosen"


def _draw(candidates: list[Candidate], *, draw: float) -> tuple[Candidate, str]:
    # https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-complex-configs.html, "weights of 0":
    # records of weight 0 are considered when none of the others is healthy
    weighed = [entry for entry in candidates if entry.health.healthy and entry.view.weight]
    zeros = [entry for entry in candidates if entry.health.healthy and not entry.view.weight]
    if not weighed and zeros:
        return zeros[0], "none with a weight is healthy, so a weight of 0 is served"
    pool = weighed or candidates
    total = sum(entry.view.weight or 0 for entry in pool)
    if total == 0:
        return pool[min(int(draw * len(pool)), len(pool) - 1)], "all weights are 0, so all are equal"
    point = draw * total
    for entry in pool:
        point -= entry.view.weight or 0
        if point < 0:
            return entry, f"drawn with {entry.view.weight} of {total}"
    return pool[-1], f"drawn with {pool[-1].view.weight} of {total}"


def _fail_over(candidates: list[Candidate]) -> tuple[Candidate, str]:
    primary = next((entry for entry in candidates if entry.record.failover == "PRIMARY"), candidates[0])
    secondary = next((entry for entry in candidates if entry.record.failover == "SECONDARY"), None)
    if primary.health.healthy:
        return primary, "the primary is healthy"
    if secondary is not None and secondary.health.healthy:
        return secondary, "the primary is unhealthy"
    return primary, "both are unhealthy, so the primary is served"
