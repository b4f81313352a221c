"""Applications that can be applied, and destroyed again."""

from __future__ import annotations

from latitude import (
    Application,
    Image,
    PrivateIngress,
    S3State,
    Service,
    Source,
)
from latitude.trial.revisions import revised, with_region, with_services
from tests.support.applications import three_regions

_VPC = "vpc-0a1b2c3d4e5f60001"
_SUBNETS = ("subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002")
_INGRESS = PrivateIngress(vpc_id=_VPC, subnet_ids=_SUBNETS)


def shop() -> Application:
    """Return three regions with two services, two tables that are not protected, and a hosted zone of their own."""
    stated = three_regions()
    web, api = stated.services
    carts, catalog = stated.tables
    return revised(
        stated,
        services=(web, revised(api, image=Image(tag="2024.1"))),
        tables=(revised(carts, deletion_protection=False), revised(catalog, encryption=None)),
        state=S3State(bucket="shop-state"),
    )


def tickets() -> Application:
    """Return a service built from source code and reached from a VPC of each region only."""
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
                private_ingress=dict.fromkeys(regions, _INGRESS),
            ),
        ),
        state=S3State(bucket="tickets-state-{region}"),
    )


def with_ingress(application: Application, region: str) -> Application:
    """Add a region, where the service is reached from a VPC too."""
    return with_services(
        application,
        lambda service: revised(service, private_ingress={**(service.private_ingress or {}), region: _INGRESS}),
        regions=(*application.regions, region),
    )


def letting_go(application: Application, region: str) -> Application:
    """Add a region, and let the repositories of the services be destroyed with their images from then on."""
    joined = with_region(application, region)
    return with_services(joined, lambda service: revised(service, force_delete=True))
