"""The services of one region, as both layouts make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.bindings import Construct
from latitude.constructs.compute.place import Place
from latitude.constructs.regional_service import RegionalService
from latitude.spec.addresses import beginning
from latitude.spec.aws_names import arns_of_table
from latitude.spec.grants import LocalTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.spec import Application, Table
    from latitude.stacks.stack import LatitudeStack


def make_services(
    stack: LatitudeStack,
    *,
    region: str,
    account_id: str,
    tables: Mapping[str, LocalTable],
    zone_ids: Mapping[str, str],
    repositories: Mapping[str, str] | None = None,
    pull_roles: Mapping[str, str] | None = None,
    suffix: str = "",
) -> list[RegionalService]:
    """Make the application's services in ``region``; ``suffix`` tells their addresses from those of another region."""
    application = stack.application
    # A scope of their own, so that a service may be called as something else in the stack; addresses leave it out.
    scope = Construct(stack, f"services{suffix}")
    return [
        RegionalService(
            scope,
            f"{beginning(service.name)}{suffix}",
            spec=service,
            provider=stack.providers[region],
            dns=stack.dns(region) if service.domain is not None else None,
            place=Place(
                application=application.name,
                region=region,
                account_id=account_id,
                tables=tables,
                repository=None if repositories is None else repositories.get(service.name),
                pull_role_arns={} if pull_roles is None else pull_roles,
                roles=application.roles,
                zone_id=None if service.domain is None else zone_ids[service.domain.hosted_zone.name],
            ),
        )
        for service in application.services
    ]


def local_table(
    application: Application, table: Table, *, region: str, account_id: str, key_arn: str | None
) -> LocalTable:
    """Return a table as the services of ``region`` see it: its name and ARN are known before it exists."""
    name = application.aws_names.table(table)
    return LocalTable(
        name=name,
        arn=arns_of_table(name, account_id=account_id, regions=[region])[region],
        has_indexes=bool(table.global_indexes or table.local_indexes),
        key_arn=key_arn,
    )
