"""What Route 53 asks of App Runner: which service a name leads to, and whether it answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from latitude.sandbox import regions


class Service(Protocol):
    """An App Runner service, as far as Route 53 cares."""

    @property
    def healthy(self) -> bool:
        """Whether a request to it would be answered with 2xx or 3xx."""


# a hostname, without the final dot, to the region and the service, or to None
Lookup = Callable[[str], tuple[str, Service] | None]


def app_runner(hostname: str) -> tuple[str, Service] | None:
    """Look ``hostname`` up among the sandbox's App Runner services."""
    from latitude.sandbox.apprunner import service_by_url  # noqa: PLC0415 - the service loads when it is asked for

    return service_by_url(hostname)


def health_of(hostname: str, *, lookup: Lookup) -> tuple[bool, str, str | None]:
    """Return whether ``hostname`` answers, why, and the region of the service behind it, if there is one."""
    bare = hostname.rstrip(".").lower()
    found = lookup(bare)
    if found is None:
        return False, f"no App Runner service answers at {bare}", None
    region, service = found
    if regions.darkness(region) is not None:
        return False, f"{region} is dark", region
    if not service.healthy:
        return False, f"the service in {region} fails its health check", region
    return True, f"the service in {region} answers", region
