"""Where a service runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from latitude.spec import RoleSettings
from latitude.spec.aws_names import AwsNames

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.spec.grants import LocalTable


@dataclass(frozen=True, kw_only=True)
class Place:
    """A region as a service finds it: the account, the tables' replicas, its repository and the zone of its domain."""

    application: str
    """The application's name, with which every name in AWS begins."""
    region: str
    account_id: str
    tables: Mapping[str, LocalTable]
    repository: str | None = None
    """The service's own repository there; unset: it is known by name, and made elsewhere."""
    pull_role_arns: Mapping[str, str] = field(default_factory=dict)
    """The access roles that were made before, by service; a role is made here for a service that has none."""
    zone_id: str | None = None
    roles: RoleSettings = field(default_factory=RoleSettings)
    """What the roles have that are made here."""

    @property
    def names(self) -> AwsNames:
        """What the application's resources are called in AWS."""
        return AwsNames(self.application)
