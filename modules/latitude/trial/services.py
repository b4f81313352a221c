"""The services that run, as App Runner describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from latitude.trial.aws import Clients


API: Final = "apprunner"
"""The API that runs the services."""


def services(clients: Clients, regions: Iterable[str]) -> dict[tuple[str, str], dict[str, Any]]:
    """Describe every service in ``regions``, by its region and name."""
    found = {}
    for region in regions:
        apprunner = clients("apprunner", region)
        for summary in apprunner.list_services()["ServiceSummaryList"]:
            service = apprunner.describe_service(ServiceArn=summary["ServiceArn"])["Service"]
            found[region, str(service["ServiceName"])] = service
    return found
