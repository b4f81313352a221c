"""The same application, stated anew with something changed; each revision is checked like the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from latitude.spec import Application, Image, Service, VpcAccess

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Final

    from latitude.spec.base import Part

P = TypeVar("P", bound="Part")
NEW_SUBNETS: Final = ("subnet-0a1b2c3d4e5f60005", "subnet-0a1b2c3d4e5f60006")
"""The subnets of a region that joins."""


def revised(part: P, **changes: Any) -> P:
    """State a part again, with other values for some fields.

    Raises:
        InvalidDescriptionError: an application, so changed, has faults.

    """
    return part.model_copy(update=changes)


def with_services(application: Application, change: Callable[[Service], Service], **changes: Any) -> Application:
    """Change every service, and fields of the application beside them."""
    return revised(application, services=tuple(change(service) for service in application.services), **changes)


def with_variables(application: Application, variables: Mapping[str, str]) -> Application:
    """Give every service environment variables, over those that it has."""
    return with_services(
        application, lambda service: revised(service, environment={**service.environment, **variables})
    )


def with_tag(application: Application, tag: str) -> Application:
    """Let every service that has a repository of its own run the image with another tag."""
    return with_services(
        application,
        lambda service: revised(service, image=Image(tag=tag)) if isinstance(service.image, Image) else service,
    )


def with_draining(application: Application, *regions: str) -> Application:
    """Drain these regions, and no other."""
    return revised(application, draining=frozenset(regions))


def with_region(application: Application, region: str) -> Application:
    """Add a region; services that reach into a VPC do so there too."""

    def there(service: Service) -> Service:
        if service.vpc is None:
            return service
        return revised(service, vpc={**service.vpc, region: VpcAccess(subnet_ids=NEW_SUBNETS)})

    return with_services(application, there, regions=(*application.regions, region))
