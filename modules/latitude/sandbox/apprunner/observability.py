"""Observability configurations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latitude.sandbox.apprunner import clock
from latitude.sandbox.apprunner.exceptions import InvalidRequestException
from latitude.sandbox.apprunner.pagination import page
from latitude.sandbox.apprunner.revisions import Revision, Revisions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.sandbox.apprunner.region import Region
    from latitude.sandbox.apprunner.register import ServiceRegister
    from latitude.sandbox.apprunner.tags import Tags

# Default quotas: https://docs.aws.amazon.com/general/latest/gr/apprunner.html
_NAME_QUOTA = 10
_REVISION_QUOTA = 10


@dataclass(kw_only=True)
class ObservabilityConfiguration(Revision):
    """Whether, and by whom, requests are traced."""

    trace_configuration: dict[str, str] | None = None


class ObservabilityConfigurations:
    """The observability configurations of one region."""

    def __init__(self, *, region: Region, tags: Tags, register: ServiceRegister) -> None:
        self._tags = tags
        self._register = register
        self._revisions: Revisions[ObservabilityConfiguration] = Revisions(
            region,
            what="observability configuration",
            segment="observabilityconfiguration",
            name_quota=_NAME_QUOTA,
            revision_quota=_REVISION_QUOTA,
        )

    def create(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """CreateObservabilityConfiguration: the next revision of the name."""
        item = self._revisions.add(
            ObservabilityConfiguration(
                **self._revisions.next(request["ObservabilityConfigurationName"]),
                trace_configuration=request.get("TraceConfiguration"),
            )
        )
        self._tags.add(item.arn, request.get("Tags", []))
        return {"ObservabilityConfiguration": self._shown(item)}

    def describe(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """DescribeObservabilityConfiguration."""
        item = self._revisions.find(request["ObservabilityConfigurationArn"])
        return {"ObservabilityConfiguration": self._shown(item)}

    def delete(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """DeleteObservabilityConfiguration: one revision that no service uses."""
        item = self.active(request["ObservabilityConfigurationArn"])
        if self._register.using("ObservabilityConfigurationArn", item.arn):
            msg = (
                "You can't delete the observability configuration. It's used by one or more services. "
                "To delete it, update the services to use other observability configurations."
            )
            raise InvalidRequestException(msg)
        item.deleted_at = clock.now()
        self._tags.forget(item.arn)
        return {"ObservabilityConfiguration": self._shown(item)}

    def list_all(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """ListObservabilityConfigurations: the active ones."""
        chosen, token = page(self._revisions.listed(request, name_member="ObservabilityConfigurationName"), request)
        summaries = [
            {
                "ObservabilityConfigurationArn": item.arn,
                "ObservabilityConfigurationName": item.name,
                "ObservabilityConfigurationRevision": item.number,
            }
            for item in chosen
        ]
        return {"ObservabilityConfigurationSummaryList": summaries, **token}

    def active(self, arn: str) -> ObservabilityConfiguration:
        """Return the one that a service may use. Raises ``InvalidRequestException``."""
        return self._revisions.active(arn)

    def _shown(self, item: ObservabilityConfiguration) -> dict[str, Any]:
        return {
            "ObservabilityConfigurationArn": item.arn,
            "ObservabilityConfigurationName": item.name,
            "ObservabilityConfigurationRevision": item.number,
            "TraceConfiguration": item.trace_configuration,
            "Latest": self._revisions.latest(item),
            "Status": "ACTIVE" if item.active else "INACTIVE",
            "CreatedAt": item.created_at,
            "DeletedAt": item.deleted_at,
        }
