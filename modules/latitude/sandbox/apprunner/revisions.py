"""Resources that come in numbered revisions under one name: auto scaling and observability configurations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from latitude.sandbox.apprunner import clock
from latitude.sandbox.apprunner.exceptions import (
    InvalidRequestException,
    ResourceNotFoundException,
    ServiceQuotaExceededException,
)
from latitude.sandbox.apprunner.identifiers import new_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from latitude.sandbox.apprunner.region import Region


@dataclass(kw_only=True)
class Revision:
    """One revision of a named configuration."""

    name: str
    number: int
    arn: str
    created_at: datetime
    deleted_at: datetime | None = None

    @property
    def active(self) -> bool:
        """Whether it has not been deleted."""
        return self.deleted_at is None


R = TypeVar("R", bound=Revision)


class Revisions(Generic[R]):
    """All revisions of one kind of configuration in one region.

    ``what`` is the kind in words, ``segment`` its part of the ARN.
    """

    def __init__(self, region: Region, *, what: str, segment: str, name_quota: int, revision_quota: int) -> None:
        self._region = region
        self._what = what
        self._segment = segment
        self._name_quota = name_quota
        self._revision_quota = revision_quota
        self._all: list[R] = []

    def next(self, name: str) -> dict[str, Any]:
        """Return what identifies the next revision of ``name``.

        Raises ``ServiceQuotaExceededException`` if the region has no room for it.
        """
        active = [item for item in self._all if item.active]
        names = {item.name for item in active}
        if name not in names and len(names) >= self._name_quota:
            raise ServiceQuotaExceededException(what=f"{self._what} names", quota=self._name_quota)
        if sum(item.name == name for item in active) >= self._revision_quota:
            raise ServiceQuotaExceededException(
                what=f"active revisions of one {self._what}", quota=self._revision_quota
            )
        # 1 + the highest that is active: what was deleted counts no more (CreateAutoScalingConfiguration).
        number = 1 + max((item.number for item in active if item.name == name), default=0)
        arn = self._region.arn(self._segment, name, str(number), new_id())
        return {"name": name, "number": number, "arn": arn, "created_at": clock.now()}

    def add(self, revision: R) -> R:
        """Keep a revision."""
        self._all.append(revision)
        return revision

    def find(self, arn: str) -> R:
        """Return the revision of a full ARN, deleted or not, or the latest active one of a partial ARN.

        A partial ARN ends with the name, or with the name and the revision (CreateService,
        AutoScalingConfigurationArn). Raises ``ResourceNotFoundException``.
        """
        for item in self._all:
            if item.arn == arn:
                return item
        matches = [item for item in self._all if item.active and item.arn.startswith(arn + "/")]
        if not matches:
            raise ResourceNotFoundException(what=self._what.capitalize(), arn=arn)
        return max(matches, key=lambda item: item.number)

    def active(self, arn: str) -> R:
        """Return the revision that a service may use. Raises ``InvalidRequestException`` if there is none."""
        try:
            item = self.find(arn)
        except ResourceNotFoundException:
            item = None
        if item is None or not item.active:
            msg = f"The {self._what} ARN you specified isn't valid. ARN: '{arn}'"
            raise InvalidRequestException(msg)
        return item

    def latest(self, item: R) -> bool:
        """Whether no later active revision has the same name."""
        return item.number == max(
            (other.number for other in self._all if other.active and other.name == item.name), default=item.number
        )

    def named(self, name: str) -> list[R]:
        """List the active revisions of a name, or of every name if it is empty, the newest first."""
        chosen = [item for item in self._all if item.active and name in ("", item.name)]
        return sorted(chosen, key=lambda item: (item.name, -item.number))

    def listed(self, request: Mapping[str, Any], *, name_member: str) -> list[R]:
        """List what a List operation asks for by its name member and LatestOnly."""
        chosen = self.named(request.get(name_member, ""))
        return [item for item in chosen if not request.get("LatestOnly", False) or self.latest(item)]
