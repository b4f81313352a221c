"""AWS's default quotas that a program goes past: notes, for AWS raises them on request."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from latitude.spec.taken import taken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from latitude.spec.application import Application

SOURCE: Final = "App Runner Developer Guide, App Runner resource quotas, 2026-11"


@dataclass(frozen=True, kw_only=True)
class Quota:
    """How many of a kind an account has in a Region, unless AWS has raised it."""

    kind: str
    many: str
    default: int
    raised: bool = True


# "1, not adjustable" of VPC ingress connections is what the page says, though each is for one service
# (CreateVpcIngressConnection): too doubtful to refuse a description for it.
QUOTAS: Final = (
    Quota(kind="an App Runner service", many="services", default=30),
    Quota(kind="an auto scaling configuration", many="auto scaling configurations", default=10),
    Quota(kind="a connection", many="connections", default=10),
    Quota(kind="an observability configuration", many="observability configurations", default=10),
    Quota(kind="a VPC connector", many="VPC connectors", default=10),
    Quota(kind="a VPC ingress connection", many="VPC ingress connections", default=1, raised=False),
)


def quota_notes(program: Sequence[Application]) -> Iterator[str]:
    """Yield a sentence for each quota that the applications go past together, in each account and Region."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for application in program:
        account = "the account" if application.account is None else f"account {application.account.id}"
        found = {(each.kind, each.name, each.region) for each in taken(application) if each.region is not None}
        counts.update((account, region, kind) for kind, _, region in found)
    for (account, region, kind), count in sorted(counts.items()):
        quota = next((each for each in QUOTAS if each.kind == kind), None)
        if quota is not None and count > quota.default:
            remedy = (
                "have it raised in Service Quotas, AWS App Runner, before the first apply"
                if quota.raised
                else "AWS says that it is not raised: ask AWS Support before the first apply"
            )
            yield (
                f"{count} {quota.many} in {region} of {account} are past the default quota of {quota.default}: "
                f"{remedy} ({SOURCE})"
            )
