"""``latitude acceptance``."""

from __future__ import annotations

import os
import secrets
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from latitude.commands.tools import (
    INTERRUPTED,
    own_folder,
    require_default_workspace,
    require_terraform,
    terraform_environment,
)
from latitude.files import write_text

if TYPE_CHECKING:
    from rich.console import Console

    from latitude.acceptance.story import Acceptance
    from latitude.operate.bake import Probe
    from latitude.spec import Application
    from latitude.trial.aws import Clients
    from latitude.trial.jobs import Jobs

_REGIONS: Final = 2
_DOMAIN_SECONDS: Final = 5400.0
"""How long App Runner may take for a certificate. It says up to 48 hours; with a zone in Route 53 it is minutes."""
_REPORT: Final = Path("latitude-acceptance.md")


def acceptance(
    region: Annotated[
        list[str], typer.Option(help="A region of App Runner; state it twice, for two. The first is home.")
    ],
    *,
    zone: Annotated[
        str | None, typer.Option(help="A public hosted zone of the account, for a domain in it. Unset: no domain.")
    ] = None,
    probe: Annotated[
        str | None, typer.Option(help="A command that gets a service's URL; status 0 is healthy. Unset: an HTTPS GET.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Begin without asking.")] = False,
) -> None:
    """Try a small application's whole life on your AWS account: made, used, drained, destroyed; write a report."""
    if len(set(region)) != _REGIONS or len(region) != _REGIONS:
        raise ValueError(f"--region: must be stated twice, with two regions, got {', '.join(region)}")
    if find_spec("boto3") is None:
        raise ValueError("boto3: must be installed for this command, which looks at AWS itself; pip install boto3")
    require_terraform()
    from latitude.acceptance.report import report  # noqa: PLC0415  only commands that run Terraform need these
    from latitude.acceptance.small import small  # noqa: PLC0415  the same
    from latitude.commands.terminal import SteadyConsole  # noqa: PLC0415  the same
    from latitude.operate.bake import command_probe, http_probe  # noqa: PLC0415  the same
    from latitude.operate.terraform import TerraformError  # noqa: PLC0415  the same
    from latitude.trial.clients import AccountClients  # noqa: PLC0415  the same
    from latitude.trial.findings import TrialError  # noqa: PLC0415  the same
    from latitude.trial.jobs import Jobs, interruptible  # noqa: PLC0415  the same

    application = small(name=f"accept-{secrets.token_hex(3)}", regions=region, zone=zone)
    require_default_workspace(application, ())
    clients = AccountClients()
    account = _account(clients, region[0])
    # What is made on the account is taken down again, whether or not anybody reads on.
    console = SteadyConsole()
    _tell_what_it_takes(console, application, account)
    if not yes and not typer.confirm("Begin?"):
        raise typer.Exit(1)
    folder = own_folder("acceptance")
    failure: str | None = None
    try:
        with interruptible(), Jobs() as jobs:
            tried = _prepared(
                application, clients, console, folder, jobs, http_probe if probe is None else command_probe(probe)
            )
            try:
                tried.run()
            except (TrialError, TerraformError) as error:
                failure = str(error)
                console.print(f"[red]It failed[/]. Terraform's logs are in {folder / 'logs'}")
                console.print(failure, markup=False)
    except KeyboardInterrupt:
        console.print(
            "Interrupted; Terraform has ended. What was made is still there: run `terraform destroy` in the folders of "
            f"{folder / 'stacks'}: first in that of routing, then in those of the regions, then in that of the data."
        )
        raise typer.Exit(INTERRUPTED) from None
    said = report(
        application=application, terraform=_terraform_version(), took=tried.took, failure=failure, account=account
    )
    write_text(_REPORT, said)
    console.print(f"The report is in {_REPORT}; it does not name your account. Please send it in.")
    if failure is not None:
        raise typer.Exit(1)


def _prepared(
    application: Application, clients: Clients, console: Console, folder: Path, jobs: Jobs, probe: Probe
) -> Acceptance:
    from latitude.acceptance.story import Acceptance, steps  # noqa: PLC0415  only commands that run Terraform need these
    from latitude.trial.aws import Aws, push_none  # noqa: PLC0415  the same
    from latitude.trial.deployment import Deployment  # noqa: PLC0415  the same
    from latitude.trial.narrator import Narrator  # noqa: PLC0415  the same
    from latitude.trial.provider import Provider  # noqa: PLC0415  the same

    environment = terraform_environment()
    narrator = Narrator(console, folder / "logs", steps=len(steps(application)))
    return Acceptance(
        application=application,
        aws=Aws(environment=environment, clients=clients, push_image=push_none),
        deployment=Deployment(folder, provider=Provider(environment, folder), listen=narrator.job, jobs=jobs),
        regions=application.regions,
        patience_seconds=_DOMAIN_SECONDS,
        narrator=narrator,
        probe=probe,
    )


def _account(clients: Clients, region: str) -> str:
    """Return the account that the environment's credentials are of.

    Raises:
        ValueError: there are none, or AWS refuses them.

    """
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415  it comes with boto3

    try:
        return str(clients("sts", region).get_caller_identity()["Account"])
    except (BotoCoreError, ClientError) as error:
        raise ValueError(f"AWS credentials: must be in the environment, as for every tool of AWS; {error}") from error


def _tell_what_it_takes(console: Console, application: Application, account: str) -> None:
    home, other = application.regions
    routes = "" if not application.routes else ", a domain, a health check for each region"
    console.print(
        f"In account {account}, {home} and {other}: {application.name}, with a service of 0.25 vCPU and 0.5 GB and a "
        f"table in each{routes}. All of it is destroyed at the end.\n"
        "It takes half an hour to an hour, and costs less than one US dollar (App Runner's, DynamoDB's and Route 53's "
        "prices on aws.amazon.com). App Runner must be open to the account: it takes no new customers."
    )


def _terraform_version() -> str:
    from latitude.operate.binary import binary  # noqa: PLC0415  only commands that run Terraform need it

    command = [binary(os.environ), "version"]
    said = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return said.stdout.partition("\n")[0]
