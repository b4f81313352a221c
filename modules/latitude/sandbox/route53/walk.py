"""The way from a name to its answer, record by record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from latitude.sandbox.route53.choices import candidate, choose
from latitude.sandbox.route53.records import normal_name
from latitude.sandbox.route53.services import Lookup, health_of
from latitude.sandbox.route53.standing import record_health
from latitude.sandbox.route53.zones import is_service, records_at, zone_of

if TYPE_CHECKING:
    from moto.route53.models import FakeZone, RecordSet, Route53Backend

    from latitude.sandbox.route53.answers import Considered, Outcome
    from latitude.sandbox.route53.health import Health

LONGEST_CHAIN = 16


@dataclass(kw_only=True)
class Walk:
    """The way from a name to its answer."""

    backend: Route53Backend | None
    origin: tuple[float, float]
    record_type: str
    draw: float
    lookup: Lookup
    outcome: Outcome = "NXDOMAIN"
    zone: str | None = None
    region: str | None = None
    service_url: str | None = None
    values: list[str] = field(default_factory=list)
    ttl_seconds: int | None = None
    steps: list[str] = field(default_factory=list)
    considered: list[Considered] = field(default_factory=list)

    def follow(self, name: str) -> None:
        """Walk until something answers, or a chain of aliases and CNAMEs turns out to be too long."""
        for _ in range(LONGEST_CHAIN):
            following = self._step(name)
            if following is None:
                return
            name = following
        self.steps.append(f"gave up after {LONGEST_CHAIN} aliases and CNAMEs: they go round in a circle")
        self.outcome = "NODATA"

    def _step(self, name: str) -> str | None:
        if self._ends_at_service(name):
            return None
        found = self._records(name)
        if found is None:
            return None
        records, cname = found
        chosen = self._choose(records)
        if chosen.alias_target is not None:
            target = normal_name(chosen.alias_target["DNSName"])
            self.steps.append(f"{name} is an alias of {target}")
            self.region = chosen.region if chosen.region is not None else self.region
            return target
        if cname and self.record_type != "CNAME":
            target = normal_name(str(chosen.records[0]))
            self.steps.append(f"{name} is a CNAME of {target}")
            return target
        self.outcome = "NOERROR"
        self.values = [str(value) for value in chosen.records or []]
        self.ttl_seconds = None if chosen.ttl is None else int(chosen.ttl)
        self.region = chosen.region if chosen.region is not None else self.region
        return None

    def _ends_at_service(self, name: str) -> bool:
        if not is_service(name):
            return False
        bare = name.rstrip(".")
        healthy, reason, region = health_of(bare, lookup=self.lookup)
        self.outcome = "NXDOMAIN" if region is None else "NOERROR"
        self.region = region if region is not None else self.region
        self.service_url = bare
        self.ttl_seconds = 60
        self.steps.append(f"{bare}: {reason}" + ("" if healthy or region is None else ", and is served all the same"))
        return True

    def _records(self, name: str) -> tuple[list[RecordSet], bool] | None:
        zone = self._zone(name)
        if zone is None:
            return None
        at_name, owner = records_at(zone, name)
        if owner is None:
            self.steps.append(f"{zone.name} has no name {name}")
            return None
        if owner != name:
            self.steps.append(f"{name} is answered by the wildcard {owner}")
        wanted = [record for record in at_name if record.type == self.record_type]
        cnames = [record for record in at_name if record.type == "CNAME"]
        if not wanted and not cnames:
            self.outcome = "NODATA"
            self.steps.append(f"{owner} has no record of type {self.record_type}")
            return None
        return wanted or cnames, not wanted

    def _zone(self, name: str) -> FakeZone | None:
        zone, remarks = (None, []) if self.backend is None else zone_of(name, backend=self.backend)
        self.steps += remarks
        if zone is None:
            self.steps.append(f"no public hosted zone holds {name}")
        elif self.zone is None:
            self.zone = normal_name(zone.name)
        return zone

    def _choose(self, records: list[RecordSet]) -> RecordSet:
        candidates = [candidate(record, health=self._health(record), origin=self.origin) for record in records]
        chosen = choose(candidates, draw=self.draw)
        self.considered += [entry.view for entry in candidates]
        return chosen.record

    def _health(self, record: RecordSet) -> Health:
        assert self.backend is not None  # noqa: S101 - it held the record
        return record_health(record, backend=self.backend, lookup=self.lookup)
