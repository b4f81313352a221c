"""Alias targets: which hosted zone goes with which name."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from latitude.sandbox.elb.zones import application_zone_id
from latitude.sandbox.route53.places import REGIONS
from latitude.sandbox.route53.records import Record, normal_name

if TYPE_CHECKING:
    from moto.route53.models import FakeZone, RecordSet

APP_RUNNER = ".awsapprunner.com."
# https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html
FIXED_ZONES = {"Z2FDTNDATAQYW2": ".cloudfront.net."}


def service_zone_suffixes() -> dict[str, str]:
    """Return the ending of the names in the hosted zones that AWS keeps for its services, by zone id.

    App Runner's are all here, those of application and classic load balancers, and CloudFront's; the zones of other
    services are not known, and not checked.
    """
    from latitude.sandbox.apprunner import hosted_zone_id  # noqa: PLC0415 - the service loads when it is asked for

    suffixes = dict(FIXED_ZONES)
    for region in REGIONS:
        with contextlib.suppress(KeyError):
            suffixes[hosted_zone_id(region)] = f".{region}{APP_RUNNER}"
        with contextlib.suppress(KeyError):
            suffixes[application_zone_id(region)] = f".{region}.elb.amazonaws.com."
    return suffixes


def alias_faults(record: Record, *, records: list[RecordSet], zone: FakeZone) -> list[str]:
    """Return why the alias target of ``record`` is refused in ``zone``, which will hold ``records``."""
    target = record.alias_target
    if target is None:
        return []
    name = normal_name(target["DNSName"])
    zone_id = target["HostedZoneId"].rsplit("/", 1)[-1]
    subject = f"Tried to create an alias that targets {name}, type {record.type} in zone {zone_id}, but"
    outside = f"{subject} the alias target name does not lie within the target zone"
    missing = f"{subject} that target was not found"
    suffixes = service_zone_suffixes()
    if zone_id in suffixes:
        return [] if name.endswith(suffixes[zone_id]) else [outside, missing]
    if zone_id != zone.resource_id:
        return [outside, missing] if name.endswith((APP_RUNNER, *FIXED_ZONES.values())) else []
    zone_name = normal_name(zone.name)
    if name != zone_name and not name.endswith(f".{zone_name}"):
        return [outside, missing]
    found = any(normal_name(entry.name) == name and entry.type == record.type for entry in records)
    return [] if found else [missing]
