"""App Runner for moto: its whole service model, held to that model and to App Runner's behaviour."""

from __future__ import annotations

from latitude.sandbox.apprunner.models import apprunner_backends
from latitude.sandbox.apprunner.service import Service
from latitude.sandbox.apprunner.zones import hosted_zone_id

__all__ = ["Service", "apprunner_backends", "hosted_zone_id", "service_by_url"]


def service_by_url(hostname: str) -> tuple[str, Service] | None:
    """Return the region and the service that a name under awsapprunner.com leads to, or None.

    ``Service.healthy`` says whether a request to it would be answered well.
    """
    bare = hostname.rstrip(".").lower()
    for regional in list(apprunner_backends.values()):
        for region, backend in list(regional.items()):
            for service in backend.register.live():
                if service.url == bare:
                    return region, service
    return None
