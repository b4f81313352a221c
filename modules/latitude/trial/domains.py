"""Custom domains of the services that run, and how far AWS is with each."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from latitude.trial.findings import TrialError
from latitude.trial.services import services

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from latitude.trial.aws import Clients

_PATIENCE_SECONDS: Final = 120.0
_LOOK_AGAIN_SECONDS: Final = 0.1
_LIVE: Final = "active"


def domain_statuses(clients: Clients, regions: Iterable[str]) -> dict[str, str]:
    """Return the status of every domain of every service in ``regions``, by the service's ARN and the domain's name."""
    return dict(_statuses(clients, tuple(regions)))


def live_domains(clients: Clients, regions: Iterable[str]) -> frozenset[str]:
    """Return the domains, each behind its service's ARN, that are active."""
    return frozenset(name for name, status in domain_statuses(clients, regions).items() if status == _LIVE)


def await_domains(clients: Clients, regions: Iterable[str]) -> frozenset[str]:
    """Wait until every domain is active, and return them.

    Raises:
        TrialError: one is not, for two minutes.

    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        found = domain_statuses(clients, regions)
        waiting = {name: status for name, status in found.items() if status != _LIVE}
        if not waiting:
            return frozenset(found)
        if time.monotonic() > deadline:
            raise TrialError(f"not active within {_PATIENCE_SECONDS:.0f} s: {waiting}")
        time.sleep(_LOOK_AGAIN_SECONDS)


def _statuses(clients: Clients, regions: Iterable[str]) -> Iterator[tuple[str, str]]:
    for (region, _), service in services(clients, regions).items():
        arn = service["ServiceArn"]
        for domain in clients("apprunner", region).describe_custom_domains(ServiceArn=arn)["CustomDomains"]:
            yield f"{arn} {domain['DomainName']}", domain["Status"]
