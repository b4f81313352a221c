"""How a service reaches into VPCs, and who reaches the service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from latitude.spec.base import Part, fault, rule
from latitude.spec.limits import Length, Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from latitude.spec.faults import Fault
    from latitude.spec.service import Service

_CONNECTOR: Final = "App Runner CreateVpcConnector"


def _id(prefix: str, words: str) -> Pattern:
    return Pattern(
        regex=rf"{prefix}-(?:[0-9a-f]{{8}}|[0-9a-f]{{17}})",
        words=f"the id of {words}, {prefix}-…",
        source="Amazon EC2 resource ids",
    )


SubnetId = Annotated[str, _id("subnet", "a subnet")]
SecurityGroupId = Annotated[str, _id("sg", "a security group")]
VpcId = Annotated[str, _id("vpc", "a VPC")]
VpcEndpointId = Annotated[str, _id("vpce", "a VPC endpoint")]
SubnetIds = Annotated[tuple[SubnetId, ...], Length(minimum=1, maximum=16, unit="subnets", source=f"{_CONNECTOR}")]
SecurityGroupIds = Annotated[
    tuple[SecurityGroupId, ...],
    Length(minimum=1, maximum=5, unit="security groups", source=_CONNECTOR),
]


class VpcAccess(Part):
    """Outgoing traffic of a service through one region's VPC, to its databases, caches and queues.

    All outgoing traffic then takes this way: what is on the internet needs a NAT gateway in the subnets' route tables.
    """

    subnet_ids: SubnetIds
    """The subnets of the connector; in two Availability Zones or more, so that one can fail."""
    security_group_ids: SecurityGroupIds | None = None
    """The connector's security groups; unset: one is made that allows all outgoing traffic. Name it in the rules of
    databases and caches: an App Runner connector that shares security groups and subnets with another is refused."""

    @property
    def content(self) -> str:
        """The subnets and the security groups that are given, in words, whatever their order."""
        groups = ", ".join(sorted(self.security_group_ids or ())) or "none"
        return f"{', '.join(sorted(self.subnet_ids))} with {groups}"


def connector_faults(services: Sequence[Service], regions: Sequence[str]) -> Iterator[Fault]:
    """Yield the services that name the subnets and security groups of an earlier one in a region."""
    for region in regions:
        first: dict[str, str] = {}
        for index, service in enumerate(services):
            access = None if service.vpc is None else service.vpc.get(region)
            if access is None or access.security_group_ids is None:
                continue
            other = first.setdefault(access.content, service.name)
            if other != service.name:
                yield fault(
                    "services",
                    index,
                    "vpc",
                    region,
                    message=f"must name other subnets or security groups than {other}, or no groups, so that one is "
                    f"made, got {access.content} ({_CONNECTOR}: a second connector with the same is refused)",
                )


class PrivateIngress(Part):
    """Incoming traffic of a service from one region's VPC only: a VPC ingress connection, and no public endpoint."""

    vpc_id: VpcId
    """The VPC whose clients reach the service."""
    vpc_endpoint_id: VpcEndpointId | None = None
    """The interface endpoint for ``com.amazonaws.REGION.apprunner.requests``; unset: one is made in ``subnet_ids``."""
    subnet_ids: SubnetIds | None = None
    """The subnets of the endpoint made here."""
    security_group_ids: SecurityGroupIds | None = None
    """The security groups of the endpoint made here; unset: the VPC's default group."""

    @rule
    def _endpoint(self) -> Iterator[Fault]:
        """Set exactly one of ``vpc_endpoint_id`` and ``subnet_ids``."""
        if (self.vpc_endpoint_id is None) == (self.subnet_ids is None):
            given = "neither" if self.subnet_ids is None else "both"
            yield fault(
                "vpc_endpoint_id",
                message=f"exactly one of vpc_endpoint_id and subnet_ids must be set, got {given} "
                "(App Runner CreateVpcIngressConnection)",
            )
