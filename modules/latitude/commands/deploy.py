"""``latitude deploy``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from latitude.commands.program import DEFAULT_PROGRAM, ApplicationName, ProgramFile, load_all, picked
from latitude.commands.tools import INTERRUPTED, require_default_workspace, require_terraform, terraform_environment
from latitude.files import locked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from latitude.operate.bake import Bake
    from latitude.operate.deployment import Deployment
    from latitude.operate.planned import Planned
    from latitude.spec import Application


def deploy(  # noqa: PLR0913  # each is an option of the command
    program: ProgramFile = DEFAULT_PROGRAM,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to synthesize to.")] = Path("cdktf.out"),
    *,
    named: ApplicationName = None,
    only: Annotated[
        list[str] | None, typer.Option(help="A stack or a region; the others are left alone. May be repeated.")
    ] = None,
    wave: Annotated[bool, typer.Option("--wave", help="One cell first; the others after it has baked.")] = False,
    first: Annotated[str | None, typer.Option(help="The wave's first region; unset: the home region.")] = None,
    bake_seconds: Annotated[int, typer.Option(min=0, help="How long the first cell's services are watched.")] = 300,
    bake_interval: Annotated[float, typer.Option(min=0.1, help="Seconds between two looks at a service.")] = 10,
    probe: Annotated[
        str | None, typer.Option(help="A command that gets a service's URL; status 0 is healthy. Unset: an HTTPS GET.")
    ] = None,
    join: Annotated[
        list[str] | None,
        typer.Option(help="A region that may join DNS with --yes, where it was not before. May be repeated."),
    ] = None,
    wait_minutes: Annotated[
        int, typer.Option(min=0, help="How long to wait for domains that are not live; 0: not at all.")
    ] = 60,
    parallel: Annotated[int, typer.Option(min=1, help="How many stacks are worked on at a time.")] = 4,
    lock_timeout: Annotated[
        str, typer.Option(help="How long to wait for the lock on a state that someone else has, such as 90s or 10m.")
    ] = "0s",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Apply without asking.")] = False,
) -> None:
    """Plan every stack, show the plans, and apply them in order; stop at the first failure."""
    applications = load_all(program)
    application = picked(applications, named, program=program)
    require_terraform()
    from latitude.commands.terminal import Insistence, SteadyConsole, signals_of_a_terminal  # noqa: PLC0415  only commands that run Terraform need these
    from latitude.operate.bake import Bake, command_probe, http_probe  # noqa: PLC0415  the same
    from latitude.operate.departed import Departures  # noqa: PLC0415  the same
    from latitude.operate.deployment import Deployment, DeploymentStoppedError, HangUpError  # noqa: PLC0415  the same
    from latitude.operate.leftovers import EarlierGoesOnError, require_saved_states, wait_for_earlier  # noqa: PLC0415  the same
    from latitude.operate.order import duration, narrowed, require_command_line, require_serving, stages  # noqa: PLC0415  the same
    from latitude.operate.terraform import TerraformError  # noqa: PLC0415  the same
    from latitude.stacks import synthesize  # noqa: PLC0415  the same

    require_command_line(application)
    require_default_workspace(application, (out / "stacks" / name for name in application.stack_regions))
    require_serving(application, join or ())
    console = SteadyConsole()
    leading = (application.home_region if first is None else first) if wave else None
    watch = Bake(
        probe=http_probe if probe is None else command_probe(probe),
        seconds=bake_seconds,
        interval_seconds=bake_interval,
    )
    environment = terraform_environment()
    deployment: Deployment | None = None

    def tell(stack: str, words: str) -> None:
        console.print(f"{stack}: {words}", markup=False)

    try:
        with signals_of_a_terminal(), locked(out, "latitude deploy"):
            wait_for_earlier(out / "stacks", tell)
            require_saved_states(out / "stacks")
            names = synthesize(*applications, outdir=out, only=application)
            deployment = Deployment(
                folder=out / "stacks",
                environment=environment,
                stages=narrowed(stages(application, names, first=leading), application, only),
                tell=tell,
                confirm=lambda plans: _confirmed(console, plans, yes=yes),
                bake=lambda stack: _bake(application, watch, deployment, stack),
                insisted=Insistence(console),
                parallel=parallel,
                lock_timeout=duration(lock_timeout),
                routing=application.stack_names.routing if application.layout == "cells" else None,
                draining=application.draining,
                seen=frozenset(join or ()) if yes else None,
                wait_seconds=60 * wait_minutes,
            )
            departures = Departures(
                folder=out / "stacks",
                application=application.name,
                others=frozenset(each.name for each in applications if each is not application),
                environment=environment,
                tell=tell,
            )
            left = departures.look(names)
            for each in left:
                console.print(str(each), markup=False)
            applied = deployment.run()
    except (DeploymentStoppedError, TerraformError) as error:
        console.print(str(error), markup=False)
        raise typer.Exit(1) from error
    except EarlierGoesOnError as error:
        console.print(str(error), markup=False)
        raise typer.Exit(INTERRUPTED) from None
    except (KeyboardInterrupt, HangUpError) as error:
        standing = "" if deployment is None else deployment.standing()
        what = "Interrupted" if isinstance(error, KeyboardInterrupt) else "The terminal is gone"
        console.print(f"{what}; Terraform has ended.\n{standing}", markup=False)
        raise typer.Exit(INTERRUPTED) from None
    whole = "" if only is None else f" of {', '.join(only)}"
    console.print(f"Everything{whole} is applied." if applied else f"Nothing to do: no stack{whole} has changes.")
    for words in _closing(application, applications, deployment, program):
        console.print(words, markup=False)
    if left:
        console.print(f"Still there, though not in the description: {', '.join(each.stack for each in left)}.")


def _closing(
    application: Application, applications: Sequence[Application], deployment: Deployment, program: Path
) -> Iterator[str]:
    """Say what is still to be done: in another application's stack, or once more with this one's."""
    from latitude.spec.replication import owner_of  # noqa: PLC0415  loaded for a description without faults

    owner = owner_of(application, applications)
    if owner is not None and owner is not application:
        stack = owner.stack_names.single if owner.layout == "single" else owner.stack_names.registry
        yield (
            f"Images of {application.name} are copied by {stack}, which has the registry's rules for both: apply it "
            "before you push."
        )
    named = f" --application {application.name}" if len(applications) > 1 else ""
    for region in sorted(deployment.out):
        yield (
            f"{region} stays out of DNS, though it does not drain in {program}: someone drained it, or it is new. "
            f"`latitude deploy{named} --yes --join {region}` leads users there."
        )
    for stack, why in deployment.waiting.items():
        yield f"{stack} is not answered with yet: {why} Run this again then."


def _bake(application: Application, watch: Bake, deployment: Deployment | None, stack: str) -> str | None:
    from latitude.operate.bake import watched  # noqa: PLC0415  only commands that run Terraform need it

    if deployment is None:
        return None
    terraform = deployment.terraform(stack)
    urls = terraform.outputs().get("service_urls", {})
    name = watch.unhealthy(watched(application, urls))
    if name is not None:
        return f"{name} is unhealthy in {stack}, {urls[name]}: the other cells were left alone"
    # Healthy is what answered: another plan asks AWS whether that is the version that was deployed.
    # Where a domain is not live, a plan changes when it is: then nobody can tell the two apart.
    if stack not in deployment.waiting and terraform.plan("-lock=false"):
        return (
            f"{stack} does not run what was deployed to it: a plan after the bake has changes. "
            "App Runner may have gone back to the version before. The other cells were left alone"
        )
    return None


def _confirmed(console: Console, plans: Sequence[Planned], *, yes: bool) -> bool:
    from rich.table import Table  # noqa: PLC0415  only commands that run Terraform need these

    from latitude.operate.words import sentence  # noqa: PLC0415  the same

    table = Table("stack", "add", "change", "destroy")
    for plan in plans:
        if plan.changes is not None:
            table.add_row(plan.stack, *(str(n) for n in (plan.changes.add, plan.changes.change, plan.changes.remove)))
        elif not plan.left_out:
            table.add_row(plan.stack, "after the stacks before it", "", "")
    console.print(table)
    for plan in plans:
        if plan.left_out:
            console.print(sentence(f"{plan.stack} cannot be planned, and is left out", plan.why), markup=False)
    for plan in plans:
        if plan.changes is not None and str(plan.changes.routes):
            console.print(f"{plan.stack}: {plan.changes.routes}", markup=False)
    losses = [f"{plan.stack}: {loss}" for plan in plans if plan.changes is not None for loss in plan.changes.named]
    for loss in losses:
        console.print(loss, markup=False)
    if yes:
        return True
    return confirmed(f"Apply these plans{questioned(len(losses))}?")


def confirmed(question: str) -> bool:
    """Ask; Ctrl-C, SIGTERM or the end of what can be answered is a no."""
    try:
        return typer.confirm(question)
    except typer.Abort:
        typer.echo()
        return False


def questioned(losses: int) -> str:
    """Return what a question says of the objects that were named before it."""
    if losses == 0:
        return ""
    return (
        ", with the loss or takeover named above"
        if losses == 1
        else f", with the {losses} losses or takeovers named above"
    )
