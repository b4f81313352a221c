"""What the steps of the demonstration work with, and what they find out for each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from latitude.spec import Image
from latitude.trial.trial import Trial

if TYPE_CHECKING:
    from concurrent.futures import Future

    from latitude.operate.bootstrap import Outcome
    from latitude.spec import Application, Service, Table
    from latitude.trial.aws import EmbeddedAws
    from latitude.trial.narrator import Narrator

PLACES: Final = ("new york", "san francisco", "sao paulo", "london", "tokyo", "sydney")


@dataclass(kw_only=True)
class Scene(Trial):
    """A trial that is shown.

    ``narrator`` tells it, ``answers`` are the last ones that DNS gave in each place, ``buckets`` becomes what came of
    the bootstrap of the buckets for state.
    """

    aws: EmbeddedAws
    narrator: Narrator
    answers: dict[str, str] = field(default_factory=dict)
    buckets: Future[Outcome] | None = None

    @property
    def other(self) -> str:
        """The region that stays when the home region goes."""
        return self.application.regions[1]

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
