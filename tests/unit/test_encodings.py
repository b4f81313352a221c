"""Every read, write and pipe states its encoding, and no terminal's encoding ends a command."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

import pytest

import latitude

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PACKAGE: Final = Path(latitude.__file__).parent
_READS_OR_WRITES: Final = {"open", "fdopen", "read_text", "write_text", "run", "Popen", "check_output"}
_MODE_AT: Final = {"open": 0, "fdopen": 1}
_TEXT: Final = {"text", "universal_newlines"}
# A distribution's own files are read by importlib.metadata, which states the encoding (Distribution.read_text).
_OTHERS: Final = {"sandbox/extra.py"}


def unstated(file: Path) -> Iterator[int]:
    """Yield the lines of calls that open text, or a pipe of text, in whatever encoding the machine has."""
    for call in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        owner = getattr(getattr(call.func, "value", None), "id", None)
        keywords = {keyword.arg for keyword in call.keywords}
        if name not in _READS_OR_WRITES or "encoding" in keywords or (name == "open" and owner in {"os", "tarfile"}):
            continue
        if name == "read_text" and call.args:
            continue
        if name in {"run", "Popen", "check_output"} and not keywords & _TEXT:
            continue
        if name == "write_text" and isinstance(call.func, ast.Name):
            continue  # latitude.files has its own: UTF-8
        modes = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
        if name in _MODE_AT and (any("b" in str(mode) for mode in modes) or owner == "webbrowser"):
            continue
        if name == "open" and isinstance(call.func, ast.Attribute) and "timeout" in keywords:
            continue  # an address, not a file
        yield call.lineno


def test_encodings_are_stated_at_every_read_write_and_pipe() -> None:
    """In the locale of whoever wrote the code everything works; in another's it would not."""
    found = [
        f"{path}:{line}"
        for file in sorted(_PACKAGE.rglob("*.py"))
        for line in unstated(file)
        if (path := str(file.relative_to(_PACKAGE))) not in _OTHERS
    ]
    assert found == []


def test_unstated_encoding_is_found(tmp_path: Path) -> None:
    """The check can fail."""
    (tmp_path / "a.py").write_text(
        "open('f')\nPath('f').read_text()\nrun(['a'], text=True)\nPath('f').open()\nPath('f').write_text('x')\n"
        "open('f', 'rb')\nPath('f').read_text('utf-8')\nrun(['a'])\nwrite_text(path, 'x')\n"
    )
    assert list(unstated(tmp_path / "a.py")) == [1, 2, 3, 4, 5]


PROGRAM: Final = """
from latitude import Application, Image, S3State, Service, SsmParameter, StateBucket
application = Application(
    name="orders",
    regions=("us-east-1",),
    services=(
        Service(name="web", image=Image(tag="1"), environment={"GREETING": "Grüße → 日本"}, tags={"Büro": "Köln"}),
    ),
    state=S3State(bucket="orders-state", create=StateBucket()),
)
"""
TERRAFORM: Final = "#!/bin/sh\nprintf '\\342\\225\\267 Error: \\303\\274ber \\377\\n' >&2\nexit 1\n"
LOCALES: Final = {
    "cp1252": {"PYTHONIOENCODING": "cp1252", "LC_ALL": "C.UTF-8"},
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}
COMMANDS: Final = (
    ("--help",),
    ("check",),
    ("synth", "--lock"),
    ("diagram",),
    ("diagram", "--out", "bild.svg"),
    ("recover",),
    ("migrate", "main.py", "main.py"),
    ("pipeline", "github", "--program", "büro.py"),
    ("emit", "--out", "hcl", "--regions", "us-east-1"),
    ("doctor",),
    ("deploy", "--yes", "--probe", "prüfe"),
    ("bootstrap", "--yes"),
    ("check", "--application", "Büro"),
    ("check", "--program", "wrong.py"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder whose name no ASCII has, with programs, and a Terraform that speaks UTF-8 and worse."""
    made = tmp_path_factory.mktemp("encodings") / "büro→日本"
    made.mkdir()
    for name in ("main.py", "büro.py"):
        (made / name).write_text(PROGRAM, encoding="utf-8")
    (made / "wrong.py").write_text(PROGRAM.replace('tag="1"', 'tag="Grüße → 日本"'), encoding="utf-8")
    (made / "terraform").write_text(TERRAFORM, encoding="utf-8")
    (made / "terraform").chmod(0o755)
    return made


def run(folder: Path, locale: str, arguments: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    """Run a command as its console script does, in a locale."""
    left_out = {"TF_CLI_CONFIG_FILE", "TERRAFORM_BINARY_NAME", "TF_WORKSPACE", "PYTHONUTF8", "LANG", "AWS_ENDPOINT_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    environment |= {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", **LOCALES[locale]}
    return subprocess.run(
        [sys.executable, "-c", "from latitude.cli import main; main()", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_no_encoding_of_a_terminal_ends_a_command(folder: Path, locale: str, arguments: Sequence[str]) -> None:
    """Whatever it prints, whatever Terraform says, whatever the folder is called: no ``Unicode…Error``."""
    ended = run(folder, locale, arguments)
    said = ended.stdout + ended.stderr
    assert b"Traceback" not in said, said.decode(errors="replace")
    assert not re.search(rb"Unicode\w+Error", said)


@pytest.mark.parametrize("locale", LOCALES)
def test_files_are_in_utf_8_whatever_the_locale(folder: Path, locale: str) -> None:
    """What is synthesized, and what a command prints for a file."""
    assert run(folder, locale, ["synth"]).returncode == 0
    text = (folder / "cdktf.out" / "stacks" / "orders-us-east-1" / "cdk.tf.json").read_bytes()
    assert "Grüße → 日本".encode() in text or rb"Gr\u00fc\u00dfe \u2192 \u65e5\u672c" in text
    assert ET.fromstring(run(folder, locale, ["diagram"]).stdout).tag.endswith("svg")  # noqa: S314  our own picture
    script = run(folder, locale, ["recover"]).stdout
    assert script.decode("utf-8").startswith("#!/usr/bin/env bash")


@pytest.mark.parametrize("locale", LOCALES)
def test_doctor_says_in_words_what_the_terminal_has_no_sign_for(folder: Path, locale: str) -> None:
    """``?`` in each row would not say which is well."""
    said = run(folder, locale, ["doctor"]).stdout
    assert re.search(rb"^\W+ok\b", said, re.MULTILINE)
    assert not re.search(rb"^\W*\?", said, re.MULTILINE)
