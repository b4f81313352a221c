"""What a description says stays data in the workflow: in YAML, for GitHub's expressions, and in bash."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from latitude.operate.order import stages
from latitude.operate.quoting import in_shell, in_yaml, past_github
from latitude.operate.workflow import workflow
from latitude.spec import Application, HealthCheck
from tests.support.generated import SPICES
from tests.unit.descriptions import application, service

_LETTERS = st.sampled_from([*"ab1 $(){}'\"\\`@!#&*?:,-=~%\t\n\r\x1b\x85\u00e9\u2028\ufeff\U0001f680"])
_TEXTS = st.one_of(
    st.text(_LETTERS, max_size=12),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    st.sampled_from(SPICES),
)
_WORDS = r"yes No on null ~ 1e3 0x1F 1_000 12:30 2024-01-01 .5 - = << &a *a !a @a %a [a {a ] } , | > '".split()  # noqa: SIM905  one line
_WORDS += ["", "a: b", "# a", "- a", "? a", "a #b", " a", "a "]
PATHS = r"""/h?a=$(id) /`id` /'" /a;b&c|d>e /${{secrets.TOKEN}} /${{'a'}}$x /@PATH@@NAME@ /[1-3]{a,b} /\x\n""".split()  # noqa: SIM905  one line


@pytest.mark.parametrize("text", [*_WORDS, *SPICES, "pip install .", "orders-us-east-1"])
def test_yaml_reads_what_was_written(text: str) -> None:
    """Whatever YAML could take for a number, a date, a truth value or a mark is a text."""
    assert yaml.safe_load(f"run: {in_yaml(text)}") == {"run": text}
    assert yaml.safe_load(f"runs: [{in_yaml(text)}, b]") == {"runs": [text, "b"]}


@given(_TEXTS)
def test_yaml_reads_every_text(text: str) -> None:
    """Control characters and other planes of Unicode too."""
    assert yaml.safe_load(f"run: {in_yaml(text)}") == {"run": text}


@pytest.mark.parametrize("text", ["pip install .", "orders-us-east-1", "app.terraform.io", "apply-orders"])
def test_ordinary_text_stays_plain_in_yaml(text: str) -> None:
    """A workflow is read by people."""
    assert in_yaml(text) == text


def as_github_reads(text: str) -> str:
    """Return what GitHub makes of a text: each expression, of which only literal texts are known here, is replaced."""
    return re.sub(r"\$\{\{ '((?:[^']|'')*)' \}\}", lambda found: found[1].replace("''", "'"), text)


@given(st.lists(st.sampled_from(["$", "{", "}", "'", "${{", "}}", " ", "a"]), max_size=12).map("".join))
def test_github_evaluates_nothing_of_a_text(text: str) -> None:
    """GitHub hands the text on as it was, and no expression begins in it but the one that says so."""
    written = past_github(text)
    assert as_github_reads(written) == text
    assert "${{" not in written.replace("${{ '${{' }}", "")


@settings(max_examples=5)
@given(st.lists(_TEXTS, min_size=40, max_size=60))
def test_bash_reads_every_word_as_it_was_written(words: list[str]) -> None:
    """One bash reads all the words of an example back, byte for byte, each from one line."""
    script = "\n".join(f"printf '%s\\0' {as_github_reads(in_shell(word))}" for word in words)
    assert len(script.split("\n")) == len(words)
    ran = subprocess.run(["bash"], input=script.encode(), capture_output=True, check=True)
    assert ran.stdout.split(b"\0")[:-1] == [word.encode() for word in words]


def test_word_with_a_nul_is_refused() -> None:
    """No shell can have it."""
    with pytest.raises(ValueError, match="can't have a NUL, got 'a"):
        in_shell("a\0")


def written(path: str = "/", install: str = "pip install .") -> str:
    """Return the workflow of an application whose service is asked at a path."""
    described: Application = application(services=[service(health_check=HealthCheck(path=path))])
    names = ["orders-registry", "orders-us-east-1", "orders-us-west-2"]
    return workflow(described, stages(described, names, first="us-east-1"), install=install)


@pytest.mark.parametrize("path", PATHS)
def test_bake_asks_the_path_and_runs_nothing_of_it(path: str) -> None:
    """The step's bash asks curl for the URL with the path as it was stated, whatever is in it."""
    text = written(path)
    assert "${{secrets" not in text
    jobs: dict[str, Any] = yaml.safe_load(text)["jobs"]
    (script,) = [step["run"] for job in jobs.values() for step in job["steps"] if step.get("name") == "Bake"]
    (ask,) = [line.strip() for line in script.splitlines() if "curl" in line]
    stubs = "jq() { printf 'https://host'; }; curl() { printf '%s' \"${@: -1}\"; }\n"
    ran = subprocess.run(
        ["bash"], input=stubs + as_github_reads(ask), capture_output=True, check=True, encoding="utf-8"
    )
    assert ran.stdout == f"https://host{path}"
    subprocess.run(["bash", "-n"], input=as_github_reads(script), check=True, encoding="utf-8")


def test_command_of_a_workflow_is_one_scalar() -> None:
    """What installs Latitude may have several lines, and an expression of GitHub's own."""
    install = 'pip install "a; b" # c\npip install ${{ vars.MORE }}'
    runs = [step.get("run") for step in yaml.safe_load(written(install=install))["jobs"]["synth"]["steps"]]
    assert install in runs
