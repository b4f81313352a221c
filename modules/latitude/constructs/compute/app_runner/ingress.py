"""Incoming traffic from a VPC only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability
from latitude.constructs.network.interface_endpoint import interface_endpoint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.spec import PrivateIngress


class IngressConnection(Capability):
    """Makes an App Runner VPC ingress connection, and where none is given the interface endpoint that it belongs to.

    App Runner resolves the ingress connection's own domain name to the endpoint, which so needs no private DNS name.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: PrivateIngress,
        provider: Any,
        region: str,
        name: str,
        service_arn: str,
        tags: Mapping[str, str],
    ) -> None:
        super().__init__(scope, id, provider=provider)
        endpoint_id = spec.vpc_endpoint_id
        if endpoint_id is None:
            endpoint_id = interface_endpoint(
                self,
                service_name=f"com.amazonaws.{region}.apprunner.requests",
                vpc_id=spec.vpc_id,
                subnet_ids=spec.subnet_ids,
                security_group_ids=spec.security_group_ids,
                tags=tags,
            )
        self.connection = self.make(
            aws.apprunner_vpc_ingress_connection.ApprunnerVpcIngressConnection,
            name=name,
            service_arn=service_arn,
            ingress_vpc_configuration={"vpc_id": spec.vpc_id, "vpc_endpoint_id": endpoint_id},
            tags=dict(tags) or None,
        )
        self.domain_name: str = self.connection.domain_name
