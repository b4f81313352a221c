"""VPC ingress connections: the way from a VPC to a private service."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from latitude.sandbox.apprunner import clock, vpcs
from latitude.sandbox.apprunner.exceptions import (
    InvalidRequestException,
    InvalidStateException,
    ResourceNotFoundException,
    ServiceQuotaExceededException,
)
from latitude.sandbox.apprunner.identifiers import new_hostname, new_id
from latitude.sandbox.apprunner.pagination import page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from latitude.sandbox.apprunner.region import Region
    from latitude.sandbox.apprunner.register import ServiceRegister
    from latitude.sandbox.apprunner.tags import Tags

# Default quota: https://docs.aws.amazon.com/general/latest/gr/apprunner.html
_QUOTA = 10


@dataclass(kw_only=True)
class VpcIngressConnection:
    """A connection between a VPC endpoint and a service, and what is being done to it until ``settles_at``."""

    name: str
    arn: str
    service_arn: str
    account_id: str
    domain_name: str
    vpc: dict[str, str]
    created_at: datetime
    settles_at: datetime
    pending: str = field(default="PENDING_CREATION")
    settled: str = field(default="AVAILABLE")

    def status(self, now: datetime) -> str:
        """Return a VpcIngressConnectionStatus."""
        return self.pending if now < self.settles_at else self.settled

    def shown(self, now: datetime) -> dict[str, Any]:
        """Return a VpcIngressConnection."""
        status = self.status(now)
        return {
            "VpcIngressConnectionArn": self.arn,
            "VpcIngressConnectionName": self.name,
            "ServiceArn": self.service_arn,
            "Status": status,
            "AccountId": self.account_id,
            "DomainName": self.domain_name,
            "IngressVpcConfiguration": self.vpc,
            "CreatedAt": self.created_at,
            "DeletedAt": self.settles_at if status == "DELETED" else None,
        }


class VpcIngressConnections:
    """The VPC ingress connections of one region."""

    def __init__(self, *, region: Region, tags: Tags, register: ServiceRegister) -> None:
        self._region = region
        self._tags = tags
        self._register = register
        self._by_arn: dict[str, VpcIngressConnection] = {}

    def create(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """CreateVpcIngressConnection, to a service that is private and not busy."""
        name = request["VpcIngressConnectionName"]
        service = self._register.idle(request["ServiceArn"], purpose="given a VPC ingress connection")
        if service.configuration["NetworkConfiguration"]["IngressConfiguration"]["IsPubliclyAccessible"]:
            msg = f"The service is publicly accessible. Make it private first. ARN: {service.arn}"
            raise InvalidRequestException(msg)
        vpcs.require_endpoint(self._region, request["IngressVpcConfiguration"])
        live = self._live()
        if any(item.name == name for item in live):
            msg = f"A VPC ingress connection with the provided name already exists: {name}."
            raise InvalidRequestException(msg)
        if len(live) >= _QUOTA:
            raise ServiceQuotaExceededException(what="VPC ingress connections", quota=_QUOTA)
        item = VpcIngressConnection(
            name=name,
            arn=self._region.arn("vpcingressconnection", name, new_id()),
            service_arn=service.arn,
            account_id=self._region.account_id,
            domain_name=new_hostname(self._region.name),
            vpc=dict(request["IngressVpcConfiguration"]),
            created_at=clock.now(),
            settles_at=clock.after_operation(),
        )
        self._by_arn[item.arn] = item
        self._tags.add(item.arn, request.get("Tags", []))
        return self._answer(item)

    def describe(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """DescribeVpcIngressConnection, deleted or not."""
        return self._answer(self._find(request["VpcIngressConnectionArn"]))

    def update(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """UpdateVpcIngressConnection: another VPC endpoint."""
        item = self._settled(request, "updated")
        vpcs.require_endpoint(self._region, request["IngressVpcConfiguration"])
        item.vpc = dict(request["IngressVpcConfiguration"])
        return self._change(item, pending="PENDING_UPDATE", settled="AVAILABLE")

    def delete(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """DeleteVpcIngressConnection."""
        item = self._settled(request, "deleted")
        self._tags.forget(item.arn)
        return self._change(item, pending="PENDING_DELETION", settled="DELETED")

    def list_all(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """ListVpcIngressConnections, filtered by service and VPC endpoint."""
        wanted = request.get("Filter", {})
        found = [
            item
            for item in self._live()
            if wanted.get("ServiceArn", item.service_arn) == item.service_arn
            and wanted.get("VpcEndpointId", item.vpc.get("VpcEndpointId")) == item.vpc.get("VpcEndpointId")
        ]
        chosen, token = page(found, request)
        summaries = [{"VpcIngressConnectionArn": item.arn, "ServiceArn": item.service_arn} for item in chosen]
        return {"VpcIngressConnectionSummaryList": summaries, **token}

    def of_service(self, service_arn: str) -> list[VpcIngressConnection]:
        """List the connections that lead to a service."""
        return [item for item in self._live() if item.service_arn == service_arn]

    def _live(self) -> list[VpcIngressConnection]:
        now = clock.now()
        return [item for item in self._by_arn.values() if item.status(now) != "DELETED"]

    def _find(self, arn: str) -> VpcIngressConnection:
        if arn not in self._by_arn:
            raise ResourceNotFoundException(what="VPC ingress connection", arn=arn)
        return self._by_arn[arn]

    def _settled(self, request: Mapping[str, Any], verb: str) -> VpcIngressConnection:
        item = self._find(request["VpcIngressConnectionArn"])
        status = item.status(clock.now())
        if status == "DELETED":
            raise ResourceNotFoundException(what="VPC ingress connection", arn=item.arn)
        if status != "AVAILABLE":
            msg = f"VPC ingress connection cannot be {verb} in the current state: {status}."
            raise InvalidStateException(msg)
        return item

    def _change(self, item: VpcIngressConnection, *, pending: str, settled: str) -> dict[str, Any]:
        item.pending, item.settled, item.settles_at = pending, settled, clock.after_operation()
        return self._answer(item)

    def _answer(self, item: VpcIngressConnection) -> dict[str, Any]:
        return {"VpcIngressConnection": item.shown(clock.now())}
