"""``latitude demo``."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from latitude.commands.embedded import embedded_aws
from latitude.commands.program import DEFAULT_PROGRAM, ApplicationName, ProgramFile, load
from latitude.commands.tools import INTERRUPTED, own_folder, require_default_workspace, require_terraform
from latitude.sandbox.extra import require_embedded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.trial.aws import EmbeddedAws

_IAM_PROPAGATION_SECONDS = 2.0
_OPERATION_SECONDS = 0.3


def demo(
    program: ProgramFile = DEFAULT_PROGRAM,
    *,
    named: ApplicationName = None,
    keep: Annotated[bool, typer.Option(help="Keep the stacks and Terraform's logs.")] = False,
) -> None:
    """Show the whole architecture on an embedded AWS, with the real Terraform: applied, failed over, torn down."""
    require_embedded()
    require_terraform()
    application = load(program, named)
    require_default_workspace(application, ())
    from rich.console import Console  # noqa: PLC0415  only commands that show tables need it
    from rich.markup import escape  # noqa: PLC0415  the same

    from latitude.demo.story import tell  # noqa: PLC0415  the same
    from latitude.operate.terraform import TerraformError  # noqa: PLC0415  the same
    from latitude.trial.findings import TrialError  # noqa: PLC0415  the same
    from latitude.trial.jobs import interruptible  # noqa: PLC0415  the same

    console = Console()
    folder = own_folder("demo")
    try:
        with interruptible():
            tell(application, embedded=embedded(), folder=folder, console=console, keep=keep)
    except (TrialError, TerraformError) as error:
        console.print(f"[red]It failed[/]: {escape(str(error))}", highlight=False)
        console.print(f"The logs are in {folder / 'logs'}", soft_wrap=True)
        raise typer.Exit(1) from error
    except KeyboardInterrupt:
        console.print(f"Interrupted; Terraform has ended, the embedded AWS too. The logs are in {folder / 'logs'}")
        raise typer.Exit(INTERRUPTED) from None


@contextmanager
def embedded() -> Iterator[EmbeddedAws]:
    """Run an embedded AWS in this process, on a free port."""
    from latitude.sandbox.server import Sandbox  # noqa: PLC0415  what needs the embedded AWS loads with it

    with Sandbox(
        operation_seconds=_OPERATION_SECONDS, iam_propagation_seconds=_IAM_PROPAGATION_SECONDS, auto_handshake=True
    ) as running:
        yield embedded_aws(running)
