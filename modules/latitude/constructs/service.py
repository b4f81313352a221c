"""The App Runner service."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability
from latitude.constructs.source_configuration import Origin, source_configuration
from latitude.constructs.text import tags

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from latitude.spec import Service


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a service is given in its region, made or found there before it."""

    origin: Origin
    instance_role_arn: str
    autoscaling_arn: str
    variables: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    vpc_connector_arn: str | None = None
    observability_arn: str | None = None
    kms_key_arn: str | None = None
    depends_on: Sequence[Any] = ()


class AppRunnerService(Capability):
    """Makes the App Runner service of one region. Requests end after 120 seconds, whatever the service does."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: Service,
        provider: Any,
        name: str,
        surroundings: Surroundings,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        check = spec.health_check
        self.service = self.make(
            aws.apprunner_service.ApprunnerService,
            service_name=name,
            source_configuration=source_configuration(
                spec, surroundings.origin, variables=surroundings.variables, secrets=surroundings.secrets
            ),
            instance_configuration={
                "cpu": str(spec.cpu),
                "memory": str(spec.memory),
                "instance_role_arn": surroundings.instance_role_arn,
            },
            auto_scaling_configuration_arn=surroundings.autoscaling_arn,
            health_check_configuration={
                "protocol": check.protocol,
                "path": check.path,
                "interval": check.interval_seconds,
                "timeout": check.timeout_seconds,
                "healthy_threshold": check.healthy_threshold,
                "unhealthy_threshold": check.unhealthy_threshold,
            },
            network_configuration=_network(spec, surroundings.vpc_connector_arn),
            observability_configuration={
                "observability_enabled": surroundings.observability_arn is not None,
                "observability_configuration_arn": surroundings.observability_arn,
            },
            encryption_configuration=None
            if surroundings.kms_key_arn is None
            else {"kms_key": surroundings.kms_key_arn},
            tags=tags(spec.tags),
            depends_on=list(surroundings.depends_on) or None,
        )
        self.arn: str = self.service.arn
        self.url: str = self.service.service_url


def _network(spec: Service, connector_arn: str | None) -> dict[str, Any]:
    return {
        "ip_address_type": spec.ip_address_type,
        "ingress_configuration": {"is_publicly_accessible": spec.private_ingress is None},
        "egress_configuration": {"egress_type": "DEFAULT"}
        if connector_arn is None
        else {"egress_type": "VPC", "vpc_connector_arn": connector_arn},
    }
