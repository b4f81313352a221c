"""Custom domains of the services that run, and how far AWS is with each."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from latitude.trial.findings import TrialError
from latitude.trial.services import services

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from latitude.trial.aws import Clients

PATIENCE_SECONDS: Final = 120.0
_LOOKS: Final = 1200
"""How often to look at most."""
_LIVE: Final = "active"


def domain_statuses(
    clients: Clients, regions: Iterable[str], *, names: Collection[str] | None = None
) -> dict[str, str]:
    """Return the status of every domain in ``regions``, by its service's ARN and its own name.

    The services are all that are there, or those of these ``names``.
    """
    return dict(_statuses(clients, tuple(regions), names))


def live_domains(clients: Clients, regions: Iterable[str], *, names: Collection[str] | None = None) -> frozenset[str]:
    """Return the domains, each behind its service's ARN, that are active."""
    found = domain_statuses(clients, regions, names=names)
    return frozenset(name for name, status in found.items() if status == _LIVE)


def await_domains(
    clients: Clients,
    regions: Iterable[str],
    *,
    names: Collection[str] | None = None,
    patience_seconds: float = PATIENCE_SECONDS,
) -> frozenset[str]:
    """Wait until every domain is active, and return them.

    Raises:
        TrialError: one is not, for as long as ``patience_seconds``.

    """
    regions = tuple(regions)
    deadline = time.monotonic() + patience_seconds
    while True:
        found = domain_statuses(clients, regions, names=names)
        waiting = {name: status for name, status in found.items() if status != _LIVE}
        if not waiting:
            return frozenset(found)
        if time.monotonic() > deadline:
            raise TrialError(f"not active within {patience_seconds:.0f} s: {waiting}")
        time.sleep(patience_seconds / _LOOKS)


def _statuses(clients: Clients, regions: Iterable[str], names: Collection[str] | None) -> Iterator[tuple[str, str]]:
    for (region, _), service in services(clients, regions, names=names).items():
        arn = service["ServiceArn"]
        for domain in clients("apprunner", region).describe_custom_domains(ServiceArn=arn)["CustomDomains"]:
            yield f"{arn} {domain['DomainName']}", domain["Status"]
