"""``latitude bootstrap``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from latitude.commands.program import DEFAULT_PROGRAM, ApplicationName, ProgramFile, load_all, picked
from latitude.commands.tools import INTERRUPTED, require_default_workspace, require_terraform, terraform_environment
from latitude.files import locked
from latitude.spec import S3State
from latitude.spec.stack_names import state_file

if TYPE_CHECKING:
    from latitude.operate.events import Changes

_OUTCOMES = {
    "made": "The buckets are there, and the state of {stack} is in the first of them.",
    "changed": "The buckets are as described now.",
    "unchanged": "Nothing to do: the buckets are as described, and the state of {stack} is in the first of them.",
    "declined": "Nothing was applied.",
}


def bootstrap(
    program: ProgramFile = DEFAULT_PROGRAM,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to synthesize to.")] = Path("cdktf.out"),
    *,
    named: ApplicationName = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Apply without asking.")] = False,
) -> None:
    """Make the buckets that keep Terraform's state, and move their own state in. Safe to run again."""
    applications = load_all(program)
    application = picked(applications, named, program=program)
    if not isinstance(application.state, S3State) or application.state.create is None:
        raise ValueError("state: must be S3State(create=StateBucket(…)) for bootstrap to have buckets to make")
    require_terraform()
    from latitude.commands.deploy import confirmed, questioned  # noqa: PLC0415  only commands that run Terraform need these
    from latitude.commands.terminal import Heed, SteadyConsole  # noqa: PLC0415  the same
    from latitude.operate.bootstrap import Bootstrap, BootstrapError  # noqa: PLC0415  the same
    from latitude.operate.leftovers import EarlierGoesOnError, require_saved_states, wait_for_earlier  # noqa: PLC0415  the same
    from latitude.operate.terraform import Terraform, TerraformError  # noqa: PLC0415  the same
    from latitude.stacks import synthesize  # noqa: PLC0415  the same

    console = SteadyConsole()
    stack = application.stack_names.state
    require_default_workspace(application, [out / "stacks" / stack])
    where = ", ".join(application.state.regions(application))

    def confirm(changes: Changes) -> bool:
        console.print(f"Terraform's plan: {changes}.")
        for loss in changes.named:
            console.print(str(loss), markup=False)
        return yes or confirmed(f"Apply it{questioned(len(changes.named))}?")

    walk = Bootstrap(
        terraform=Terraform(
            directory=out / "stacks" / stack,
            environment=terraform_environment(),
            recorded=True,
            heeded=Heed(console),
        ),
        local_state=program.resolve().parent / state_file(stack),
        tell=lambda words: console.print(f"[cyan]·[/] {words}"),
        confirm=confirm,
    )
    try:
        with locked(out, "latitude bootstrap"):
            console.print(f"[bold]{stack}[/]: a bucket and a key in {where}")
            wait_for_earlier(out / "stacks", lambda which, words: console.print(f"{which}: {words}", markup=False))
            require_saved_states(out / "stacks")
            synthesize(*applications, outdir=out, only=application)
            outcome = walk.run()
    except (BootstrapError, TerraformError) as error:
        console.print(str(error), markup=False)
        raise typer.Exit(1) from error
    except EarlierGoesOnError as error:
        console.print(str(error), markup=False)
        raise typer.Exit(INTERRUPTED) from None
    except KeyboardInterrupt:
        console.print("Interrupted; Terraform has ended. Run this again: it goes on from there.")
        raise typer.Exit(INTERRUPTED) from None
    console.print(_OUTCOMES[outcome].format(stack=stack))
    if outcome == "declined":
        raise typer.Exit(1)
