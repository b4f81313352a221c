"""How users reach an App Runner service in one region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latitude.bindings import aws
from latitude.constructs.capability import ITSELF, Capability
from latitude.constructs.compute.app_runner.custom_domain import CustomDomain

if TYPE_CHECKING:
    from latitude.spec import Domain


@dataclass(frozen=True, kw_only=True)
class AppRunnerFront:
    """The way to a service, by its ARN and by the host of its own URL in its region."""

    service_arn: str
    host: str
    host_code: str

    def associate(self, scope: Capability, *, domain: Domain, zone_id: str, region: str, dns: Any) -> CustomDomain:
        """Associate the domain with the service; see ``CustomDomain``."""
        return CustomDomain(
            scope,
            ITSELF,
            spec=domain,
            provider=scope.provider,
            service_arn=self.service_arn,
            zone_id=zone_id,
            region=region,
            dns=dns,
        )

    def alias_zone_id(self, scope: Capability) -> str:
        """Read App Runner's hosted zone in the region: a service has no ``zone_id`` of its own (provider 36359)."""
        zone_id: str = scope.make(aws.data_aws_apprunner_hosted_zone_id.DataAwsApprunnerHostedZoneId).id
        return zone_id
