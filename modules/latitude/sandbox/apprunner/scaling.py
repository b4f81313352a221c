"""Auto scaling configurations."""

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

_DEFAULT_NAME = "DefaultConfiguration"
_DEFAULT_ID = "00000000000000000000000000000001"
# Default quotas: https://docs.aws.amazon.com/general/latest/gr/apprunner.html
_NAME_QUOTA = 10
_REVISION_QUOTA = 5


@dataclass(kw_only=True)
class AutoScalingConfiguration(Revision):
    """How many requests an instance takes, and how many instances there are."""

    max_concurrency: int = 100
    min_size: int = 1
    max_size: int = 25


class AutoScalingConfigurations:
    """The auto scaling configurations of one region. AWS provides ``DefaultConfiguration``, revision 1."""

    def __init__(self, *, region: Region, tags: Tags, register: ServiceRegister) -> None:
        self._tags = tags
        self._register = register
        self._revisions: Revisions[AutoScalingConfiguration] = Revisions(
            region,
            what="auto scaling configuration",
            segment="autoscalingconfiguration",
            name_quota=_NAME_QUOTA,
            revision_quota=_REVISION_QUOTA,
        )
        self.default = self._revisions.add(
            AutoScalingConfiguration(
                name=_DEFAULT_NAME,
                number=1,
                arn=region.arn("autoscalingconfiguration", _DEFAULT_NAME, "1", _DEFAULT_ID),
                created_at=clock.now(),
            )
        )

    def create(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """CreateAutoScalingConfiguration: the next revision of the name."""
        item = AutoScalingConfiguration(
            **self._revisions.next(request["AutoScalingConfigurationName"]),
            max_concurrency=request.get("MaxConcurrency", AutoScalingConfiguration.max_concurrency),
            min_size=request.get("MinSize", AutoScalingConfiguration.min_size),
            max_size=request.get("MaxSize", AutoScalingConfiguration.max_size),
        )
        if item.min_size > item.max_size:
            msg = f"MinSize ({item.min_size}) must not be greater than MaxSize ({item.max_size})."
            raise InvalidRequestException(msg)
        self._revisions.add(item)
        self._tags.add(item.arn, request.get("Tags", []))
        return {"AutoScalingConfiguration": self.shown(item)}

    def describe(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """DescribeAutoScalingConfiguration."""
        return {"AutoScalingConfiguration": self.shown(self._revisions.find(request["AutoScalingConfigurationArn"]))}

    def delete(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """DeleteAutoScalingConfiguration: one revision, or all of the name.

        With DeleteAllRevisions the only valid ARN is a partial one that ends with the name (its API reference).
        """
        item = self._revisions.find(request["AutoScalingConfigurationArn"])
        everything = request.get("DeleteAllRevisions", False)
        if everything and not request["AutoScalingConfigurationArn"].endswith(f":autoscalingconfiguration/{item.name}"):
            msg = "With DeleteAllRevisions, AutoScalingConfigurationArn must be a partial ARN that ends with the name."
            raise InvalidRequestException(msg)
        if not item.active:
            msg = f"The auto scaling configuration you specified has been deleted. ARN: '{item.arn}'"
            raise InvalidRequestException(msg)
        doomed = self._revisions.named(item.name) if everything else [item]
        if self.default in doomed:
            msg = f"You can't delete the default auto scaling configuration. ARN: '{self.default.arn}'"
            raise InvalidRequestException(msg)
        if any(self._register.using("AutoScalingConfigurationArn", one.arn) for one in doomed):
            msg = (
                "You can't delete the auto scaling configuration. It's used by one or more services. "
                "To delete it, update the services to use other auto scaling configurations."
            )
            raise InvalidRequestException(msg)
        for one in doomed:
            one.deleted_at = clock.now()
            self._tags.forget(one.arn)
        return {"AutoScalingConfiguration": self.shown(item)}

    def list_all(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """ListAutoScalingConfigurations: the active ones."""
        chosen, token = page(self._revisions.listed(request, name_member="AutoScalingConfigurationName"), request)
        return {"AutoScalingConfigurationSummaryList": [self.summary(item) for item in chosen], **token}

    def list_services(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """ListServicesForAutoScalingConfiguration."""
        item = self._revisions.find(request["AutoScalingConfigurationArn"])
        users = self._register.using("AutoScalingConfigurationArn", item.arn)
        chosen, token = page(users, request)
        return {"ServiceArnList": [service.arn for service in chosen], **token}

    def make_default(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """UpdateDefaultAutoScalingConfiguration."""
        self.default = self.active(request["AutoScalingConfigurationArn"])
        return {"AutoScalingConfiguration": self.shown(self.default)}

    def active(self, arn: str) -> AutoScalingConfiguration:
        """Return the one that a service may use. Raises ``InvalidRequestException``."""
        return self._revisions.active(arn)

    def summary(self, item: AutoScalingConfiguration) -> dict[str, Any]:
        """Return an AutoScalingConfigurationSummary."""
        return {
            "AutoScalingConfigurationArn": item.arn,
            "AutoScalingConfigurationName": item.name,
            "AutoScalingConfigurationRevision": item.number,
            # AWS answers in lower case, against its own model; the Terraform provider waits for "active".
            "Status": "active" if item.active else "inactive",
            "CreatedAt": item.created_at,
            "HasAssociatedService": bool(self._register.using("AutoScalingConfigurationArn", item.arn)),
            "IsDefault": item is self.default,
        }

    def summary_of(self, arn: str) -> dict[str, Any]:
        """Return the summary of the one with this ARN."""
        return self.summary(self._revisions.find(arn))

    def shown(self, item: AutoScalingConfiguration) -> dict[str, Any]:
        """Return an AutoScalingConfiguration."""
        return self.summary(item) | {
            "Latest": self._revisions.latest(item),
            "MaxConcurrency": item.max_concurrency,
            "MinSize": item.min_size,
            "MaxSize": item.max_size,
            "DeletedAt": item.deleted_at,
        }
