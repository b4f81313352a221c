"""Incoming traffic from a VPC only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability
from latitude.constructs.text import tags

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.spec import PrivateIngress


class IngressConnection(Capability):
    """Makes an App Runner VPC ingress connection, and where none is given the interface endpoint that it belongs to."""

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
        labels: Mapping[str, str],
    ) -> None:
        super().__init__(scope, id, provider=provider)
        self.connection = self.make(
            aws.apprunner_vpc_ingress_connection.ApprunnerVpcIngressConnection,
            name=name,
            service_arn=service_arn,
            ingress_vpc_configuration={"vpc_id": spec.vpc_id, "vpc_endpoint_id": self._endpoint(spec, region, labels)},
            tags=tags(labels),
        )
        self.domain_name: str = self.connection.domain_name

    def _endpoint(self, spec: PrivateIngress, region: str, labels: Mapping[str, str]) -> str:
        if spec.vpc_endpoint_id is not None:
            return spec.vpc_endpoint_id
        made = self.make(
            aws.vpc_endpoint.VpcEndpoint,
            vpc_id=spec.vpc_id,
            service_name=f"com.amazonaws.{region}.apprunner.requests",
            vpc_endpoint_type="Interface",
            subnet_ids=None if spec.subnet_ids is None else list(spec.subnet_ids),
            security_group_ids=None if spec.security_group_ids is None else list(spec.security_group_ids),
            # App Runner resolves the ingress connection's own domain name to the endpoint.
            private_dns_enabled=False,
            tags=tags(labels),
        )
        endpoint_id: str = made.id
        return endpoint_id
