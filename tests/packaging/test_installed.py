"""Latitude installed from its wheel, in a project that has modules of its own by the names of Latitude's folders."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import boto3
import pytest

from latitude.operate.cli_config import usable_environment
from tests.support.installed import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.installed import Installed

_RAISES = "raise ImportError(f'{__name__} is the project own')\n"
# `constructs` is the name of a library that any program in cdktf needs: test_programs_own_modules_hide_no_library.
_FOLDERS = {path.name for path in (ROOT / "modules" / "latitude").iterdir() if path.is_dir()} - {"__pycache__"}
_NAMES = sorted({"modules", "tests", "benchmarks", "cli", *_FOLDERS} - {"constructs"})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with the README's program, and packages that raise when anything imports them."""
    shutil.copy(ROOT / "main.py", tmp_path)
    for name in _NAMES:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(_RAISES)
    return tmp_path


def _written(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.tf.json")}


@contextmanager
def _started(installed: Installed, *command: str, folder: Path) -> Iterator[Iterator[str]]:
    """Start a command that goes on until Ctrl-C, give the lines that it says, and end it so."""
    with subprocess.Popen(
        [installed.root / "bin" / command[0], *command[1:]],
        cwd=folder,
        env=usable_environment(installed.environ(PYTHONUNBUFFERED="1"), folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as child:
        assert child.stdout is not None  # for the types: it is the pipe that was asked for
        try:
            yield iter(child.stdout.readline, "")
        finally:
            child.send_signal(signal.SIGINT)
            child.communicate(timeout=120)


def test_package_comes_from_the_wheel(installed: Installed, project: Path) -> None:
    """What these tests import is the wheel's: no path of this checkout is among those that Python searches."""
    code = "import sys, latitude; print(latitude.__file__, *sys.path, sep='\\n')"
    first, *paths = installed.run("python", "-c", code, folder=project).stdout.splitlines()
    assert first == str(installed.site_packages / "latitude" / "__init__.py")
    assert [path for path in paths if path.startswith(str(ROOT / "modules"))] == []


def test_names_of_the_former_packages_are_the_projects_own() -> None:
    """The packages that raise have the names that a wheel once took, and those of all folders but one."""
    assert {"modules", "sandbox", "spec", "stacks", "commands"} <= set(_NAMES)


@pytest.mark.parametrize("environment", ["installed", "without_extra"])
def test_check_and_synth_in_the_project(environment: str, project: Path, request: pytest.FixtureRequest) -> None:
    """`latitude check`, `latitude synth` and `python main.py` work, and the last two write the same."""
    made: Installed = request.getfixturevalue(environment)
    checked = made.run("latitude", "check", folder=project)
    assert (checked.stdout, checked.stderr) == (
        "orders: no faults; regions us-east-1, us-west-2, layout cells.\n",
        "",
    )
    synthesized = made.run("latitude", "synth", "--out", "out", "--no-lock", folder=project)
    assert synthesized.returncode == 0, synthesized.stderr
    ran = made.run("python", "main.py", folder=project)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert len(_written(project / "out")) == 5
    assert _written(project / "out") == _written(project / "cdktf.out")


def test_diagram_in_the_project(without_extra: Installed, project: Path) -> None:
    """The picture needs no file from outside the package."""
    drawn = without_extra.run("latitude", "diagram", folder=project)
    assert drawn.stdout.startswith("<svg"), drawn.stderr


def test_emit_in_the_project(without_extra: Installed, project: Path) -> None:
    """The HCL modules are written without Terraform on the PATH, and emitting them again would change nothing."""
    command = ["latitude", "emit", "--out", "hcl_modules", "--regions", "us-east-1"]
    path = str(without_extra.root / "bin")
    emitted = without_extra.run(*command, folder=project, PATH=path)
    assert emitted.returncode == 0, emitted.stderr
    assert (project / "hcl_modules" / "modules" / "regional-service" / "main.tf").is_file()
    checked = without_extra.run(*command, "--check", folder=project, PATH=path)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.sandbox
def test_sandbox_in_the_project(installed: Installed, project: Path) -> None:
    """`latitude sandbox` answers at the address that it prints."""
    with _started(installed, "latitude", "sandbox", folder=project) as lines:
        url = next((line for line in lines if line.startswith("export AWS_ENDPOINT_URL=")), "").strip()
        assert url.startswith("export AWS_ENDPOINT_URL=http://127.0.0.1:")
        sts = boto3.client(
            "sts",
            endpoint_url=url.partition("=")[2],
            region_name="us-east-1",
            aws_access_key_id="sandbox",
            aws_secret_access_key="sandbox",  # noqa: S106  the embedded AWS takes any
        )
        assert sts.get_caller_identity()["Account"] == "123456789012"


@pytest.mark.sandbox
def test_demo_begins_in_the_project(installed: Installed, project: Path) -> None:
    """`latitude demo` gets as far as its embedded AWS."""
    with _started(installed, "latitude", "demo", folder=project) as lines:
        said = next((line for line in lines if line.startswith(("✓", "✗")) or "Error" in line), "")
        assert "An embedded AWS starts" in said
        assert said.startswith("✓")


@pytest.mark.sandbox
def test_pytest_plugin_in_the_project(installed: Installed, project: Path) -> None:
    """A project's own tests take the fixtures of the embedded AWS."""
    (project / "conftest.py").write_text('pytest_plugins = ["latitude.sandbox.pytest_plugin"]\n')
    (project / "test_own.py").write_text(
        "def test_own(client):\n    assert client('s3').list_buckets()['Buckets'] == []\n"
    )
    ran = installed.run("python", "-m", "pytest", "-q", "test_own.py", folder=project)
    assert "1 passed" in ran.stdout, ran.stdout + ran.stderr


@pytest.mark.sandbox
def test_programs_own_modules_hide_no_library(installed: Installed, project: Path) -> None:
    """Modules beside the program that are called as libraries are the program's, and Latitude's are Latitude's."""
    for name in ("boto3", "flask", "jsii", "moto", "rich", "attr", "hcl2"):
        (project / f"{name}.py").write_text(_RAISES)
    (project / "constructs").mkdir()
    (project / "constructs" / "__init__.py").write_text("NAME = 'shop'\n")
    (project / "secrets.py").write_text("REGIONS = ('eu-west-1',)\n")
    (project / "main.py").write_text(
        "from constructs import NAME\nfrom secrets import REGIONS\nfrom latitude import Application\n"
        "application = Application(name=NAME, regions=REGIONS)\n"
    )
    checked = installed.run("latitude", "check", folder=project)
    assert checked.stdout == "shop: no faults; regions eu-west-1, layout cells.\n", checked.stderr
    synthesized = installed.run("latitude", "synth", "--out", "out", "--no-lock", folder=project)
    assert synthesized.returncode == 0, synthesized.stderr
    with _started(installed, "latitude", "sandbox", "--for", "main.py", folder=project) as lines:
        assert next(lines, "").startswith("unset AWS_PROFILE")


@pytest.mark.parametrize(
    "command",
    [
        ["latitude", "demo"],
        ["latitude", "sandbox"],
        ["latitude", "resolve", "a.example.com", "--from", "london", "--url", "http://127.0.0.1:9"],
    ],
    ids=lambda command: command[1],
)
def test_commands_without_the_extra_say_how_to_install_it(
    command: list[str], without_extra: Installed, wheel: Path, project: Path
) -> None:
    """One line, which names the wheel that Latitude came from and never the name alone; nothing is left behind."""
    before = sorted(project.iterdir())
    ended = without_extra.run(*command, folder=project)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr == (
        "the embedded AWS needs boto3, cloudpickle, flask, moto: "
        f"uv pip install 'latitude[sandbox] @ {wheel.as_uri()}'\n"
    )
    assert sorted(project.iterdir()) == before


def test_pytest_plugin_without_the_extra_says_how_to_install_it(without_extra: Installed, project: Path) -> None:
    """One line as well, in place of a traceback."""
    ended = without_extra.run("python", "-m", "pytest", "-p", "latitude.sandbox.pytest_plugin", folder=project)
    assert ended.returncode == 4
    assert ended.stderr.startswith(
        "ERROR: latitude.sandbox.pytest_plugin: the embedded AWS needs boto3, cloudpickle, flask, moto: uv"
    )
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    "command",
    [["demo"], ["deploy"]],
    ids=lambda each: each[0],
)
def test_commands_without_terraform_say_so(command: list[str], installed: Installed, project: Path) -> None:
    """One line, before anything is written."""
    before = sorted(project.iterdir())
    ended = installed.run("latitude", *command, folder=project, PATH=str(installed.root / "bin"))
    assert ended.returncode == 1
    assert ended.stderr == (
        "terraform is not on the PATH: install Terraform 1.11 or newer, or name another program with "
        "TERRAFORM_BINARY_NAME, such as tofu\n"
    )
    assert sorted(path for path in project.iterdir() if path.name != "__pycache__") == before


def test_types_are_public(without_extra: Installed, tmp_path: Path) -> None:
    """The types come from the wheel: without ``py.typed`` mypy would say that they are missing."""
    (tmp_path / "own.py").write_text(
        "from latitude import Application, synthesize\n"
        "application = Application(name='shop', regions=('eu-west-1',))\n"
        "reveal_type(application.regions)\n"
        "reveal_type(synthesize(application))\n"
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--config-file="]
    where = [f"--python-executable={without_extra.python}", "--cache-dir=cache", "own.py"]
    ended = subprocess.run(
        [*command, *where], cwd=tmp_path, env=without_extra.environ(), capture_output=True, text=True, check=False
    )
    assert ended.stdout.splitlines() == [
        'own.py:3: note: Revealed type is "tuple[str, ...]"',
        'own.py:4: note: Revealed type is "list[str]"',
    ], ended.stderr
