"""The steps of an acceptance, and what is cleaned up when one of them fails."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from latitude.acceptance.small import ABSENT_IMAGE
from latitude.operate.terraform import TerraformError
from latitude.spec import PublicImage
from latitude.trial.findings import TrialError, require
from latitude.trial.items import write_and_read
from latitude.trial.revisions import revised, with_services
from latitude.trial.trial import Trial

if TYPE_CHECKING:
    from collections.abc import Callable

    from latitude.operate.bake import Probe
    from latitude.spec import Application
    from latitude.trial.narrator import Narrator

    Step = tuple[str, Callable[["Acceptance"], None]]

_ANSWER_SECONDS: Final = 180.0
_LOOK_AGAIN_SECONDS: Final = 1.0


@dataclass(kw_only=True)
class Acceptance(Trial):
    """A trial on an account in use: ``probe`` asks a service, ``took`` becomes the seconds that each step took."""

    narrator: Narrator
    probe: Probe
    took: dict[str, float] = field(default_factory=dict)

    @property
    def other(self) -> str:
        """The region of the release that is bad."""
        return self.application.regions[1]

    def run(self) -> None:
        """Go through all steps; what was made is destroyed if one of them fails.

        Raises:
            TrialError, TerraformError: what the step found, or what Terraform says.

        """
        for title, act in steps(self.application):
            begun = time.monotonic()
            try:
                with self.narrator.step(title):
                    act(self)
            except (TrialError, TerraformError):
                self._clean_up()
                raise
            finally:
                self.took[title] = time.monotonic() - begun

    def require_answers(self) -> None:
        """Ask every service under its own URL, until it answers or three minutes are over."""
        for (region, name), service in self.services().items():
            url = f"https://{service['ServiceUrl']}/"
            deadline = time.monotonic() + _ANSWER_SECONDS
            while not self.probe(url):
                require(time.monotonic() < deadline, f"{name} in {region} does not answer: {url}")
                time.sleep(_LOOK_AGAIN_SECONDS)
            self.narrator.show(f"{url} answers")

    def require_nothing_of_its_own_left(self) -> None:
        """Ask AWS for what has the application's name; others may make and remove what they like meanwhile."""
        left = sorted(what for what in self.inventory() if self.application.name in what)
        require(not left, f"in AWS there is still {', '.join(left)}")

    def _clean_up(self) -> None:
        self.narrator.show("That failed. What was made is destroyed:")
        try:
            self.destroy()
        except TerraformError as error:
            self.narrator.show(f"It can't be destroyed: {error}")


def steps(application: Application) -> list[Step]:
    """Return what is done, in its order."""
    home, other = application.regions
    return [
        ("The description becomes Terraform", Acceptance.connect),
        ("A table, with a replica in the other region", Acceptance.apply_shared),
        (f"A service in {home} and in {other}", Acceptance.apply_services),
        ("A second plan of every stack is empty", Acceptance.require_no_changes),
        (f"An item is written in {home} and read in {other}", _write_and_read),
        ("Every service answers", Acceptance.require_answers),
        (f"A bad release is rolled back in {other}, and Terraform says so", _release_badly),
        *([(f"{home} is drained, and serves again", _drain)] if application.routes else []),
        ("Everything is destroyed", Acceptance.destroy),
        ("The states are empty", Acceptance.require_empty_states),
        ("Nothing is left in AWS", Acceptance.require_nothing_of_its_own_left),
    ]


def _write_and_read(acceptance: Acceptance) -> None:
    (table,) = acceptance.application.tables
    home, other = acceptance.application.regions
    name = acceptance.application.aws_names.table(table)
    found = write_and_read(acceptance.aws.clients, table, name=name, regions=(home, other))
    acceptance.narrator.show(f"read in {other}: {found}")


def _release_badly(acceptance: Acceptance) -> None:
    """Release an image that is not there in the second region: App Runner rolls back, and what ran goes on."""
    good = acceptance.application
    bad = PublicImage(identifier=ABSENT_IMAGE)
    cell = acceptance.cell(acceptance.other)
    acceptance.revise(with_services(good, lambda service: revised(service, image=bad)))
    try:
        acceptance.deployment.apply(cell)
    except TerraformError as error:
        acceptance.narrator.show(f"Terraform ended with: {_first_error(error.output)}")
    else:
        raise TrialError(f"{cell} was applied with an image that is not there: {ABSENT_IMAGE}")
    acceptance.require_answers()
    acceptance.revise(good)
    acceptance.deployment.apply(cell)
    require(not acceptance.deployment.have_changes(cell)[cell], f"a second plan finds something to do in {cell}")


def _first_error(output: str) -> str:
    lines = [line.strip(" │╷╵") for line in output.splitlines()]
    return next((line for line in lines if line.startswith("Error:")), "an error")


def _drain(acceptance: Acceptance) -> None:
    (routing,) = acceptance.routing
    home, other = acceptance.application.regions
    acceptance.deployment.apply(routing, variables={"draining": [home]})
    require(_led(acceptance) == {other}, f"with {home} drained, there are records for {sorted(_led(acceptance))}")
    acceptance.narrator.show(f"Route 53 has no record that leads to {home}")
    acceptance.deployment.apply(routing)
    require(_led(acceptance) == {home, other}, f"there are records for {sorted(_led(acceptance))} only")


def _led(acceptance: Acceptance) -> set[str]:
    """Return the regions that the domain's latency records lead to, as Route 53 lists them."""
    (service,) = acceptance.application.services
    assert service.domain is not None  # noqa: S101  there is a stack of routing
    route53 = acceptance.aws.clients("route53", acceptance.home)
    name = service.domain.hosted_zone.name
    (zone,) = (
        each
        for each in route53.list_hosted_zones_by_name(DNSName=name)["HostedZones"]
        if each["Name"] == f"{name}." and not each["Config"]["PrivateZone"]
    )
    listed = route53.list_resource_record_sets(HostedZoneId=zone["Id"], StartRecordName=service.domain.name)
    return {
        record["Region"]
        for record in listed["ResourceRecordSets"]
        if record["Name"] == f"{service.domain.name}." and "Region" in record
    }
