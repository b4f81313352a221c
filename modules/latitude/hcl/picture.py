"""The picture in the root module's README."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude.diagram.picture import draw
from latitude.spec import Application, Domain, HostedZone, Image, Service, Table, TableAccess

if TYPE_CHECKING:
    from collections.abc import Sequence

OVERVIEW: Final = "overview.svg"


def overview(regions: Sequence[str]) -> str:
    """Return the picture of an application in these regions: one service with a table and a domain."""
    return draw(
        Application(
            name="orders",
            regions=tuple(regions),
            services=(
                Service(
                    name="web",
                    image=Image(tag="1.0.0"),
                    tables=(TableAccess(table="orders"),),
                    domain=Domain(name="orders.example.com", hosted_zone=HostedZone(name="example.com")),
                ),
            ),
            tables=(Table(name="orders", hash_key="order_id", attributes={"order_id": "S"}),),
        )
    )
