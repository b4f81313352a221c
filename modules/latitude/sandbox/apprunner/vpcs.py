"""What App Runner looks up in EC2. moto's EC2 takes half a second to import, so it is imported when first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.core.exceptions import ServiceException

from latitude.sandbox.apprunner.exceptions import InvalidRequestException

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from latitude.sandbox.apprunner.region import Region


def vpc_of(region: Region, subnets: Sequence[str]) -> str:
    """Return the VPC of the subnets. Raises ``InvalidRequestException`` unless they exist in a single one."""
    ec2 = _ec2(region)
    try:
        vpcs = {str(ec2.get_subnet(subnet).vpc_id) for subnet in subnets}
    except ServiceException as error:
        raise InvalidRequestException(error.message) from None
    if len(vpcs) != 1:
        msg = f"All subnets must be of a single VPC, and these are of {len(vpcs)}: {', '.join(subnets)}"
        raise InvalidRequestException(msg)
    return vpcs.pop()


def default_security_group(region: Region, vpc_id: str) -> str:
    """Return the security group that a VPC has from the beginning."""
    return next(str(group.id) for group in _ec2(region).groups[vpc_id].values() if group.is_default)


def require_security_groups(region: Region, groups: Sequence[str]) -> None:
    """Raise ``InvalidRequestException`` unless all exist."""
    for group in groups:
        if _ec2(region).get_security_group_from_id(group) is None:
            msg = f"The security group '{group}' does not exist"
            raise InvalidRequestException(msg)


def require_endpoint(region: Region, vpc: Mapping[str, str]) -> None:
    """Raise ``InvalidRequestException`` unless the VPC endpoint exists, in the VPC, for App Runner's requests."""
    try:
        endpoint = _ec2(region).get_vpc_end_point(vpc.get("VpcEndpointId", ""))
    except ServiceException as error:
        raise InvalidRequestException(error.message) from None
    wanted = f"com.amazonaws.{region.name}.apprunner.requests"
    if endpoint.service_name != wanted or endpoint.vpc_id != vpc.get("VpcId"):
        msg = (
            f"The VPC endpoint {endpoint.id} must be in the VPC {vpc.get('VpcId')} and for the service {wanted}; "
            f"it is in {endpoint.vpc_id} and for {endpoint.service_name}."
        )
        raise InvalidRequestException(msg)


def _ec2(region: Region) -> Any:
    from moto.ec2.models import ec2_backends  # noqa: PLC0415 - see the module's docstring

    return ec2_backends[region.account_id][region.name]
