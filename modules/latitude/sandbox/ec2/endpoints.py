"""The services that VPC endpoints can lead to. moto loads all of its services to list them, and lacks App Runner's."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from moto.core.base_backend import BaseBackend
from moto.ec2.models import EC2Backend
from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend

# https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html: what applications reach so.
_INTERFACES = (
    "apprunner",
    "apprunner.requests",
    "ecr.api",
    "ecr.dkr",
    "kms",
    "logs",
    "monitoring",
    "secretsmanager",
    "ssm",
    "sts",
)
_GATEWAYS = ("dynamodb", "s3")


def install() -> None:
    """Let EC2 list these services, in the regions that it has."""
    EC2Backend._collect_default_endpoint_services = staticmethod(_listed)  # type: ignore[assignment,method-assign] # noqa: SLF001 - moto has no hook


def _listed(_account_id: str, region: str) -> list[dict[str, Any]]:
    return list(_services(region))


@lru_cache
def _services(region: str) -> tuple[dict[str, Any], ...]:
    zones = [zone.name for zone in RegionsAndZonesBackend.zones[region]]
    make = BaseBackend.default_vpc_endpoint_service_factory
    interfaces = [make(region, zones, service=name) for name in _INTERFACES]
    gateways = [
        make(region, zones, service=name, service_type="Gateway", private_dns_names=False) for name in _GATEWAYS
    ]
    return tuple(service for made in (*interfaces, *gateways) for service in made)
