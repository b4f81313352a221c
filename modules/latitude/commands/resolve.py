"""``latitude resolve``."""

from __future__ import annotations

from typing import Annotated

import typer

from latitude.sandbox.extra import require_embedded


def resolve(
    name: Annotated[str, typer.Argument(help="The name, such as shop.example.com.")],
    place: Annotated[
        list[str], typer.Option("--from", help="Where the one who asks is: a city or a region; may be repeated.")
    ],
    url: Annotated[
        str, typer.Option(help="The embedded AWS, as `latitude sandbox` printed it.", envvar="AWS_ENDPOINT_URL")
    ],
) -> None:
    """Ask an embedded AWS where a name leads for someone in a place, and why."""
    require_embedded()
    from rich.console import Console  # noqa: PLC0415  only commands that show tables need it

    from latitude.sandbox.control import Control, ControlError  # noqa: PLC0415  only this command needs it
    from latitude.trial.answers import answers_table, considered_table  # noqa: PLC0415  the same

    control, console = Control(url), Console()
    try:
        answers = {each: control.resolve(name, place=each) for each in place}
    except ControlError as error:
        raise ValueError(str(error)) from error
    except OSError as error:
        raise ValueError(f"--url: no embedded AWS answers at {url}: {error}") from error
    for each, answer in answers.items():
        console.print(f"[bold]{each.title()}[/]: {answer['outcome']}")
        for step in answer["steps"]:
            console.print(f"  {step}", highlight=False)
        console.print(considered_table(answer))
    console.print(answers_table(answers, before={}))
