"""Programs that state several applications: each command takes all of them, or the one that is named."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

from latitude import cli
from latitude.commands.program import load_all
from latitude.operate.departed import Departures
from tests.support.beside_program import beside_program

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PROGRAM: Final = """
from latitude import Account, Application, PublicImage, S3State, Service, StateBucket, synthesize

def orders(environment, account):
    return Application(
        name=f"orders-{environment}",
        regions=("us-east-1",),
        account=Account(id=account),
        services=(Service(name="web", image=PublicImage(identifier="public.ecr.aws/nginx/nginx:latest")),),
        state=S3State(bucket=f"acme-{environment}-{{region}}", create=StateBucket()),
    )

dev, prod = orders("dev", "111111111111"), orders("prod", "222222222222")
if __name__ == "__main__":
    synthesize(dev, prod)
"""
DEV: Final = ["orders-dev-state", "orders-dev-us-east-1"]
PROD: Final = ["orders-prod-state", "orders-prod-us-east-1"]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run commands beside a program, with a Terraform that fails whatever it is asked."""
    beside_program(tmp_path, monkeypatch, program=PROGRAM)


def run(*arguments: str) -> str:
    """Return what a command that succeeds prints."""
    ended = CliRunner().invoke(cli.app, arguments)
    assert ended.exit_code == 0, ended.output
    return ended.stdout


def stacks(folder: Path) -> list[str]:
    """Return the stacks that are in a folder."""
    return sorted(path.name for path in (folder / "stacks").iterdir())


def test_check_takes_all_or_the_one_that_is_named() -> None:
    """A line for each."""
    lines = [f"orders-{each}: no faults; regions us-east-1, layout cells." for each in ("dev", "prod")]
    assert run("check").splitlines() == lines
    assert run("check", "--application", "orders-prod").splitlines() == lines[1:]


def test_synth_takes_all_or_the_one_that_is_named(tmp_path: Path) -> None:
    """One cdktf app has the stacks of all, and each application has its own record of them."""
    assert run("synth").splitlines() == [f"cdktf.out/stacks/{name}" for name in [*DEV, *PROD]]
    assert sorted(json.loads((tmp_path / "cdktf.out" / "manifest.json").read_text())["stacks"]) == [*DEV, *PROD]
    assert sorted(json.loads((tmp_path / "orders-prod.stacks.json").read_text())) == PROD
    run("synth", "--application", "orders-dev", "--out", "dev/out", "--no-lock")
    assert stacks(tmp_path / "dev" / "out") == DEV
    assert [path.name for path in (tmp_path / "dev").glob("*.json")] == ["orders-dev.stacks.json"]


def test_diagram_takes_all_or_the_one_that_is_named() -> None:
    """One picture with one application below the other."""
    picture = ET.fromstring(run("diagram"))  # noqa: S314  our own picture
    names = [element.text for element in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert [name for name in names if name in {"orders-dev", "orders-prod"}] == ["orders-dev", "orders-prod"]
    one = ET.fromstring(run("diagram", "--application", "orders-dev"))  # noqa: S314  the same
    assert int(picture.attrib["height"]) == 2 * int(one.attrib["height"])


@pytest.mark.parametrize(
    "arguments",
    [
        ("deploy", "--yes"),
        ("bootstrap", "--yes"),
        ("recover",),
        ("pipeline", "github"),
        ("migrate", "main.py", "main.py"),
        ("demo",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_command_for_one_application_asks_for_its_name(arguments: Sequence[str], tmp_path: Path) -> None:
    """One line lists the names; nothing is written."""
    for given, shown in (((), "none"), (("--application", "orders"), "'orders'")):
        ended = CliRunner().invoke(cli.app, [*arguments, *given])
        assert str(ended.exception) == (
            f"--application: must be one of those that main.py states, orders-dev, orders-prod, got {shown}"
        )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["main.py", "terraform"]


def test_command_for_one_application_writes_that_alone(tmp_path: Path) -> None:
    """The other's folders, states and roles are nobody's business then."""
    script = run("recover", "--application", "orders-prod")
    assert "enter orders-prod-us-east-1" in script
    assert "orders-dev" not in script
    assert run("pipeline", "github", "-a", "orders-dev", "--out", "flows").strip() == "flows/orders-dev-github.yml"
    assert "orders-prod" not in (tmp_path / "flows" / "orders-dev-github.yml").read_text()
    moved = run("migrate", "main.py", "main.py", "--application", "orders-dev")
    assert "orders-dev-us-east-1" in moved
    assert "orders-prod" not in moved
    for command in ("deploy", "bootstrap"):
        CliRunner().invoke(cli.app, [command, "--yes", "-a", "orders-dev", "--out", command])
        assert stacks(tmp_path / command) == DEV


@pytest.mark.parametrize(
    ("ends", "names"),
    [
        ("several = [dev, prod]", ["orders-dev", "orders-prod"]),
        ("each = {'dev': orders('test', '333333333333')}", ["orders-dev", "orders-prod", "orders-test"]),
        ("_template = orders('none', '111111111111')", ["orders-dev", "orders-prod"]),
        ("del dev, prod\nall = tuple(orders(e, '111111111111') for e in ('a', 'b'))", ["orders-a", "orders-b"]),
    ],
)
def test_program_states_applications_by_themselves_and_in_lists(ends: str, names: list[str], tmp_path: Path) -> None:
    """Each counts once; what begins with an underscore is the program's own."""
    (tmp_path / "main.py").write_text(f"{PROGRAM}\n{ends}\n")
    assert [each.name for each in load_all(tmp_path / "main.py")] == names


def test_program_without_an_application_is_refused(tmp_path: Path) -> None:
    """One line says what is missing."""
    (tmp_path / "main.py").write_text("")
    said = CliRunner().invoke(cli.app, ["check"])
    assert str(said.exception) == "main.py: must state an Application at its top level, got none"


def test_check_refuses_applications_that_collide(tmp_path: Path) -> None:
    """As ``synthesize`` does, whichever is named."""
    text = PROGRAM.replace('f"orders-{environment}",', '"orders",')
    (tmp_path / "main.py").write_text(text)
    said = CliRunner().invoke(cli.app, ["check", "--application", "orders"])
    assert "applications: must have names of their own in one program, got 'orders' twice" in str(said.exception)


def test_stacks_of_another_application_have_not_left(tmp_path: Path) -> None:
    """`orders` and `orders-us` in one folder: what is, or was, the other's is not looked for; what was its own is."""
    folder = tmp_path / "cdktf.out" / "stacks"
    for stack in ("orders-us-data", "orders-us-us-east-1", "orders-us-west-2", "orders-data"):
        (folder / stack).mkdir(parents=True)
        (folder / stack / "cdk.tf.json").write_text("{}")
    (tmp_path / "terraform.orders-us-zone.tfstate").write_text("{}")

    def look(application: str, *others: str) -> list[str]:
        departures = Departures(
            folder=folder, application=application, others=others, environment=os.environ, tell=lambda *_: None
        )
        return [each.stack for each in departures.look([])]

    assert look("orders", "orders-us") == ["orders-data", "orders-us-west-2"]
    assert look("orders-us", "orders") == ["orders-us-data", "orders-us-us-east-1", "orders-us-zone"]
