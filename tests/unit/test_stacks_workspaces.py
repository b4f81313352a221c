"""The stack of HCP Terraform's workspaces, as far as it can be read without HCP Terraform and its provider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from latitude import Application, CloudState, PublicImage, Service, Workspaces
from tests.support.synthesized import stacks_of, synthesized

if TYPE_CHECKING:
    from tests.support.template import Template

STACKS: Final = {
    "registry": "site-registry",
    "data": "site-data",
    "eu_west_2": "site-eu-west-2",
    "us_east_2": "site-us-east-2",
}
ARGUMENTS: Final[dict[str, tuple[set[str], set[str]]]] = {
    "data.tfe_project": ({"name"}, {"organization"}),
    "tfe_run_trigger": ({"workspace_id", "sourceable_id"}, set()),
    "tfe_variable": (
        {"key", "category"},
        {"value", "description", "hcl", "sensitive", "workspace_id", "variable_set_id"},
    ),
    "tfe_variable_set": ({"name"}, {"organization", "description", "global", "priority", "parent_project_id"}),
    "tfe_workspace": (
        {"name"},
        {
            "organization", "project_id", "description", "tags", "terraform_version", "auto_apply",
            "auto_apply_run_trigger", "queue_all_runs", "working_directory", "vcs_repo", "file_triggers_enabled",
            "trigger_patterns", "trigger_prefixes", "allow_destroy_plan", "assessments_enabled", "force_delete",
            "speculative_enabled", "ssh_key_id", "structured_run_output_enabled",
        },
    ),
    "tfe_workspace_settings": (
        {"workspace_id"},
        {
            "global_remote_state", "project_remote_state", "remote_state_consumer_ids", "execution_mode",
            "agent_pool_id", "auto_apply", "assessments_enabled", "description", "tags",
        },
    ),
    "tfe_workspace_variable_set": ({"workspace_id", "variable_set_id"}, set()),
}  # fmt: skip
"""Required and optional arguments, without those that are deprecated: the provider's documentation at 0.80.0."""
VCS_REPO: Final = {"identifier", "branch", "ingress_submodules", "oauth_token_id", "github_app_installation_id"}


def site() -> Template:
    """Return the stack of an application in two regions, with a repository, a table and roles."""
    return stacks_of("in_cloud")["site-workspaces"]


def blog() -> Template:
    """Return the stack of an application in one region, with one role and a provider of its own."""
    return stacks_of("made_in_cloud")["blog-workspaces"]


def arguments(template: Template, kind: str) -> dict[str, dict[str, Any]]:
    """Return the arguments of every resource of a kind by name, without cdktf's own notes."""
    found = {address: values for address, values in template.items() if address.startswith(f"{kind}.")}
    return {
        address.rpartition(".")[2]: {name: value for name, value in values.items() if name != "//"}
        for address, values in found.items()
    }


def statement(template: Template, name: str) -> dict[str, Any]:
    """Return the only statement of a policy document."""
    (only,) = template.get(f"data.aws_iam_policy_document.{name}")["statement"]
    found: dict[str, Any] = only
    return found


@pytest.mark.parametrize(("name", "stack"), [("in_cloud", "site-workspaces"), ("made_in_cloud", "blog-workspaces")])
def test_workspaces_use_arguments_that_the_provider_documents(name: str, stack: str) -> None:
    """Each argument is one that the provider knows and does not deprecate, and none that it requires is missing."""
    template = stacks_of(name)[stack]
    kinds = {address.rpartition(".")[0] for address in template.addresses if "tfe_" in address}
    assert kinds <= set(ARGUMENTS)
    for kind in kinds:
        required, optional = ARGUMENTS[kind]
        for address, values in arguments(template, kind).items():
            assert required <= set(values) <= required | optional, f"{kind}.{address}"
            assert set(*map(dict.keys, values.get("vcs_repo", [{}]))) <= VCS_REPO


@pytest.mark.parametrize(("name", "stack"), STACKS.items())
def test_workspace_runs_the_folder_of_its_stack(name: str, stack: str) -> None:
    """Every stack has a workspace, by the name of its cloud block, which runs the stack's folder of the repository."""
    cloud = stacks_of("in_cloud")[stack].document["terraform"]["cloud"]
    site().expect(
        f"tfe_workspace.{name}",
        name=cloud["workspaces"]["name"],
        organization=cloud["organization"],
        project_id="${data.tfe_project.project.id}",
        working_directory=f"deploy/stacks/{stack}",
        terraform_version="~> 1.12",
        tags={"application": "site", "stack": stack, "team": "core"},
        vcs_repo=[
            {"identifier": "acme/site", "branch": "main", "github_app_installation_id": "ghain-ieTX4DCx3n4DDoZc"}
        ],
    )


def test_workspace_shares_its_state_with_none() -> None:
    """No stack reads another's state, so no workspace is allowed to."""
    for name in STACKS:
        site().expect(
            f"tfe_workspace_settings.{name}", workspace_id=f"${{tfe_workspace.{name}.id}}", global_remote_state=False
        )


def test_workspace_runs_nothing_before_it_is_told_to() -> None:
    """A first run waits for credentials and image; plans wait for a yes unless the description says otherwise."""
    site().expect("tfe_workspace.registry", queue_all_runs=False, auto_apply=True, auto_apply_run_trigger=True)
    blog().expect("tfe_workspace.registry", queue_all_runs=False, auto_apply=False, auto_apply_run_trigger=False)


def test_run_triggers_lead_from_what_regions_share_to_each_cell() -> None:
    """An apply of registry or data queues a run of every cell; nothing queues the others, and no cell another."""
    triggers = arguments(site(), "tfe_run_trigger").values()
    assert {(trigger["sourceable_id"], trigger["workspace_id"]) for trigger in triggers} == {
        (f"${{tfe_workspace.{source}.id}}", f"${{tfe_workspace.{cell}.id}}")
        for source in ("registry", "data")
        for cell in ("eu_west_2", "us_east_2")
    }


def test_every_workspace_gets_a_role_and_no_key() -> None:
    """The variables lead each run to the roles; nothing in the stack is a key or a secret."""
    variables = arguments(site(), "tfe_variable").values()
    assert {variable["key"]: variable["value"] for variable in variables} == {
        "TFC_AWS_PROVIDER_AUTH": "true",
        "TFC_AWS_PLAN_ROLE_ARN": "${aws_iam_role.hcp_plan.arn}",
        "TFC_AWS_APPLY_ROLE_ARN": "${aws_iam_role.hcp_apply.arn}",
    }
    assert {variable["category"] for variable in variables} == {"env"}
    users = arguments(site(), "tfe_workspace_variable_set").values()
    assert sorted(user["workspace_id"] for user in users) == sorted(f"${{tfe_workspace.{name}.id}}" for name in STACKS)
    assert "AWS_SECRET_ACCESS_KEY" not in site().text


@pytest.mark.parametrize("phase", ["plan", "apply"])
def test_role_trusts_runs_of_the_applications_workspaces_only(phase: str) -> None:
    """A run of another organization, project, workspace or phase is refused, and so is a token for another audience."""
    trust = statement(site(), f"hcp_{phase}_trust")
    assert trust["actions"] == ["sts:AssumeRoleWithWebIdentity"]
    assert trust["principals"] == [
        {"type": "Federated", "identifiers": ["arn:aws:iam::123456789012:oidc-provider/tfe.acme.example"]}
    ]
    assert trust["condition"] == [
        {"test": "StringEquals", "variable": "tfe.acme.example:aud", "values": ["aws.workload.identity"]},
        {
            "test": "StringEquals",
            "variable": "tfe.acme.example:sub",
            "values": [
                f"organization:acme:project:web sites:workspace:aws-{stack}:run_phase:{phase}"
                for stack in STACKS.values()
            ],
        },
    ]
    site().lacks("aws_iam_openid_connect_provider.hcp")


def test_plans_without_policies_of_their_own_read_no_data() -> None:
    """Plans and applies have a role each, whatever is stated; without an OIDC provider of the account's one is made."""
    provider = blog().get("aws_iam_openid_connect_provider.hcp")
    assert (provider["url"], provider["client_id_list"]) == ("https://app.terraform.io", ["aws.workload.identity"])
    for phase in ("plan", "apply"):
        trust = statement(blog(), f"hcp_{phase}_trust")
        assert trust["principals"][0]["identifiers"] == ["${aws_iam_openid_connect_provider.hcp.arn}"]
        assert trust["condition"][1]["values"] == [
            f"organization:acme:project:Default Project:workspace:{stack}:run_phase:{phase}"
            for stack in ("blog-registry", "blog-eu-west-1")
        ]
        variable = f"tfe_variable.credentials_tfc_aws_{phase}_role_arn"
        blog().expect(variable, value=f"${{aws_iam_role.hcp_{phase}.arn}}")
    blog().expect(
        "aws_iam_role_policy_attachment.hcp_apply_AdministratorAccess",
        role="${aws_iam_role.hcp_apply.name}",
        policy_arn="arn:aws:iam::aws:policy/AdministratorAccess",
    )
    assert statement(blog(), "hcp_plan_reads")["sid"] == "PlanReads"


def test_workspaces_keep_their_own_state_in_a_file() -> None:
    """What the other stacks keep state in cannot be kept there itself."""
    assert site().document["terraform"]["backend"] == {"local": {"path": "../../../terraform.site-workspaces.tfstate"}}
    assert "cloud" not in site().document["terraform"]


def test_workspaces_without_a_role_or_a_repository_need_no_aws() -> None:
    """For runs from a command line, with credentials of one's own, there are workspaces and nothing else."""
    service = Service(name="web", image=PublicImage(identifier="public.ecr.aws/nginx/nginx:1"))
    state = CloudState(organization="acme", workspaces=Workspaces())
    stacks = synthesized(
        Application(name="plain", regions=("us-east-1",), services=(service,), layout="single", state=state)
    )
    document = stacks["plain-workspaces"].document
    assert list(document["terraform"]["required_providers"]) == ["tfe"]
    assert list(document["provider"]) == ["tfe"]
    assert stacks["plain-workspaces"].addresses == ["tfe_workspace.application", "tfe_workspace_settings.application"]
    assert {"vcs_repo", "working_directory", "project_id"} & set(
        stacks["plain-workspaces"].get("tfe_workspace.application")
    ) == set()
