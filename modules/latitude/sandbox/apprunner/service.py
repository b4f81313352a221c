"""One service: its configuration, its operations, and the status that follows from them and the clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from latitude.sandbox import regions
from latitude.sandbox.apprunner import clock
from latitude.sandbox.apprunner.configuration import references

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from latitude.sandbox.apprunner.region import Region

_SERVES_MEANWHILE = ("UPDATE_SERVICE", "START_DEPLOYMENT")


@dataclass(kw_only=True)
class Operation:
    """Something that App Runner does to a service, and what comes of it when its time is over."""

    id: str
    kind: str
    started_at: datetime
    ends_at: datetime
    outcome: str
    leads_to: str
    restores: dict[str, Any] | None = None
    failure: str | None = None

    def status(self, now: datetime) -> str:
        """Return an OperationStatus."""
        return "IN_PROGRESS" if now < self.ends_at else self.outcome

    def shown(self, now: datetime, *, target_arn: str) -> dict[str, Any]:
        """Return an OperationSummary."""
        done = now >= self.ends_at
        return {
            "Id": self.id,
            "Type": self.kind,
            "Status": self.status(now),
            "TargetArn": target_arn,
            "StartedAt": self.started_at,
            "EndedAt": self.ends_at if done else None,
            "UpdatedAt": self.ends_at if done else self.started_at,
        }


@dataclass(kw_only=True)
class Service:
    """A service. ``unhealthy`` is the sandbox's own: the application in it does not answer."""

    region: Region
    name: str
    id: str
    arn: str
    url: str
    created_at: datetime
    configuration: dict[str, Any]
    operations: list[Operation] = field(default_factory=list)
    unhealthy: bool = False

    def status(self) -> str:
        """Return a ServiceStatus, after taking back a change that has failed meanwhile."""
        last = self.operations[-1]
        if clock.now() < last.ends_at:
            return "OPERATION_IN_PROGRESS"
        if last.restores is not None:
            self.configuration, last.restores = last.restores, None
        return last.leads_to

    @property
    def healthy(self) -> bool:
        """Whether a request to ``url`` would be answered well."""
        status = self.status()
        serves = status == "RUNNING" or (
            status == "OPERATION_IN_PROGRESS"
            and self.operations[-1].kind in _SERVES_MEANWHILE
            and self.operations[-1].leads_to == "RUNNING"
        )
        return serves and not self.unhealthy and regions.darkness(self.region.name) is None

    @property
    def failure(self) -> str | None:
        """Why the last operation failed; AWS says it in the service's logs."""
        last = self.operations[-1]
        return last.failure if clock.now() >= last.ends_at else None

    def uses(self, member: str, arn: str) -> bool:
        """Whether the service has, or would have after a rollback, this ARN under this member."""
        status = self.status()
        last = self.operations[-1]
        kept = [self.configuration] if last.restores is None else [self.configuration, last.restores]
        return status != "DELETED" and any(references(one).get(member) == arn for one in kept)

    def shown(self, *, summary_of: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
        """Return a Service. ``summary_of`` gives the summary of an auto scaling configuration by its ARN."""
        status = self.status()
        last = self.operations[-1]
        scaling = self.configuration["AutoScalingConfigurationArn"]
        return self.summary() | {
            "DeletedAt": last.ends_at if status == "DELETED" else None,
            "AutoScalingConfigurationSummary": summary_of(scaling),
            **{name: value for name, value in self.configuration.items() if name != "AutoScalingConfigurationArn"},
        }

    def summary(self) -> dict[str, Any]:
        """Return a ServiceSummary."""
        last = self.operations[-1]
        return {
            "ServiceName": self.name,
            "ServiceId": self.id,
            "ServiceArn": self.arn,
            "ServiceUrl": self.url,
            "CreatedAt": self.created_at,
            "UpdatedAt": min(last.ends_at, clock.now()),
            "Status": self.status(),
        }
