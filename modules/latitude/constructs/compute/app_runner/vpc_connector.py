"""Outgoing traffic through a VPC."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws, cdktf
from latitude.constructs.capability import Capability
from latitude.constructs.network.security_group import outgoing_group

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.spec import VpcAccess


class VpcConnector(Capability):
    """Makes an App Runner VPC connector, and where none is given a security group that allows all outgoing traffic.

    App Runner refuses a second connector with the same subnets and security groups, and deletes slowly: give it a
    ``name`` that changes with the content, so that the new one stands beside the old one until the service has moved.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: VpcAccess,
        provider: Any,
        name: str,
        service_name: str,
        security_group_prefix: str,
        tags: Mapping[str, str],
    ) -> None:
        super().__init__(scope, id, provider=provider)
        if spec.security_group_ids is None:
            self.security_group_ids = [
                outgoing_group(
                    self,
                    subnet_id=spec.subnet_ids[0],
                    name_prefix=security_group_prefix,
                    description=f"Outgoing traffic of the App Runner service {service_name}",
                    tags=tags,
                )
            ]
        else:
            self.security_group_ids = list(spec.security_group_ids)
        self.arn: str = self.make(
            aws.apprunner_vpc_connector.ApprunnerVpcConnector,
            vpc_connector_name=name,
            subnets=list(spec.subnet_ids),
            security_groups=self.security_group_ids,
            tags=dict(tags) or None,
            lifecycle=cdktf.TerraformResourceLifecycle(create_before_destroy=True),
        ).arn
