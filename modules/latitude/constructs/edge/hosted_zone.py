"""Route 53 hosted zones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.spec import HostedZone


class NewHostedZone(Capability):
    """Makes a public hosted zone; its name servers go to the registrar before anything resolves."""

    def __init__(self, scope: Construct, id: str, *, spec: HostedZone, provider: Any) -> None:
        super().__init__(scope, id, provider=provider)
        self.zone = self.make(
            aws.route53_zone.Route53Zone,
            name=spec.name,
            comment="Made by Latitude",
            tags={"Name": spec.name},
        )
        self.zone_id: str = self.zone.zone_id
        self.name_servers: list[str] = self.zone.name_servers


class ExistingHostedZone(Capability):
    """Finds a public hosted zone, by id where one is given, by name otherwise.

    A zone that another stack made is told by its ``tags`` from one of the same name, such as the one that a registrar
    makes with a domain.
    """

    def __init__(
        self, scope: Construct, id: str, *, spec: HostedZone, provider: Any, tags: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(scope, id, provider=provider)
        if spec.zone_id is not None:
            self.zone_id: str = spec.zone_id
            return
        self.zone_id = self.make(
            aws.data_aws_route53_zone.DataAwsRoute53Zone,
            name=spec.name,
            private_zone=False,
            tags=dict(tags) if tags and spec.create else None,
        ).zone_id
