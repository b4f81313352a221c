"""What the steps of the demonstration work with, and what they find out for each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from latitude.spec import Image

if TYPE_CHECKING:
    from latitude.demo.deployment import Deployment
    from latitude.demo.emulator import Emulator
    from latitude.demo.narrator import Narrator
    from latitude.spec import Application, Service, Table

NEWCOMERS: Final = ("eu-west-1", "eu-central-1", "ap-northeast-1")
PLACES: Final = ("new york", "san francisco", "sao paulo", "london", "tokyo", "sydney")


class DemoError(RuntimeError):
    """Something turned out other than the demonstration says it does."""


@dataclass(kw_only=True)
class Scene:
    """``application`` is the latest revision; ``before`` the inventory of ``regions`` before anything was deployed."""

    application: Application
    emulator: Emulator
    deployment: Deployment
    narrator: Narrator
    regions: tuple[str, ...] = ()
    before: frozenset[str] = frozenset()
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def home(self) -> str:
        """The region in which images are pushed and tables are made."""
        return self.application.home_region

    @property
    def other(self) -> str:
        """The region that stays when the home region goes."""
        return self.application.regions[1]

    @property
    def newcomer(self) -> str:
        """The region that joins."""
        return next(region for region in NEWCOMERS if region not in self.application.regions)

    @property
    def service(self) -> Service:
        """The first service that has a domain."""
        return next(service for service in self.application.services if service.domain is not None)

    @property
    def domain(self) -> str:
        """The name that is resolved."""
        domain = self.service.domain
        assert domain is not None  # noqa: S101  see service
        return domain.name

    @property
    def table(self) -> Table:
        """The table that is written to."""
        return self.application.tables[0]

    @property
    def cells(self) -> tuple[str, ...]:
        """The stacks of the regions."""
        wanted = [self.cell(region) for region in self.application.regions]
        return tuple(stack for stack in self.deployment.stacks if stack in wanted)

    @property
    def shared(self) -> tuple[str, ...]:
        """The stacks that are of no single region, in the order in which they are applied."""
        return tuple(stack for stack in self.deployment.stacks if stack not in self.cells)

    def cell(self, region: str) -> str:
        """Return the stack of a region."""
        return f"{self.application.name}-{region}"

    def revise(self, application: Application) -> None:
        """Go on with another revision of the application, and write its stacks."""
        self.application = application
        self.deployment.synthesize(application)


def require(what: object, otherwise: str) -> None:
    """Raise ``DemoError`` with what is wrong, unless ``what`` holds."""
    if not what:
        raise DemoError(otherwise)


def suits(application: Application) -> None:
    """Raise ``ValueError`` for an application that has not what the demonstration shows."""
    faults = [
        fault
        for fault, holds in {
            "layout 'cells'": application.layout == "cells",
            "two regions": len(application.regions) == 2,  # noqa: PLR2004  as the words beside it say
            "no region that drains": not application.draining,
            "a service with a domain": any(service.domain is not None for service in application.services),
            "services from images of their own": all(
                isinstance(service.image, Image) and service.image.tag is not None for service in application.services
            ),
            "a table without a range key": any(table.range_key is None for table in application.tables[:1]),
        }.items()
        if not holds
    ]
    if faults:
        raise ValueError(f"{application.name}: to be demonstrated, an application has {', '.join(faults)}")
