"""The application that is tried: small, public, with a table, and with a domain where there is a zone for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude.spec import Application, Domain, HostedZone, LocalState, PublicImage, Service, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

IMAGE: Final = "public.ecr.aws/aws-containers/hello-app-runner:latest"
"""AWS's own example for App Runner, which listens on port 8000."""
ABSENT_IMAGE: Final = "public.ecr.aws/aws-containers/hello-app-runner:latitude-acceptance-has-no-such-tag"
"""A release that can't be deployed."""
_PORT: Final = 8000


def small(*, name: str, regions: Sequence[str], zone: str | None) -> Application:
    """Return the application; its domain is its own name in the zone, which exists.

    Raises:
        InvalidDescriptionError: these are no two regions that App Runner has, or the zone is none.

    """
    domain = None if zone is None else Domain(name=f"{name}.{zone}", hosted_zone=HostedZone(name=zone))
    return Application(
        name=name,
        regions=tuple(regions),
        services=(
            Service(
                name="web",
                image=PublicImage(identifier=IMAGE),
                port=_PORT,
                cpu="0.25 vCPU",
                memory="0.5 GB",
                domain=domain,
            ),
        ),
        tables=(Table(name="items", hash_key="id", attributes={"id": "S"}, deletion_protection=False),),
        state=LocalState(),
    )
