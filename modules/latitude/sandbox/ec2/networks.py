"""Networks with given ids. EC2 gives ids at random, and whoever tries a description has written ids into it.

moto's own functions take no ids; its classes, which they make as they are made here, count as abstract for mypy.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.ec2.models import ec2_backends
from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend
from moto.ec2.models.security_groups import SecurityGroup
from moto.ec2.models.subnets import Subnet
from moto.ec2.models.vpcs import VPC, VPCEndPoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from moto.ec2.models import EC2Backend

_CIDR = "10.0.0.0/16"
_PREFIX_LENGTH = 24


def make_network(*, region: str, ids: Sequence[str], vpc_id: str | None = None) -> None:
    """Make subnets, security groups and endpoints for App Runner's requests in a VPC; leave what exists.

    Each subnet is in the next Availability Zone. Without ``vpc_id``, all is made in the VPC that some of it is in
    already, or else in the region's default VPC.

    Raises ``ValueError`` for a region that EC2 does not have, and for an id of another kind.
    """
    if region not in RegionsAndZonesBackend.zones:
        msg = f"region: must be a region that EC2 has, got {region!r}"
        raise ValueError(msg)
    strange = [each for each in ids if each.partition("-")[0] not in _MAKES]
    if strange:
        msg = f"ids: must begin with {', '.join(f'{kind}-' for kind in _MAKES)}, got {', '.join(map(repr, strange))}"
        raise ValueError(msg)
    ec2 = ec2_backends[DEFAULT_ACCOUNT_ID][region]
    vpc = _vpc(ec2, vpc_id, set(ids))
    for kind, make in _MAKES.items():
        make(ec2, vpc, [each for each in ids if each.startswith(f"{kind}-")])


def _vpc(ec2: EC2Backend, vpc_id: str | None, members: set[str]) -> VPC:
    """Return the VPC of this id, which may have to be made, or of one of these subnets and groups, or the default."""
    if vpc_id is None:
        known: list[Any] = [*ec2.describe_subnets(), *ec2.describe_security_groups()]
        among = next((each.vpc_id for each in known if each.id in members), None)
        return ec2.vpcs[among] if among is not None else next(vpc for vpc in ec2.vpcs.values() if vpc.is_default)
    if vpc_id not in ec2.vpcs:
        ec2.vpcs[vpc_id] = VPC(ec2, vpc_id, _CIDR, is_default=False)  # type: ignore[abstract]
        ec2.create_route_table(vpc_id, main=True)
        ec2.create_network_acl(vpc_id, default=True)
        ec2.create_security_group("default", "default VPC security group", vpc_id=vpc_id, is_default=True)
    return ec2.vpcs[vpc_id]


def _make_subnets(ec2: EC2Backend, vpc: VPC, subnet_ids: Sequence[str]) -> None:
    zones = RegionsAndZonesBackend.zones[ec2.region_name]
    known = {subnet.id for subnet in ec2.describe_subnets()}
    blocks = _free_blocks(ec2, vpc.id, vpc.cidr_block)
    for index, subnet_id in enumerate(subnet_ids):
        if subnet_id in known:
            continue
        zone = zones[index % len(zones)]
        subnet = Subnet(  # type: ignore[abstract]
            ec2, subnet_id, vpc.id, str(next(blocks)), None, zone, default_for_az=False, map_public_ip_on_launch=False
        )
        ec2.associate_default_network_acl_with_subnet(subnet_id, vpc.id)
        ec2.subnets[zone.name][subnet_id] = subnet


def _make_groups(ec2: EC2Backend, vpc: VPC, group_ids: Sequence[str]) -> None:
    for group_id in group_ids:
        if ec2.get_security_group_from_id(group_id) is None:
            group = SecurityGroup(ec2, group_id, group_id, "stated by its id", vpc_id=vpc.id)  # type: ignore[abstract]
            ec2.groups[vpc.id][group_id] = group


def _make_endpoints(ec2: EC2Backend, vpc: VPC, endpoint_ids: Sequence[str]) -> None:
    service = f"com.amazonaws.{ec2.region_name}.apprunner.requests"
    for endpoint_id in endpoint_ids:
        if endpoint_id not in ec2.vpc_end_points:
            ec2.vpc_end_points[endpoint_id] = VPCEndPoint(  # type: ignore[abstract]
                ec2, endpoint_id, vpc.id, service, "Interface", None, [], dns_entries=[]
            )


def _free_blocks(ec2: EC2Backend, vpc_id: str, cidr: str) -> Iterator[ipaddress.IPv4Network]:
    taken = [subnet.cidr for subnet in ec2.describe_subnets(filters={"vpc-id": vpc_id})]
    for block in ipaddress.IPv4Network(cidr).subnets(new_prefix=_PREFIX_LENGTH):
        if not any(block.overlaps(other) for other in taken):
            yield block


_MAKES: dict[str, Callable[[EC2Backend, VPC, Sequence[str]], None]] = {
    "subnet": _make_subnets,
    "sg": _make_groups,
    "vpce": _make_endpoints,
}
"""What makes the resources whose ids begin so."""
