"""App Runner's state in one region of one account."""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING, Any

from moto.core.base_backend import BackendDict, BaseBackend

from latitude.sandbox.apprunner.connections import Connections
from latitude.sandbox.apprunner.connectors import VpcConnectors
from latitude.sandbox.apprunner.domains import CustomDomains
from latitude.sandbox.apprunner.ingress import VpcIngressConnections
from latitude.sandbox.apprunner.observability import ObservabilityConfigurations
from latitude.sandbox.apprunner.region import Region
from latitude.sandbox.apprunner.register import ServiceRegister
from latitude.sandbox.apprunner.scaling import AutoScalingConfigurations
from latitude.sandbox.apprunner.services import Services
from latitude.sandbox.apprunner.tags import Tags
from latitude.sandbox.apprunner.usable import Usable

if TYPE_CHECKING:
    from collections.abc import Mapping


class AppRunnerBackend(BaseBackend):
    """One region: its services, each kind of resource that they use, and the tags of all."""

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.lock = RLock()
        region = Region(name=region_name, account_id=account_id, partition=self.partition)
        tags = self.tags = Tags()
        register = self.register = ServiceRegister()
        self.connections = Connections(region=region, tags=tags, register=register)
        self.connectors = VpcConnectors(region=region, tags=tags, register=register)
        self.observability = ObservabilityConfigurations(region=region, tags=tags, register=register)
        self.scaling = AutoScalingConfigurations(region=region, tags=tags, register=register)
        self.ingress = VpcIngressConnections(region=region, tags=tags, register=register)
        self.domains = CustomDomains(region=region, register=register, ingress=self.ingress)
        usable = Usable(
            region=region,
            connections=self.connections,
            connectors=self.connectors,
            observability=self.observability,
            scaling=self.scaling,
        )
        self.services = Services(region=region, tags=tags, register=register, usable=usable, ingress=self.ingress)

    def tag_resource(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """TagResource."""
        self._require_tagged(request["ResourceArn"])
        self.tags.add(request["ResourceArn"], request["Tags"])
        return {}

    def untag_resource(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """UntagResource."""
        kept = self._require_tagged(request["ResourceArn"])
        for name in request["TagKeys"]:
            kept.pop(name, None)
        return {}

    def list_tags(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """ListTagsForResource."""
        kept = self._require_tagged(request["ResourceArn"])
        return {"Tags": [{"Key": name, "Value": value} for name, value in kept.items()]}

    def _require_tagged(self, arn: str) -> dict[str, str]:
        if arn == self.scaling.default.arn:
            self.tags.add(arn, [])
        if ":service/" in arn:
            self.register.get(arn)
        return self.tags.of(arn)


apprunner_backends: BackendDict[AppRunnerBackend] = BackendDict(AppRunnerBackend, "apprunner")
