"""Answering a name as Route 53 would, out of the hosted zones in moto's backend."""

from __future__ import annotations

from typing import Any

from moto.route53.models import route53_backends

from latitude.sandbox.route53.answers import Answer
from latitude.sandbox.route53.places import locate
from latitude.sandbox.route53.records import normal_name
from latitude.sandbox.route53.services import Lookup, app_runner
from latitude.sandbox.route53.walk import Walk
from latitude.sandbox.route53.zones import zone_of


def resolve(
    name: str,
    *,
    from_region_or_place: str,
    record_type: str = "A",
    draw: float = 0.0,
    lookup: Lookup = app_runner,
) -> Answer:
    """Answer ``name`` for someone in ``from_region_or_place``, an AWS region or a city of ``places.CITIES``.

    Latency is stood in for by great-circle distance (see ``places``). ``draw``, from 0 to 1, is where the lot falls
    among weighted records. ``lookup`` finds the App Runner service behind a hostname. Resolvers' caches are not
    modelled: a change shows at once, whereas in the world the TTL (60 s for an alias) has to pass.
    Raises ``ValueError`` for an unknown place.
    """
    origin = locate(from_region_or_place)
    wanted = normal_name(name)
    backends = [regional["aws"] for regional in list(route53_backends.values())]
    # the name may be in any account: the first whose zones hold it
    backend = next((entry for entry in backends if zone_of(wanted, backend=entry)[0] is not None), None)
    walk = Walk(backend=backend, origin=origin, record_type=record_type, draw=draw, lookup=lookup)
    walk.follow(wanted)
    return Answer(
        name=wanted,
        record_type=record_type,
        place=from_region_or_place,
        outcome=walk.outcome,
        zone=walk.zone,
        region=walk.region,
        service_url=walk.service_url,
        values=tuple(walk.values),
        ttl_seconds=walk.ttl_seconds,
        steps=tuple(walk.steps),
        considered=tuple(walk.considered),
    )


def answer(name: str, *, from_region_or_place: str, record_type: str = "A", draw: float = 0.0) -> dict[str, Any]:
    """Answer as ``resolve`` does, as plain data for JSON."""
    return resolve(name, from_region_or_place=from_region_or_place, record_type=record_type, draw=draw).as_dict()
