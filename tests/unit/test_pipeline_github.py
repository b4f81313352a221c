"""The workflow for GitHub Actions."""

from __future__ import annotations

import re
from typing import Any

import yaml

from latitude.operate.order import stages
from latitude.operate.workflow import workflow
from latitude.spec import Application, CloudState, HealthCheck, Image, Service

SERVICE = Service(name="web", image=Image(tag="1"), health_check=HealthCheck(path="/healthz"))
APPLICATION = Application(name="orders", regions=("us-east-1", "us-west-2", "eu-west-1"), services=(SERVICE,))
CELLS = ["orders-us-east-1", "orders-us-west-2", "orders-eu-west-1"]
NAMES = ["orders-registry", "orders-data", *CELLS]


IN_HCP = APPLICATION.model_copy(update={"state": CloudState(organization="acme", hostname="tfe.acme.example")})


def text_of(application: Application = APPLICATION) -> str:
    """Return the application's workflow."""
    return workflow(application, stages(application, NAMES, first="us-east-1"), install="pip install .")


def jobs(application: Application = APPLICATION) -> dict[str, Any]:
    """Return the jobs of the application's workflow."""
    found: dict[str, Any] = yaml.safe_load(text_of(application))["jobs"]
    return found


def test_pipeline_applies_stage_after_stage() -> None:
    """Registry, data, one cell, and only then the other cells."""
    applied = {name: job for name, job in jobs().items() if name.startswith("apply-")}
    assert {name: (job["needs"], job["strategy"]["matrix"]["stack"]) for name, job in applied.items()} == {
        "apply-orders-registry": (["synth"], ["orders-registry"]),
        "apply-orders-data": (["synth", "apply-orders-registry"], ["orders-data"]),
        "apply-orders-us-east-1": (["synth", "apply-orders-data"], ["orders-us-east-1"]),
        "apply-orders-us-west-2": (["synth", "apply-orders-us-east-1"], ["orders-us-west-2", "orders-eu-west-1"]),
    }


def test_pipeline_bakes_the_first_cell_only() -> None:
    """The first cell's services are asked at the path of their health check before the others begin."""
    baking = {name: step["run"] for name, job in jobs().items() for step in job["steps"] if step.get("name") == "Bake"}
    assert list(baking) == ["apply-orders-us-east-1"]
    assert "\"$(jq -r --arg name web '.[$name]' urls.json)\"/healthz" in baking["apply-orders-us-east-1"]


def test_pipeline_gives_plans_the_role_that_reads() -> None:
    """Pull requests and the look for drift never get the role that applies."""
    for name, job in jobs().items():
        roles = [step["with"]["role-to-assume"] for step in job["steps"] if "role-to-assume" in step.get("with", {})]
        if name in {"plan", "drift"}:
            assert roles == ["${{ vars.AWS_PLAN_ROLE_ARN }}"]
        if name.startswith("apply-"):
            assert roles == ["${{ vars.AWS_APPLY_ROLE_ARN }}"]
            assert job["if"] == "github.event_name == 'push'"


def test_pipeline_never_ends_the_wait_of_an_apply_for_a_plan() -> None:
    """Of the jobs that wait in one group GitHub cancels the older: plans, applies and drift checks have their own."""
    groups = {name: job["concurrency"]["group"] for name, job in jobs().items() if "strategy" in job}
    assert groups.pop("plan") == "plan-${{ github.ref }}-${{ matrix.stack }}"
    assert groups.pop("drift") == "drift-${{ matrix.stack }}"
    assert set(groups.values()) == {"apply-${{ matrix.stack }}"}
    for name, job in jobs().items():
        used = [step["run"] for step in job["steps"] if re.search(r"terraform \S+ (plan|apply) ", step.get("run", ""))]
        # A plan writes nothing, not even a lock, to which its role has no right.
        assert all(("-lock-timeout=10m" if " apply " in command else "-lock=false") in command for command in used)
        # A bake ends with a plan: what App Runner took back meanwhile is a change there.
        bakes = any(step.get("name") == "Bake" for step in job["steps"])
        assert len(used) == ("strategy" in job) + bakes, name


def test_pipeline_lets_only_jobs_with_a_role_ask_for_tokens() -> None:
    """GitHub's OIDC token, with which a role is assumed, is there for the jobs that name a role, and for no other."""
    document = yaml.safe_load(text_of())
    assert document["permissions"] == {"contents": "read"}
    asking = {name for name, job in document["jobs"].items() if "id-token" in job.get("permissions", {})}
    assert asking == {"plan", "drift", *(name for name in document["jobs"] if name.startswith("apply-"))}


def test_pipeline_with_hcp_has_its_token_and_no_role() -> None:
    """HCP Terraform has the roles in AWS: the workflow gives Terraform a token for the host, and asks AWS nothing."""
    assert "configure-aws-credentials" not in text_of(IN_HCP)
    assert "id-token" not in text_of(IN_HCP)
    for name, token in {
        "plan": "HCP_PLAN_TOKEN",
        "drift": "HCP_PLAN_TOKEN",
        "apply-orders-data": "HCP_APPLY_TOKEN",
    }.items():
        (setup,) = [step for step in jobs(IN_HCP)[name]["steps"] if "setup-terraform" in step.get("uses", "")]
        assert setup["with"] == {
            "terraform_wrapper": False,
            "cli_config_credentials_hostname": "tfe.acme.example",
            "cli_config_credentials_token": f"${{{{ secrets.{token} }}}}",
        }
