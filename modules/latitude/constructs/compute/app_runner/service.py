"""The App Runner service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws, cdktf
from latitude.constructs.capability import Capability
from latitude.constructs.compute.app_runner.deployed import postconditions
from latitude.constructs.compute.app_runner.source_configuration import source_configuration

if TYPE_CHECKING:
    from latitude.constructs.compute.app_runner.origin import Origin
    from latitude.constructs.compute.interface import Surroundings
    from latitude.spec import Service


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What App Runner alone has beside a service, made or found before it."""

    origin: Origin
    autoscaling_arn: str
    vpc_connector_arn: str | None = None
    observability_arn: str | None = None
    kms_key_arn: str | None = None


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
        beside: Beside,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        check = spec.health_check
        pull_policy = [] if beside.origin.pull_policy is None else [beside.origin.pull_policy]
        depends_on = [*surroundings.depends_on, *pull_policy]
        self.service = self.make(
            aws.apprunner_service.ApprunnerService,
            service_name=name,
            source_configuration=source_configuration(
                spec, beside.origin, variables=surroundings.variables, secrets=surroundings.secrets
            ),
            instance_configuration={
                "cpu": str(spec.cpu),
                "memory": str(spec.memory),
                "instance_role_arn": surroundings.instance_role_arn,
            },
            auto_scaling_configuration_arn=beside.autoscaling_arn,
            health_check_configuration={
                "protocol": check.protocol,
                "path": check.path,
                "interval": check.interval_seconds,
                "timeout": check.timeout_seconds,
                "healthy_threshold": check.healthy_threshold,
                "unhealthy_threshold": check.unhealthy_threshold,
            },
            network_configuration=_network(spec, beside.vpc_connector_arn),
            observability_configuration={
                "observability_enabled": beside.observability_arn is not None,
                "observability_configuration_arn": beside.observability_arn,
            },
            encryption_configuration=None if beside.kms_key_arn is None else {"kms_key": beside.kms_key_arn},
            tags=spec.tags or None,
            depends_on=depends_on or None,
            lifecycle=cdktf.TerraformResourceLifecycle(
                # AWS refuses to switch in place (App Runner UpdateService): the plan shows a replacement.
                replace_triggered_by=[self.trigger("origin", "image" if spec.source is None else "source code")],
                postcondition=postconditions(
                    spec, beside.origin, variables=surroundings.variables, secrets=surroundings.secrets
                ),
            ),
        )
        self.arn: str = self.service.arn
        self.host: str = self.service.service_url
        self.host_code = f"aws_apprunner_service.{self.address}.service_url"


def _network(spec: Service, connector_arn: str | None) -> dict[str, Any]:
    return {
        "ip_address_type": spec.ip_address_type,
        "ingress_configuration": {"is_publicly_accessible": spec.private_ingress is None},
        "egress_configuration": {"egress_type": "DEFAULT"}
        if connector_arn is None
        else {"egress_type": "VPC", "vpc_connector_arn": connector_arn},
    }
