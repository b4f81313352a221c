"""A service in one region, with everything that it needs there: the one place that knows what computes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.constructs.autoscaling import AutoScalingConfiguration
from latitude.constructs.capability import MAIN, Capability
from latitude.constructs.encryption_key import key_arn
from latitude.constructs.expressions import replaced, shortened
from latitude.constructs.instance_role import TRACING, InstanceRole
from latitude.constructs.observability import Observability
from latitude.constructs.policy import Grant
from latitude.constructs.private_ingress import IngressConnection
from latitude.constructs.public_name import PublicName
from latitude.constructs.secret_arns import Secrets
from latitude.constructs.service import AppRunnerService, Surroundings
from latitude.constructs.service_origin import origin
from latitude.constructs.table_grants import table_grants
from latitude.constructs.vpc_access import VpcConnector
from latitude.constructs.web_acl import WebAclAssociation
from latitude.spec.names import MAX_SHORT_APP_RUNNER_NAME_LENGTH

if TYPE_CHECKING:
    from latitude.bindings import Construct
    from latitude.constructs.place import Place
    from latitude.spec import Service


class RegionalService(Capability):
    """Makes a service in one region: roles, scaling, the App Runner service, its part of the domain's records."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: Service,
        provider: Any,
        place: Place,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        self.spec, self.place = spec, place
        self.name = f"{place.application}-{spec.name}"
        self.short_name = shortened(self.name, MAX_SHORT_APP_RUNNER_NAME_LENGTH)
        self.secrets = Secrets(
            self, "secret", spec=spec.secrets, provider=provider, region=place.region, account_id=place.account_id
        )
        self.origin = origin(self, spec=spec, place=place, name=self.name)
        role = InstanceRole(
            self,
            "instance",
            provider=provider,
            # At most 64 characters, IAM's limit: a service's name has 40, a region's 14.
            name=f"{self.name}-{place.region}-instance",
            grants=self._grants(),
        )
        self.instance_role_arn = role.arn
        connector = self._vpc_connector()
        self.vpc_security_group_ids = None if connector is None else connector.security_group_ids
        self.service = AppRunnerService(
            self,
            MAIN,
            spec=spec,
            provider=provider,
            name=self.name,
            surroundings=Surroundings(
                origin=self.origin,
                instance_role_arn=role.arn,
                autoscaling_arn=AutoScalingConfiguration(
                    self, "scaling", spec=spec.autoscaling, provider=provider, name=self.short_name, labels=spec.tags
                ).arn,
                variables=self._variables(),
                secrets={name: secret.value_from for name, secret in self.secrets.local.items()},
                vpc_connector_arn=None if connector is None else connector.arn,
                observability_arn=self._observability_arn(),
                kms_key_arn=key_arn(
                    self,
                    "key",
                    spec=spec.encryption,
                    region=place.region,
                    alias=f"apprunner/{self.name}",
                    description=f"App Runner's copy of {self.name}",
                ),
                depends_on=[policy for policy in (role.policy, self.origin.pull_policy) if policy is not None],
            ),
        )
        self.ingress_domain = self._ingress_domain()
        self._web_acl()
        self.public_name = self._public_name()

    def _grants(self) -> list[Grant]:
        region, account_id = self.place.region, self.place.account_id
        stated = [
            Grant(
                sid=statement.sid,
                effect=statement.effect,
                actions=statement.actions,
                resources=[
                    replaced(resource, {"{region}": region, "{account_id}": account_id})
                    for resource in statement.resources
                ],
                conditions=statement.conditions,
            )
            for statement in self.spec.statements
        ]
        tables = [
            grant
            for access in self.spec.tables
            for grant in table_grants(access, self.place.tables[access.table], region)
        ]
        return [*tables, *self.secrets.grants(), *([TRACING] if self.spec.tracing else []), *stated]

    def _variables(self) -> dict[str, str]:
        tables = {access.variable_name: self.place.tables[access.table].name for access in self.spec.tables}
        return {**tables, **self.spec.variables_in(self.place.region)}

    def _vpc_connector(self) -> VpcConnector | None:
        if self.spec.vpc is None:
            return None
        return VpcConnector(
            self,
            "vpc",
            spec=self.spec.vpc[self.place.region],
            provider=self.provider,
            name=self.name,
            labels=self.spec.tags,
        )

    def _observability_arn(self) -> str | None:
        if not self.spec.tracing:
            return None
        return Observability(self, "tracing", provider=self.provider, name=self.short_name, labels=self.spec.tags).arn

    def _ingress_domain(self) -> str | None:
        if self.spec.private_ingress is None:
            return None
        return IngressConnection(
            self,
            "ingress",
            spec=self.spec.private_ingress[self.place.region],
            provider=self.provider,
            region=self.place.region,
            name=self.name,
            service_arn=self.service.arn,
            labels=self.spec.tags,
        ).domain_name

    def _web_acl(self) -> None:
        if self.spec.web_acl_arns is not None:
            WebAclAssociation(
                self,
                "waf",
                provider=self.provider,
                service_arn=self.service.arn,
                web_acl_arn=self.spec.web_acl_arns[self.place.region],
            )

    def _public_name(self) -> PublicName | None:
        if self.spec.domain is None or self.place.zone_id is None:
            return None
        return PublicName(
            self,
            "domain",
            spec=self.spec.domain,
            service=self.spec,
            provider=self.provider,
            region=self.place.region,
            draining=self.place.draining,
            name=self.name,
            service_arn=self.service.arn,
            service_url=self.service.url,
            zone_id=self.place.zone_id,
        )
