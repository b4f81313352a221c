"""``latitude deploy``."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from latitude.commands.program import DEFAULT_PROGRAM, ProgramFile, load
from latitude.commands.tools import require_terraform

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from latitude.operate.deployment import Planned

_INTERRUPTED = 130


def deploy(  # noqa: PLR0913  # each is an option of the command
    program: ProgramFile = DEFAULT_PROGRAM,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to synthesize to.")] = Path("cdktf.out"),
    *,
    wave: Annotated[bool, typer.Option("--wave", help="One cell first; the others after it has baked.")] = False,
    first: Annotated[str | None, typer.Option(help="The wave's first region; unset: the home region.")] = None,
    bake_seconds: Annotated[int, typer.Option(min=0, help="How long the first cell's services are watched.")] = 300,
    bake_interval: Annotated[float, typer.Option(min=0.1, help="Seconds between two looks at a service.")] = 10,
    probe: Annotated[
        str | None, typer.Option(help="A command that gets a service's URL; status 0 is healthy. Unset: an HTTPS GET.")
    ] = None,
    parallel: Annotated[int, typer.Option(min=1, help="How many stacks are worked on at a time.")] = 4,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Apply without asking.")] = False,
) -> None:
    """Plan every stack, show the plans, and apply them in order; stop at the first failure."""
    application = load(program)
    require_terraform()
    from rich.console import Console  # noqa: PLC0415  only commands that run Terraform need these

    from latitude.operate.bake import Bake, command_probe, http_probe, watched  # noqa: PLC0415  the same
    from latitude.operate.cli_config import usable_environment  # noqa: PLC0415  the same
    from latitude.operate.deployment import Deployment, DeploymentStoppedError  # noqa: PLC0415  the same
    from latitude.operate.order import require_command_line, stages  # noqa: PLC0415  the same
    from latitude.operate.terraform import TerraformError  # noqa: PLC0415  the same
    from latitude.stacks import synthesize  # noqa: PLC0415  the same

    require_command_line(application)
    console = Console(highlight=False, soft_wrap=True)
    leading = (application.home_region if first is None else first) if wave else None
    order = stages(application, synthesize(application, out), first=leading)
    asks = http_probe if probe is None else command_probe(probe)
    watch = Bake(probe=asks, seconds=bake_seconds, interval_seconds=bake_interval)

    def bake(stack: str) -> str | None:
        urls = deployment.terraform(stack).outputs().get("service_urls", {})
        name = watch.unhealthy(watched(application, urls))
        return (
            None if name is None else f"{name} is unhealthy in {stack}, {urls[name]}: the other cells were left alone"
        )

    def confirm(plans: Sequence[Planned]) -> bool:
        _show(console, plans)
        return yes or typer.confirm("Apply these plans?")

    deployment = Deployment(
        folder=out / "stacks",
        environment=usable_environment(os.environ, Path(".latitude").resolve()),
        stages=order,
        tell=lambda stack, words: console.print(f"{stack}: {words}", markup=False),
        confirm=confirm,
        bake=bake,
        parallel=parallel,
    )
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        applied = deployment.run()
    except (DeploymentStoppedError, TerraformError) as error:
        console.print(str(error), markup=False)
        raise typer.Exit(1) from error
    except KeyboardInterrupt:
        console.print(f"Interrupted; Terraform has ended.\n{deployment.standing()}", markup=False)
        raise typer.Exit(_INTERRUPTED) from None
    console.print("Everything is applied." if applied else "Nothing to do: no stack has changes.")


def _show(console: Console, plans: Sequence[Planned]) -> None:
    from rich.table import Table  # noqa: PLC0415  only commands that run Terraform need it

    table = Table("stack", "add", "change", "destroy")
    for plan in plans:
        if plan.changes is None:
            table.add_row(plan.stack, "after the stacks before it", "", "")
        else:
            table.add_row(plan.stack, *(str(n) for n in (plan.changes.add, plan.changes.change, plan.changes.remove)))
    console.print(table)
