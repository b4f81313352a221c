"""What ``resolve`` answers, with its reasons."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Outcome = Literal["NOERROR", "NODATA", "NXDOMAIN"]


@dataclass(frozen=True, kw_only=True)
class Considered:
    """A record that could have been the answer.

    ``distance_km`` is the great-circle distance from the one who asks to the record's region, ``None`` unless the
    record is a latency record. ``why`` says why the record was chosen or was not.
    """

    name: str
    record_type: str
    policy: str
    set_identifier: str | None
    region: str | None
    weight: int | None
    target: str
    healthy: bool
    health: str
    distance_km: int | None
    chosen: bool
    why: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Where a name leads for someone in ``place``.

    ``service_url`` and ``region`` are the App Runner service's, when the name ends at one; ``values`` are the plain
    record's otherwise. ``steps`` tell the way through the zone in words, ``considered`` the records of each step.
    """

    name: str
    record_type: str
    place: str
    outcome: Outcome
    zone: str | None
    region: str | None
    service_url: str | None
    values: tuple[str, ...]
    ttl_seconds: int | None
    steps: tuple[str, ...]
    considered: tuple[Considered, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as plain data for JSON."""
        return asdict(self)
