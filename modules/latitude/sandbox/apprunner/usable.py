"""What a service may use, and the configuration that it has with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latitude.sandbox.apprunner import checks
from latitude.sandbox.apprunner.configuration import complete

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.sandbox.apprunner.connections import Connections
    from latitude.sandbox.apprunner.connectors import VpcConnectors
    from latitude.sandbox.apprunner.observability import ObservabilityConfigurations
    from latitude.sandbox.apprunner.region import Region
    from latitude.sandbox.apprunner.scaling import AutoScalingConfigurations


@dataclass(frozen=True, kw_only=True)
class Usable:
    """The resources of a region whose ARNs a service's configuration may hold."""

    region: Region
    connections: Connections
    connectors: VpcConnectors
    observability: ObservabilityConfigurations
    scaling: AutoScalingConfigurations

    def configured(self, request: Mapping[str, Any], *, current: Mapping[str, Any]) -> dict[str, Any]:
        """Return the configuration after a Create or Update request, with full ARNs of what it uses.

        Raises ``InvalidRequestException`` for what App Runner refuses at once.
        """
        scaling = request.get("AutoScalingConfigurationArn", current.get("AutoScalingConfigurationArn"))
        configuration = complete(request, current=current)
        configuration["AutoScalingConfigurationArn"] = (
            self.scaling.default.arn if scaling is None else self.scaling.active(scaling).arn
        )
        connector = configuration["NetworkConfiguration"]["EgressConfiguration"].get("VpcConnectorArn")
        if connector is not None:
            self.connectors.require_active(connector)
        observability = configuration["ObservabilityConfiguration"]
        if observability is not None and "ObservabilityConfigurationArn" in observability:
            arn = self.observability.active(observability["ObservabilityConfigurationArn"]).arn
            configuration["ObservabilityConfiguration"] = observability | {"ObservabilityConfigurationArn": arn}
        checks.require_usable(configuration, region=self.region, connections=self.connections)
        return configuration
