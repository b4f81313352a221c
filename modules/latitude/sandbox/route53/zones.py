"""Finding the zone of a name, and the records of a name in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.sandbox.route53.records import normal_name

if TYPE_CHECKING:
    from moto.route53.models import FakeZone, RecordSet, Route53Backend


def zone_of(name: str, *, backend: Route53Backend) -> tuple[FakeZone | None, list[str]]:
    """Return the public zone that answers for ``name``, and remarks on zones that would but are not reached.

    The way leads from the shortest zone of the account that ``name`` is in to the longest; from one zone to the next
    only where the upper zone delegates with an NS record, as the public DNS does.
    """
    within = [
        zone
        for zone in backend.zones.values()
        if not zone.private_zone and (name == normal_name(zone.name) or name.endswith(f".{normal_name(zone.name)}"))
    ]
    within.sort(key=lambda zone: len(normal_name(zone.name)))
    if not within:
        return None, []
    current, remarks = within[0], []
    for zone in within[1:]:
        below = normal_name(zone.name)
        if any(record.type == "NS" and normal_name(record.name) == below for record in current.rrsets):
            current = zone
        else:
            remarks.append(f"{current.name} has no NS record for {below}: the zone {zone.resource_id} is not reached")
    return current, remarks


def records_at(zone: FakeZone, name: str) -> tuple[list[RecordSet], str | None]:
    """Return the records that answer for ``name`` and the name they are under, or ``None`` if there is no such name.

    A wildcard stands for names that do not exist (RFC 4592): one at the closest name that does.
    """
    exact = [record for record in zone.rrsets if normal_name(record.name) == name]
    if exact or _exists(zone, name):
        return exact, name
    labels = name.split(".")
    apex = normal_name(zone.name)
    for start in range(1, len(labels)):
        above = ".".join(labels[start:])
        wild = [record for record in zone.rrsets if normal_name(record.name) == f"*.{above}"]
        if wild:
            return wild, f"*.{above}"
        if above == apex or _exists(zone, above):
            break
    return [], None


def _exists(zone: FakeZone, name: str) -> bool:
    names = (normal_name(record.name) for record in zone.rrsets)
    return any(known == name or known.endswith(f".{name}") for known in names)


def services_behind(name: str, *, backend: Route53Backend) -> set[str]:
    """Return the App Runner hostnames that aliases and CNAMEs lead to from ``name``, by any of its records."""
    passed: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        zone, _ = zone_of(current, backend=backend)
        if current in passed or zone is None:
            continue
        passed.add(current)
        targets = [_target(record) for record in records_at(zone, current)[0]]
        waiting += [normal_name(target) for target in targets if target is not None]
        passed |= {normal_name(target) for target in targets if target is not None and is_service(target)}
    return {passage for passage in passed if is_service(passage)}


def is_service(name: str) -> bool:
    """Whether ``name`` is a hostname that App Runner gave."""
    return normal_name(name).endswith(".awsapprunner.com.")


def _target(record: RecordSet) -> str | None:
    if record.alias_target is not None:
        return str(record.alias_target["DNSName"])
    return str(record.records[0]) if record.type == "CNAME" else None
