"""Subnets with given ids. EC2 gives them ids at random, and whoever tries a description has written ids into it."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.ec2.models import ec2_backends
from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend
from moto.ec2.models.subnets import Subnet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from moto.ec2.models import EC2Backend

_PREFIX_LENGTH = 24


def make_subnets(*, region: str, subnet_ids: Sequence[str]) -> None:
    """Make subnets in the default VPC of ``region``, each in the next Availability Zone; leave those that exist.

    Raises ``ValueError`` for a region that EC2 does not have.
    """
    if region not in RegionsAndZonesBackend.zones:
        msg = f"region: must be a region that EC2 has, got {region!r}"
        raise ValueError(msg)
    ec2 = ec2_backends[DEFAULT_ACCOUNT_ID][region]
    zones = RegionsAndZonesBackend.zones[region]
    vpc = next(vpc for vpc in ec2.vpcs.values() if vpc.is_default)
    known = {subnet.id for subnet in ec2.describe_subnets()}
    blocks = _free_blocks(ec2, vpc.id, vpc.cidr_block)
    for index, subnet_id in enumerate(subnet_ids):
        if subnet_id in known:
            continue
        zone = zones[index % len(zones)]
        subnet = Subnet(  # type: ignore[abstract]  # as moto's own create_subnet does
            ec2, subnet_id, vpc.id, str(next(blocks)), None, zone, default_for_az=False, map_public_ip_on_launch=False
        )
        ec2.associate_default_network_acl_with_subnet(subnet_id, vpc.id)
        ec2.subnets[zone.name][subnet_id] = subnet


def _free_blocks(ec2: EC2Backend, vpc_id: str, cidr: str) -> Iterator[ipaddress.IPv4Network]:
    taken = [subnet.cidr for subnet in ec2.describe_subnets(filters={"vpc-id": vpc_id})]
    for block in ipaddress.IPv4Network(cidr).subnets(new_prefix=_PREFIX_LENGTH):
        if not any(block.overlaps(other) for other in taken):
            yield block
