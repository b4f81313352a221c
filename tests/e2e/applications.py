"""Applications that can be applied, and destroyed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude import (
    Application,
    Image,
    PrivateIngress,
    Registry,
    S3State,
    Service,
    Source,
)
from latitude.demo.revisions import revised, with_services
from tests.support.applications import three_regions

if TYPE_CHECKING:
    from latitude.demo.emulator import Clients
    from latitude.sandbox.control import Control

_SUBNETS = ("subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002")


def shop() -> Application:
    """Return three regions with two services, two tables and a hosted zone of their own, none of it protected."""
    stated = three_regions()
    web, api = stated.services
    carts, catalog = stated.tables
    return revised(
        stated,
        services=(web, revised(api, image=Image(tag="2024.1"))),
        tables=(revised(carts, deletion_protection=False), revised(catalog, encryption=None)),
        registry=Registry(force_delete=True),
        state=S3State(bucket="shop-state"),
    )


def tickets(clients: Clients, control: Control) -> Application:
    """Return a service built from source code and reached from each region's default VPC only."""
    regions = ("eu-west-1", "us-west-2")
    source = Source(repository_url="https://github.com/example/tickets", runtime="PYTHON_311", build_command="make")
    return Application(
        name="tickets",
        regions=regions,
        services=(
            Service(
                name="desk",
                source=source,
                start_command="python -m desk",
                private_ingress={region: _ingress(region, clients, control) for region in regions},
            ),
        ),
        state=S3State(bucket="tickets-state-{region}"),
    )


def with_ingress(application: Application, region: str, clients: Clients, control: Control) -> Application:
    """Add a region, where the service is reached from the default VPC too."""
    ingress = _ingress(region, clients, control)
    return with_services(
        application,
        lambda service: revised(service, private_ingress={**(service.private_ingress or {}), region: ingress}),
        regions=(*application.regions, region),
    )


def _ingress(region: str, clients: Clients, control: Control) -> PrivateIngress:
    control.make_subnets(region, _SUBNETS)
    vpcs = clients("ec2", region).describe_vpcs()["Vpcs"]
    return PrivateIngress(vpc_id=vpcs[0]["VpcId"], subnet_ids=_SUBNETS)
