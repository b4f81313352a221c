"""VPC connectors: the way from a service into a VPC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latitude.sandbox.apprunner import clock, vpcs
from latitude.sandbox.apprunner.exceptions import (
    InvalidRequestException,
    ResourceNotFoundException,
    ServiceQuotaExceededException,
)
from latitude.sandbox.apprunner.identifiers import new_id
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
class VpcConnector:
    """The subnets and security groups through which services reach a VPC."""

    name: str
    arn: str
    subnets: list[str]
    security_groups: list[str]
    created_at: datetime
    deleted_at: datetime | None = None

    def shown(self) -> dict[str, Any]:
        """Return a VpcConnector. App Runner supports one revision a name."""
        return {
            "VpcConnectorName": self.name,
            "VpcConnectorArn": self.arn,
            "VpcConnectorRevision": 1,
            "Subnets": self.subnets,
            "SecurityGroups": self.security_groups,
            "Status": "ACTIVE" if self.deleted_at is None else "INACTIVE",
            "CreatedAt": self.created_at,
            "DeletedAt": self.deleted_at,
        }


class VpcConnectors:
    """The VPC connectors of one region."""

    def __init__(self, *, region: Region, tags: Tags, register: ServiceRegister) -> None:
        self._region = region
        self._tags = tags
        self._register = register
        self._by_arn: dict[str, VpcConnector] = {}

    def create(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """CreateVpcConnector: neither its name nor its subnets and security groups may be another's."""
        name = request["VpcConnectorName"]
        vpc_id = vpcs.vpc_of(self._region, request["Subnets"])
        groups = request.get("SecurityGroups", []) or [vpcs.default_security_group(self._region, vpc_id)]
        vpcs.require_security_groups(self._region, groups)
        active = self._active()
        for other in active:
            if other.name == name:
                msg = f"A VPC connector with the provided name already exists: {name}."
                raise InvalidRequestException(msg)
            if set(other.subnets) == set(request["Subnets"]) and set(other.security_groups) == set(groups):
                msg = f"A VPC connector with the same subnets and security groups already exists. ARN: {other.arn}"
                raise InvalidRequestException(msg)
        if len(active) >= _QUOTA:
            raise ServiceQuotaExceededException(what="VPC connectors", quota=_QUOTA)
        item = VpcConnector(
            name=name,
            arn=self._region.arn("vpcconnector", name, "1", new_id()),
            subnets=list(request["Subnets"]),
            security_groups=list(groups),
            created_at=clock.now(),
        )
        self._by_arn[item.arn] = item
        self._tags.add(item.arn, request.get("Tags", []))
        return {"VpcConnector": item.shown()}

    def describe(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """DescribeVpcConnector, deleted or not."""
        return {"VpcConnector": self._find(request["VpcConnectorArn"]).shown()}

    def delete(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """DeleteVpcConnector, unless a service uses it."""
        item = self._find(request["VpcConnectorArn"])
        if item.deleted_at is not None:
            raise ResourceNotFoundException(what="VPC connector", arn=item.arn)
        if self._register.using("VpcConnectorArn", item.arn):
            msg = f"Provided VPC connector arn is being used by other services. ARN: {item.arn}"
            raise InvalidRequestException(msg)
        item.deleted_at = clock.now()
        self._tags.forget(item.arn)
        return {"VpcConnector": item.shown()}

    def list_all(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """ListVpcConnectors: the active ones."""
        chosen, token = page(self._active(), request)
        return {"VpcConnectors": [item.shown() for item in chosen], **token}

    def require_active(self, arn: str) -> None:
        """Raise ``InvalidRequestException`` unless a service may use the connector."""
        if arn not in {item.arn for item in self._active()}:
            msg = f"The VPC connector ARN you specified isn't valid. ARN: '{arn}'"
            raise InvalidRequestException(msg)

    def _active(self) -> list[VpcConnector]:
        return [item for item in self._by_arn.values() if item.deleted_at is None]

    def _find(self, arn: str) -> VpcConnector:
        if arn not in self._by_arn:
            raise ResourceNotFoundException(what="VPC connector", arn=arn)
        return self._by_arn[arn]
