"""App Runner as a kind of compute: the service of one region, with what App Runner alone needs beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from latitude.constructs.capability import ITSELF, Capability
from latitude.constructs.compute.app_runner.autoscaling import AutoScalingConfiguration
from latitude.constructs.compute.app_runner.front import AppRunnerFront
from latitude.constructs.compute.app_runner.ingress import IngressConnection
from latitude.constructs.compute.app_runner.observability import Observability
from latitude.constructs.compute.app_runner.origin import origin
from latitude.constructs.compute.app_runner.service import AppRunnerService, Beside
from latitude.constructs.compute.app_runner.vpc_connector import VpcConnector
from latitude.constructs.identity.encryption_key import key_arn
from latitude.spec import app_runner as spec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.constructs.compute.interface import Surroundings
    from latitude.constructs.compute.place import Place
    from latitude.spec import Service


@dataclass(frozen=True, kw_only=True)
class AppRunnerCompute:
    """An App Runner service that runs in one region."""

    arn: str
    front: AppRunnerFront
    image_digest: str | None
    private_domain: str | None
    security_group_ids: Sequence[str] | None


@dataclass(frozen=True)
class AppRunner:
    """AWS App Runner. Its principals are in the App Runner Developer Guide, access role and instance role."""

    name: str = spec.APP_RUNNER.name
    role: str = "app-runner"
    instance_principal: str = "tasks.apprunner.amazonaws.com"
    pull_principal: str = "build.apprunner.amazonaws.com"

    def run(self, scope: Capability, *, spec: Service, surroundings: Surroundings) -> AppRunnerCompute:
        """Make the service with its scaling, its connector, its key and its way in."""
        place = surroundings.place
        found = origin(scope, spec=spec, place=place, pull_principal=self.pull_principal)
        connector = _vpc_connector(scope, spec, place)
        service = AppRunnerService(
            scope,
            ITSELF,
            spec=spec,
            provider=scope.provider,
            name=place.names.service(spec),
            surroundings=surroundings,
            beside=Beside(
                origin=found,
                autoscaling_arn=AutoScalingConfiguration(
                    scope,
                    "scaling",
                    spec=spec.autoscaling,
                    provider=scope.provider,
                    name=place.names.short(spec),
                    tags=spec.tags,
                ).arn,
                vpc_connector_arn=None if connector is None else connector.arn,
                observability_arn=_observability_arn(scope, spec, place),
                kms_key_arn=_key_arn(scope, spec, place),
            ),
        )
        return AppRunnerCompute(
            arn=service.arn,
            front=AppRunnerFront(service_arn=service.arn, host=service.host, host_code=service.host_code),
            image_digest=found.image_digest,
            private_domain=_private_domain(scope, spec, place, service.arn),
            security_group_ids=None if connector is None else connector.security_group_ids,
        )


APP_RUNNER: Final = AppRunner()


def _vpc_connector(scope: Capability, spec: Service, place: Place) -> VpcConnector | None:
    if spec.vpc is None:
        return None
    access = spec.vpc[place.region]
    return VpcConnector(
        scope,
        "vpc",
        spec=access,
        provider=scope.provider,
        name=place.names.vpc_connector(spec, access),
        service_name=place.names.service(spec),
        security_group_prefix=place.names.security_group_prefix(spec),
        tags=spec.tags,
    )


def _observability_arn(scope: Capability, spec: Service, place: Place) -> str | None:
    if not spec.tracing:
        return None
    return Observability(scope, "tracing", provider=scope.provider, name=place.names.short(spec), tags=spec.tags).arn


def _key_arn(scope: Capability, spec: Service, place: Place) -> str | None:
    return key_arn(
        scope,
        "key",
        spec=spec.encryption,
        region=place.region,
        alias=place.names.service_key_alias(spec),
        description=f"App Runner's copy of {place.names.service(spec)}",
        tags=spec.tags,
    )


def _private_domain(scope: Capability, spec: Service, place: Place, service_arn: str) -> str | None:
    if spec.private_ingress is None:
        return None
    return IngressConnection(
        scope,
        "ingress",
        spec=spec.private_ingress[place.region],
        provider=scope.provider,
        region=place.region,
        name=place.names.service(spec),
        service_arn=service_arn,
        tags=spec.tags,
    ).domain_name
