"""A workflow for each environment: which program it runs, which branch it follows, what its names are."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml
from typer.testing import CliRunner

from latitude import GithubRoles, cli
from latitude.operate.workflow_settings import Settings
from tests.unit.descriptions import application

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM: Final = """
from latitude import Application, CloudState, GithubRoles, Image, Service

def orders(environment, **others):
    return Application(
        name=f"orders-{environment}",
        regions=("us-east-1",),
        services=(Service(name="web", image=Image(tag="1")),),
        **others,
    )

def roles(branch):
    return GithubRoles(
        repository="acme/orders",
        branch=branch,
        default_branch="main",
        environment="prod",
        policy_arns=("arn:aws:iam::123456789012:policy/apply",),
    )

dev, prod = orders("dev"), orders("prod", pipeline=roles("release"))
hcp = orders("hcp", state=CloudState(organization="a"))
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run commands in a repository with a program in a folder of it."""
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra" / "all apps.py").write_text(PROGRAM)
    monkeypatch.chdir(tmp_path)


def written(folder: Path, *arguments: str, name: str = "orders-dev") -> tuple[str, dict[Any, Any]]:
    """Return a workflow as the command writes it: its text, and as YAML."""
    line = ["pipeline", "github", "--program", "infra/all apps.py", "--application", name, *arguments]
    ended = CliRunner().invoke(cli.app, line)
    assert ended.exit_code == 0, ended.exception
    text = (folder / ".github" / "workflows" / f"{name}-github.yml").read_text("utf-8")
    return text, yaml.safe_load(text)


def refused(*arguments: str) -> str:
    """Return what the command says that refuses its options."""
    ended = CliRunner().invoke(cli.app, ["pipeline", "github", "--program", "infra/all apps.py", *arguments])
    assert isinstance(ended.exception, ValueError), ended.output
    return str(ended.exception)


def test_every_step_runs_the_program_and_the_application_that_were_asked_for(tmp_path: Path) -> None:
    """Check and synth there are what they were here."""
    _, found = written(tmp_path)
    commands = [
        shlex.split(step["run"]) for step in found["jobs"]["synth"]["steps"] if "latitude" in step.get("run", "")
    ]
    which = ["--program", "infra/all apps.py", "--application", "orders-dev"]
    assert commands == [["latitude", "check", *which], ["latitude", "synth", "--out", "stacks-out", *which]]
    named = [
        step["run"] for job in found["jobs"].values() for step in job["steps"] if "latitude " in step.get("run", "")
    ]
    assert len(named) == len(commands)


def test_workflow_says_which_line_writes_it_again(tmp_path: Path) -> None:
    """Run once more, the line in its second comment gives the same file."""
    options = ("--branch", "next", "--environment", "dev", "--plan-variable", "DEV_PLAN", "--first", "us-east-1")
    text, _ = written(tmp_path, *options, "--apply-variable", "DEV_APPLY", "--install", "pip install .")
    again = shlex.split(text.splitlines()[1].removeprefix("# "))
    assert again[0] == "latitude"
    (tmp_path / ".github" / "workflows" / "orders-dev-github.yml").unlink()
    assert CliRunner().invoke(cli.app, again[1:]).exit_code == 0
    assert (tmp_path / ".github" / "workflows" / "orders-dev-github.yml").read_text("utf-8") == text


def test_environments_have_files_and_names_of_their_own(tmp_path: Path) -> None:
    """Both are in one repository: GitHub lists workflows by their names."""
    names = [written(tmp_path, name=name)[1]["name"] for name in ("orders-dev", "orders-prod")]
    assert names == ["latitude orders-dev", "latitude orders-prod"]
    assert len(list((tmp_path / ".github" / "workflows").iterdir())) == 2


def test_branch_environment_and_variables_are_as_stated(tmp_path: Path) -> None:
    """Pull requests into the branch are planned, pushes to it applied, in the environment, with the roles named."""
    variables = ("--plan-variable", "DEV_PLAN", "--apply-variable", "DEV_APPLY")
    _, found = written(tmp_path, "--branch", "next", "--environment", "dev", *variables)
    assert found[True]["push"] == found[True]["pull_request"] == {"branches": ["next"]}
    roles = {
        name: step["with"]["role-to-assume"]
        for name, job in found["jobs"].items()
        for step in job["steps"]
        if "role-to-assume" in step.get("with", {})
    }
    assert roles.pop("plan") == roles.pop("drift") == "${{ vars.DEV_PLAN }}"
    assert set(roles.values()) == {"${{ vars.DEV_APPLY }}"}
    assert {found["jobs"][name]["environment"] for name in roles} == {"dev"}


def test_what_is_unset_is_as_the_pipeline_says(tmp_path: Path) -> None:
    """What the roles trust; without roles of Latitude's, main and production."""
    _, prod = written(tmp_path, name="orders-prod")
    assert prod[True]["push"] == {"branches": ["release"]}
    assert prod["jobs"]["apply-orders-prod-us-east-1"]["environment"] == "prod"
    _, dev = written(tmp_path)
    assert dev[True]["push"] == {"branches": ["main"]}
    assert dev["jobs"]["apply-orders-dev-us-east-1"]["environment"] == "production"


def test_look_for_drift_takes_the_branch_that_is_applied(tmp_path: Path) -> None:
    """GitHub starts what is scheduled on the default branch: another's description is not what AWS has."""
    checkouts = {
        name: step["with"].get("ref")
        for name in ("orders-dev", "orders-prod")
        for step in written(tmp_path, name=name)[1]["jobs"]["synth"]["steps"]
        if "checkout" in step.get("uses", "")
    }
    expression = "${{ github.event_name == 'schedule' && 'release' || '' }}"
    assert checkouts == {"orders-dev": None, "orders-prod": expression}


def test_names_of_hcp_terraforms_secrets_are_as_stated(tmp_path: Path) -> None:
    """There they are tokens."""
    text, _ = written(tmp_path, "--plan-variable", "PLANS", name="orders-hcp")
    assert "cli_config_credentials_token: ${{ secrets.PLANS }}" in text
    assert "cli_config_credentials_token: ${{ secrets.HCP_APPLY_TOKEN }}" in text
    assert "# It needs the secrets PLANS and HCP_APPLY_TOKEN: tokens of HCP Terraform" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("-a", "orders-prod", "--branch", "main"),
            "--branch: must be release, as pipeline.branch says, which the role",
        ),
        (
            ("-a", "orders-prod", "--environment", "x"),
            "--environment: must be prod, as pipeline.environment says, which",
        ),
        (("-a", "orders-dev", "--branch", "a b"), "--branch: must be a branch's name, got 'a b'"),
        (("-a", "orders-dev", "--environment", "a:b"), "--environment: must be letters, digits, _ . and -, got 'a:b'"),
        (
            ("-a", "orders-dev", "--plan-variable", "A-B"),
            "--plan-variable: must be letters, digits and _, not beginning",
        ),
        (("-a", "orders-dev", "--apply-variable", "github_x"), "--apply-variable: must be letters, digits and _,"),
    ],
)
def test_option_that_github_or_the_roles_refuse_is_refused(
    arguments: tuple[str, ...], words: str, tmp_path: Path
) -> None:
    """One line, and nothing is written."""
    assert refused(*arguments).startswith(words)
    assert not (tmp_path / ".github").exists()


def test_program_outside_the_repository_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job would not find it."""
    monkeypatch.chdir(tmp_path / "infra")
    (tmp_path / "main.py").write_text(PROGRAM)
    ended = CliRunner().invoke(cli.app, ["pipeline", "github", "--program", "../main.py", "-a", "orders-dev"])
    assert "--program: must be below this folder, which has to be the repository's" in str(ended.exception)


def test_roles_of_another_branch_trust_the_default_one_for_plans_alone() -> None:
    """The daily look for drift has its name in the token; applies have the branch's."""
    roles = _roles(branch="release", default_branch="main")
    assert roles.subjects_of_plans() == (
        "repo:acme/orders:pull_request",
        "repo:acme/orders:ref:refs/heads/release",
        "repo:acme/orders:ref:refs/heads/main",
    )
    (condition,) = roles.conditions_of_applies()
    assert condition.values == ("refs/heads/release",)
    assert _roles(default_branch="main").subjects_of_plans() == _roles().subjects_of_plans()


def test_settings_without_anything_are_what_the_description_says() -> None:
    """As before there were any."""
    settings, described = Settings().checked(application()), application()
    assert (settings.branch_of(described), settings.environment_of(described)) == ("main", "production")


def _roles(**changes: Any) -> GithubRoles:
    return GithubRoles(repository="acme/orders", policy_arns=("arn:aws:iam::123456789012:policy/apply",), **changes)
