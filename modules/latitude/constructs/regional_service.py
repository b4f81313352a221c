"""A service in one region, with everything that it needs there, whatever runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.constructs.capability import Capability
from latitude.constructs.compute.interface import Surroundings
from latitude.constructs.compute.kinds import kind_of
from latitude.constructs.edge.public_name import PublicName
from latitude.constructs.edge.web_acl import WebAclAssociation
from latitude.constructs.identity.instance_role import InstanceRole
from latitude.constructs.identity.secrets import Secrets
from latitude.spec.grants import instance_statements

if TYPE_CHECKING:
    from latitude.bindings import Construct
    from latitude.constructs.compute.place import Place
    from latitude.spec import Service


class RegionalService(Capability):
    """Makes a service in one region: its role, what runs it, the web ACL, its part of the domain's records.

    ``dns`` is the provider of the hosted zone's account; unset: it is ``provider``'s.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: Service,
        provider: Any,
        place: Place,
        dns: Any = None,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        self.spec, self.place, self.dns = spec, place, provider if dns is None else dns
        self.kind = kind_of(spec)
        secrets = Secrets(
            self, "secret", spec=spec.secrets, provider=provider, region=place.region, account_id=place.account_id
        )
        role_policy = None
        if spec.instance_role_arn is None:
            role = self._role(secrets)
            self.instance_role_arn, role_policy = role.arn, role.policy
        else:
            self.instance_role_arn = spec.instance_role_arn
        self.compute = self.kind.run(
            self,
            spec=spec,
            surroundings=Surroundings(
                place=place,
                instance_role_arn=self.instance_role_arn,
                variables=self._variables(),
                secrets={name: secret.value_from for name, secret in secrets.local.items()},
                depends_on=[] if role_policy is None else [role_policy],
            ),
        )
        self._web_acl()
        self.public_name = self._public_name()

    def _role(self, secrets: Secrets) -> InstanceRole:
        return InstanceRole(
            self,
            "instance",
            provider=self.provider,
            name=self.place.names.instance_role(self.spec, self.place.region),
            principal=self.kind.instance_principal,
            settings=self.place.roles,
            tags=self.spec.tags,
            statements=instance_statements(
                self.spec,
                region=self.place.region,
                account_id=self.place.account_id,
                tables=self.place.tables,
                secrets=secrets.local.values(),
            ),
        )

    def _variables(self) -> dict[str, str]:
        tables = {access.variable_name: self.place.tables[access.table].name for access in self.spec.tables}
        return {**tables, **self.spec.variables_in(self.place.region)}

    def _web_acl(self) -> None:
        if self.spec.web_acl_arns is not None:
            WebAclAssociation(
                self,
                "waf",
                provider=self.provider,
                resource_arn=self.compute.arn,
                web_acl_arn=self.spec.web_acl_arns[self.place.region],
            )

    def _public_name(self) -> PublicName | None:
        if self.spec.domain is None or self.place.zone_id is None:
            return None
        return PublicName(
            self,
            "domain",
            spec=self.spec.domain,
            provider=self.provider,
            dns=self.dns,
            region=self.place.region,
            name=self.place.names.health_check(self.spec, self.place.region),
            path=self.spec.public_check_path,
            types=self.spec.address_record_types,
            role=self.kind.role,
            front=self.compute.front,
            zone_id=self.place.zone_id,
            tags=self.spec.tags,
        )
