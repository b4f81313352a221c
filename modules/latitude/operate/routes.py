"""Which regions a plan leads users to, and which it leads them away from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_RECORD: Final = "aws_route53_record"


@dataclass(frozen=True, kw_only=True)
class Routes:
    """What a plan does to the latency records: ``before`` and ``after`` are the regions that have one."""

    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()

    @classmethod
    def of_plan(cls, shown: Mapping[str, Any]) -> Self:
        """Read ``terraform show -json PLAN``."""
        changes = [each["change"] for each in shown.get("resource_changes", []) if each.get("type") == _RECORD]
        return cls(before=frozenset(_regions(changes, "before")), after=frozenset(_regions(changes, "after")))

    @property
    def joins(self) -> frozenset[str]:
        """The regions that are answered with afterwards, and were not before."""
        return self.after - self.before

    @property
    def leaves(self) -> frozenset[str]:
        """The regions that are not answered with any more."""
        return self.before - self.after

    def unseen(self, seen: Collection[str]) -> frozenset[str]:
        """Return the regions that would join though nobody has seen it; the first regions of all undo no drain."""
        return self.joins - frozenset(seen) if self.before else frozenset()

    def __str__(self) -> str:
        return "; ".join(
            [
                *(f"{region} leaves: nobody is led there any more" for region in sorted(self.leaves)),
                *(f"{region} joins: users near it are led there" for region in sorted(self.joins)),
            ]
        )


def draining(regions: Collection[str]) -> str:
    """Return the option of Terraform that keeps regions out of DNS."""
    return f"-var=draining={json.dumps(sorted(regions))}"


def _regions(changes: Collection[Mapping[str, Any]], when: str) -> Iterator[str]:
    for change in changes:
        for policy in (change.get(when) or {}).get("latency_routing_policy") or ():
            yield policy["region"]
