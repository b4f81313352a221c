"""The tags of every resource in one region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.sandbox.apprunner.exceptions import ResourceNotFoundException

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Tags:
    """Tags by the ARN of their resource. A resource without tags is kept too, from its first ``add``."""

    def __init__(self) -> None:
        self._by_arn: dict[str, dict[str, str]] = {}

    def add(self, arn: str, tags: Sequence[Mapping[str, str]]) -> None:
        """Keep the tags of a resource, over those it has."""
        kept = self._by_arn.setdefault(arn, {})
        kept.update({tag["Key"]: tag.get("Value", "") for tag in tags})

    def forget(self, arn: str) -> None:
        """Drop a resource and its tags, if it is kept."""
        self._by_arn.pop(arn, None)

    def of(self, arn: str) -> dict[str, str]:
        """Return the tags of a resource, to read or to change. Raises ``ResourceNotFoundException``."""
        if arn not in self._by_arn:
            raise ResourceNotFoundException(what="Resource", arn=arn)
        return self._by_arn[arn]
