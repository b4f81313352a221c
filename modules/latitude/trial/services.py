"""The services that run, as App Runner describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from latitude.trial.inventory import pages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from latitude.trial.aws import Clients


API: Final = "apprunner"
"""The API that runs the services."""


def services(
    clients: Clients, regions: Iterable[str], *, names: Collection[str] | None = None
) -> dict[tuple[str, str], dict[str, Any]]:
    """Describe every service in ``regions``, or those of these ``names``, by its region and name."""
    found = {}
    for region in regions:
        apprunner = clients("apprunner", region)
        for summary in pages(apprunner, "list_services", "ServiceSummaryList"):
            if names is not None and summary["ServiceName"] not in names:
                continue
            service = apprunner.describe_service(ServiceArn=summary["ServiceArn"])["Service"]
            found[region, str(service["ServiceName"])] = service
    return found
