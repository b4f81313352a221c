"""Second act: the application is used, a region goes dark, and the other goes on and can be deployed meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude.demo.scene import PLACES
from latitude.trial.answers import answers_table
from latitude.trial.findings import require
from latitude.trial.items import write_and_read
from latitude.trial.revisions import with_variables
from latitude.trial.services import API, services

if TYPE_CHECKING:
    from collections.abc import Iterable

    from latitude.demo.scene import Scene

_CHANGED: Final = {"LOG_LEVEL": "debug"}


def place_order(scene: Scene) -> None:
    """Write an item to the table in one region, and read it from its replica in the other."""
    found = write_and_read(
        scene.aws.clients,
        scene.table,
        name=scene.application.aws_names.table(scene.table),
        regions=(scene.home, scene.other),
    )
    scene.narrator.show(f"written in {scene.home}, read in {scene.other}: {found}")


def resolve(scene: Scene) -> None:
    """Resolve the domain from all over the earth: every serving region answers somebody, and no other does."""
    lead_to(scene, scene.application.serving_regions)


def lead_to(scene: Scene, regions: Iterable[str]) -> None:
    """Resolve the domain from all over the earth, and hold the answers to the regions that should give them."""
    answers = {place: scene.aws.control.resolve(scene.domain, place=place) for place in PLACES}
    scene.narrator.show(answers_table(answers, scene.answers))
    found = {place: str(answer["region"]) for place, answer in answers.items()}
    wanted = set(regions)
    require(
        set(found.values()) == wanted,
        f"{scene.domain} should lead to {', '.join(sorted(wanted))}; it leads to {found}",
    )
    scene.answers = found


def darken(scene: Scene) -> None:
    """Let the home region fail: the traffic moves."""
    scene.aws.control.set_region_dark(scene.home, dark=True)
    lead_to(scene, {*scene.application.serving_regions} - {scene.home})


def deploy_meanwhile(scene: Scene) -> None:
    """Plan and deploy a change in the other region, with the home region, its state and its images out of reach."""
    scene.revise(with_variables(scene.application, _CHANGED))
    require(
        scene.deployment.plan_and_apply(scene.cell(scene.other)),
        f"the plan of {scene.cell(scene.other)} does not see a changed environment variable",
    )
    service = next(iter(services(scene.aws.clients, [scene.other]).values()))
    variables = service["SourceConfiguration"]["ImageRepository"]["ImageConfiguration"]["RuntimeEnvironmentVariables"]
    require(variables.items() >= _CHANGED.items(), f"{service['ServiceArn']} runs with {variables}, without {_CHANGED}")
    scene.narrator.show(f"{service['ServiceName']} in {scene.other} is {service['Status']} with {_CHANGED}")


def lighten(scene: Scene) -> None:
    """Let the home region answer again: the traffic returns."""
    scene.aws.control.set_region_dark(scene.home, dark=False)
    resolve(scene)


def drain(scene: Scene) -> None:
    """Take the home region out of DNS while it is sick: its API answers errors, so that its cell can't be planned.

    Its services go on running, and answer: health checks see nothing.
    """
    scene.aws.control.add_fault(kind="error", service=API, region=scene.home)
    (routing,) = scene.routing
    refusal, _ = scene.deployment.together(
        lambda: scene.deployment.refusal(scene.cell(scene.home)),
        lambda: scene.deployment.apply(routing, variables={"draining": [scene.home]}),
    )
    scene.aws.control.clear_faults()
    require("InternalFailure" in str(refusal), f"{scene.cell(scene.home)} was planned though {scene.home} is sick")
    scene.narrator.show(f"{scene.cell(scene.home)} can't be planned; {routing} drains {scene.home} without it")
    lead_to(scene, {*scene.application.regions} - {scene.home})
    running = {name: found["Status"] for (_, name), found in services(scene.aws.clients, [scene.home]).items()}
    require(
        running and set(running.values()) == {"RUNNING"},
        f"the services of {scene.home}, which drains, should go on running: {running}",
    )
