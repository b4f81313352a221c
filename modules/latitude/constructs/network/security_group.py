"""Security groups for what goes out through a VPC."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude.bindings import aws, cdktf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.constructs.capability import Capability

_PROTOCOLS: Final = {"ipv4": "IPv4", "ipv6": "IPv6"}
_ANYWHERE: Final = {"ipv4": {"cidr_ipv4": "0.0.0.0/0"}, "ipv6": {"cidr_ipv6": "::/0"}}


def outgoing_group(
    capability: Capability, *, subnet_id: str, name_prefix: str, description: str, tags: Mapping[str, str]
) -> str:
    """Make a security group in the VPC of a subnet, which lets all traffic out and none in, and return its id."""
    subnet = capability.make(aws.data_aws_subnet.DataAwsSubnet, id=subnet_id)
    group = capability.make(
        aws.security_group.SecurityGroup,
        name_prefix=name_prefix,
        description=description,
        vpc_id=subnet.vpc_id,
        tags=dict(tags) or None,
        lifecycle=cdktf.TerraformResourceLifecycle(create_before_destroy=True),
    )
    for version, destination in _ANYWHERE.items():
        capability.make(
            aws.vpc_security_group_egress_rule.VpcSecurityGroupEgressRule,
            version,
            security_group_id=group.id,
            description=f"All {_PROTOCOLS[version]} traffic out",
            ip_protocol="-1",
            tags=dict(tags) or None,
            **destination,
        )
    group_id: str = group.id
    return group_id
