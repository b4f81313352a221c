"""Outgoing traffic through a VPC."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from latitude.bindings import Construct, aws, cdktf
from latitude.constructs.capability import Capability
from latitude.constructs.expressions import HASH_LENGTH, content_hash, shortened
from latitude.constructs.text import tags
from latitude.spec.names import MAX_APP_RUNNER_NAME_LENGTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.spec import VpcAccess

_ANYWHERE: Final = {"ipv4": {"cidr_ipv4": "0.0.0.0/0"}, "ipv6": {"cidr_ipv6": "::/0"}}


class VpcConnector(Capability):
    """Makes an App Runner VPC connector, and where none is given a security group that allows all outgoing traffic.

    App Runner refuses a second connector with the same subnets and security groups, and deletes slowly: the name
    changes with the content, so that the new one stands beside the old one until the service has moved.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: VpcAccess,
        provider: Any,
        name: str,
        labels: Mapping[str, str],
    ) -> None:
        super().__init__(scope, id, provider=provider)
        groups = [self._group(spec, name)] if spec.security_group_ids is None else list(spec.security_group_ids)
        digest = content_hash([*spec.subnet_ids, "", *(spec.security_group_ids or ())])
        longest = MAX_APP_RUNNER_NAME_LENGTH - HASH_LENGTH - 1
        self.arn: str = self.make(
            aws.apprunner_vpc_connector.ApprunnerVpcConnector,
            vpc_connector_name=f"{shortened(name, longest)}-{digest}",
            subnets=list(spec.subnet_ids),
            security_groups=groups,
            tags=tags(labels),
            lifecycle=cdktf.TerraformResourceLifecycle(create_before_destroy=True),
        ).arn
        self.security_group_ids = groups

    def _group(self, spec: VpcAccess, name: str) -> str:
        subnet = self.make(aws.data_aws_subnet.DataAwsSubnet, id=spec.subnet_ids[0])
        group = self.make(
            aws.security_group.SecurityGroup,
            name_prefix=f"{name}-",
            description=f"Outgoing traffic of the App Runner service {name}",
            vpc_id=subnet.vpc_id,
            lifecycle=cdktf.TerraformResourceLifecycle(create_before_destroy=True),
        )
        for version, destination in _ANYWHERE.items():
            self.make(
                aws.vpc_security_group_egress_rule.VpcSecurityGroupEgressRule,
                version,
                security_group_id=group.id,
                ip_protocol="-1",
                **destination,
            )
        group_id: str = group.id
        return group_id
