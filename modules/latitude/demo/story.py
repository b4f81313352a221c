"""The demonstration from beginning to end."""

from __future__ import annotations

import shutil
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

from latitude.demo import buckets, ending, failover, opening
from latitude.demo.scene import Scene, suits
from latitude.spec import S3State
from latitude.trial.deployment import Deployment
from latitude.trial.jobs import Jobs
from latitude.trial.narrator import Narrator
from latitude.trial.provider import Provider

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from rich.console import Console

    from latitude.spec import Application
    from latitude.trial.aws import EmbeddedAws

    Step = tuple[str, Callable[[Scene], None]]


def tell(
    application: Application,
    *,
    embedded: AbstractContextManager[EmbeddedAws],
    folder: Path,
    console: Console,
    keep: bool = False,
) -> None:
    """Show the whole architecture, from an embedded AWS without anything to one with nothing left.

    Args:
        application: a description with two regions, a service from an image that has a domain, and a table.
        embedded: what starts an embedded AWS and stops it.
        folder: a folder of its own for stacks and logs; it is removed if all goes well and ``keep`` is false, and has
            only the logs and the stacks' JSON if not.
        console: where to tell it.
        keep: whether to leave the folder as it is.

    Raises:
        ValueError: the application is not of that kind.
        TrialError, TerraformError: a step failed; the folder then has the logs.
        KeyboardInterrupt: the user ended it; no process is left behind.

    """
    suits(application)
    steps = _steps(application)
    narrator = Narrator(console, folder / "logs", steps=len(steps) + 1)
    begun = time.monotonic()
    complete = False
    try:
        with ExitStack() as stack:
            stack.enter_context(narrator.live())
            with narrator.step("An embedded AWS starts"):
                running = stack.enter_context(embedded)
            # The last to be entered, and so the first to end: Terraform finishes while AWS still answers.
            jobs = stack.enter_context(Jobs())
            provider = Provider(running.environment, folder)
            deployment = Deployment(folder, provider=provider, listen=narrator.job, jobs=jobs)
            scene = Scene(application=application, aws=running, deployment=deployment, narrator=narrator)
            for title, act in steps:
                with narrator.step(title):
                    act(scene)
        complete = True
    finally:
        if complete and not keep:
            shutil.rmtree(folder)
        elif not keep:
            _keep_what_can_be_read(folder)
    console.print(f"[green]Everything worked[/], in {time.monotonic() - begun:.0f} s.")


def _steps(application: Application) -> list[Step]:
    home, other = application.regions
    in_buckets = isinstance(application.state, S3State)
    domain = next(service.domain.name for service in application.services if service.domain is not None)
    return [
        ("What exists beforehand: zone, secrets, subnets", opening.prepare),
        *([("Buckets for state are made", buckets.begin)] if in_buckets else []),
        ("The description becomes Terraform", Scene.connect),
        ("Repositories that are copied, and tables with replicas", Scene.apply_shared),
        ("Images are pushed and copied", opening.push_images),
        (f"Both regions are deployed, {home} and {other}", opening.apply_cells),
        *([("The buckets keep the state of their own making", buckets.finish)] if in_buckets else []),
        ("A second plan of every stack is empty", opening.plan_again),
        (f"An order is written in {home} and read in {other}", failover.place_order),
        (f"{domain} leads everybody to the nearest region", failover.resolve),
        (f"{home} goes dark: the traffic moves", failover.darken),
        (f"{other} is planned and deployed meanwhile", failover.deploy_meanwhile),
        (f"{home} answers again: the traffic returns", failover.lighten),
        (f"{home} is sick, and drained without its own plan", failover.drain),
        (f"A new release, and {home} serves again", ending.release),
        ("Everything is destroyed", Scene.destroy),
        (
            ("The states are empty, and their buckets go too", buckets.remove)
            if in_buckets
            else ("The states are empty", ending.prove_states_are_empty)
        ),
        ("Nothing is left", ending.prove_aws_is_as_before),
    ]


def _keep_what_can_be_read(folder: Path) -> None:
    """Remove what only Terraform needs, such as copies of its providers."""
    for directory in folder.glob("**/stacks/*/.terraform"):
        shutil.rmtree(directory, ignore_errors=True)
    for plan in folder.glob("**/*.tfplan"):
        plan.unlink()
