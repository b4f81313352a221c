"""Interface endpoints: the way from a VPC to a service of AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.bindings import aws, cdktf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from latitude.constructs.capability import Capability


def interface_endpoint(
    capability: Capability,
    *,
    service_name: str,
    vpc_id: str,
    subnet_ids: Sequence[str] | None,
    security_group_ids: Sequence[str] | None,
    tags: Mapping[str, str],
) -> str:
    """Make an interface endpoint without a private DNS name of its own, and return its id.

    Without groups it has the VPC's default one, by its id: left out, the provider keeps the groups that were there.
    """
    if security_group_ids is None:
        group = capability.make(aws.data_aws_security_group.DataAwsSecurityGroup, vpc_id=vpc_id, name="default")
        security_group_ids = [group.id]
    made = capability.make(
        aws.vpc_endpoint.VpcEndpoint,
        vpc_id=vpc_id,
        service_name=service_name,
        vpc_endpoint_type="Interface",
        subnet_ids=None if subnet_ids is None else list(subnet_ids),
        security_group_ids=list(security_group_ids),
        private_dns_enabled=False,
        tags=dict(tags) or None,
        # In another VPC it is another one, to which its users move before the old one goes.
        lifecycle=cdktf.TerraformResourceLifecycle(create_before_destroy=True),
    )
    endpoint_id: str = made.id
    return endpoint_id
