"""The lines of docs/terraform.md that set something for Terraform are run, and Terraform gets what they set."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from latitude.commands import tools

if TYPE_CHECKING:
    from types import ModuleType

PAGE: Final = (Path(__file__).parents[2] / "docs" / "terraform.md").read_text("utf-8")
EXPORTS: Final = re.findall(r"^    (export .+)$", PAGE, re.MULTILINE)
PROGRAM: Final = """
from latitude import Application, Table
application = Application(
    name="orders", regions=("us-east-1",), tables=(Table(name="a", hash_key="b", attributes={"b": "S"}),)
)
"""


def test_page_sets_what_it_is_about() -> None:
    """OpenTofu, a proxy, options for everybody."""
    names = [re.findall(r"(?<= )([A-Za-z_]+)=", line) for line in EXPORTS]
    assert names == [
        ["TERRAFORM_BINARY_NAME"],
        ["HTTPS_PROXY", "NO_PROXY"],
        ["TF_CLI_ARGS_plan", "TF_CLI_ARGS_apply"],
    ]


@pytest.mark.parametrize("line", EXPORTS)
def test_line_of_the_page_reaches_terraform(line: str, tmp_path: Path) -> None:
    """A command that is run behind it starts the program named, with all of it in its environment."""
    (tmp_path / "main.py").write_text(PROGRAM)
    for program in ("terraform", "tofu"):
        (tmp_path / program).write_text(f"#!/bin/sh\nenv > {tmp_path}/{program}.env\nexit 1\n")
        (tmp_path / program).chmod(0o755)
    left_out = {"TERRAFORM_BINARY_NAME", "TF_CLI_CONFIG_FILE"}
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    latitude = f"{sys.executable} -c 'from latitude.cli import main; main()' synth --lock"
    subprocess.run(
        ["bash", "-c", f"{line}; {latitude}"],
        cwd=tmp_path,
        env={**environment, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        check=False,
    )
    stated = line.removeprefix("export ").split(" ")
    (written,) = tmp_path.glob("*.env")
    assert written.stem == ("tofu" if "TERRAFORM_BINARY_NAME=tofu" in stated else "terraform")
    assert set(stated) <= set(written.read_text().splitlines())


def test_native_windows_is_told_where_to_run_terraform(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the page says: in one line, and not in a traceback of signals that Windows has not."""

    class Windows:
        """What the commands ask of the system."""

        name, environ = "nt", os.environ

    system: ModuleType | type[Windows] = Windows
    monkeypatch.setattr(tools, "os", system)
    with pytest.raises(ValueError, match="on Windows run it in WSL, or run Terraform yourself in the folders"):
        tools.require_terraform()
