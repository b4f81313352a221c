"""The workflow for GitHub Actions."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from latitude.operate.order import stages
from latitude.operate.workflow import workflow
from latitude.spec import Application, CloudState, Domain, HealthCheck, HostedZone, Image, Service

if TYPE_CHECKING:
    from pathlib import Path

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


def routed() -> dict[str, Any]:
    """Return the jobs of an application with a domain."""
    domain = Domain(name="shop.example.com", hosted_zone=HostedZone(name="example.com"))
    application = APPLICATION.model_copy(update={"services": (SERVICE.model_copy(update={"domain": domain}),)})
    order = stages(application, [*NAMES, "orders-routing"], first="us-east-1")
    found: dict[Any, Any] = yaml.safe_load(workflow(application, order, install="pip install ."))
    assert found[True]["workflow_dispatch"]["inputs"].keys() == {"join"}
    jobs: dict[str, Any] = found["jobs"]
    return jobs


def test_pipeline_lets_regions_leave_first_and_join_last() -> None:
    """Both in the stack that leads users there, with the role assumed in the region that it leans on."""
    found = routed()
    assert found["leave-orders-routing"]["needs"] == ["synth"]
    assert found["apply-orders-registry"]["needs"] == ["synth", "leave-orders-routing"]
    assert found["apply-orders-routing"]["needs"] == ["synth", "apply-orders-us-west-2"]
    for name in ("leave-orders-routing", "apply-orders-routing"):
        (region,) = (
            step["with"]["aws-region"] for step in found[name]["steps"] if "aws-region" in step.get("with", {})
        )
        assert region == "us-west-2"
        assert found[name]["if"] == "github.event_name == 'push' || github.event_name == 'workflow_dispatch'"


@pytest.mark.skipif(shutil.which("jq") is None, reason="the step asks jq")
@pytest.mark.parametrize(
    ("job", "join", "before", "after", "applied"),
    [
        ("apply-orders-routing", "", ["us-west-2"], ["us-east-1", "us-west-2"], '["eu-west-1","us-east-1"]'),
        ("apply-orders-routing", "us-east-1", ["us-west-2"], ["us-east-1", "us-west-2"], None),
        ("apply-orders-routing", "", [], ["us-east-1", "us-west-2"], None),
        ("apply-orders-routing", "", ["us-east-1", "us-west-2"], ["us-west-2"], None),
        ("leave-orders-routing", "", ["us-west-2"], ["us-east-1"], '["eu-west-1","us-east-1"]'),
    ],
)
def test_pipeline_lets_a_region_join_only_where_someone_names_it(
    tmp_path: Path, job: str, join: str, before: list[str], after: list[str], applied: str | None
) -> None:
    """A push keeps a region out that was out, and says so; the first regions of all, and those that leave, it lets."""
    steps = [step for step in routed()[job]["steps"] if "JOIN" in step.get("env", {})]
    plan = {
        "resource_changes": [
            {
                "type": "aws_route53_record",
                "change": {
                    "before": {"latency_routing_policy": [{"region": region}]} if region in before else None,
                    "after": {"latency_routing_policy": [{"region": region}]} if region in after else None,
                },
            }
            for region in {*before, *after}
        ],
        "variables": {"draining": {"value": ["eu-west-1"]}},
    }
    (tmp_path / "plan.json").write_text(json.dumps(plan))
    stand_in = tmp_path / "terraform"
    stand_in.write_text(
        '#!/bin/sh\necho "$*" >> said\n'
        'case "$2" in show) cat plan.json ;; state) echo something ;; plan) touch stack/routes.tfplan ;; esac\n'
    )
    stand_in.chmod(0o755)
    (tmp_path / "stack").mkdir()
    environment = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "STACK": "stack", "JOIN": join}
    ran = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", steps[0]["run"]],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    said = (tmp_path / "said").read_text().splitlines()
    held = [line.partition("-var=draining=")[2] for line in said if "-var" in line]
    assert held == ([] if applied is None else [applied])
    assert ("::warning::us-east-1: out of DNS" in ran.stdout) is (applied is not None)
    assert said[-1] == "-chdir=stack apply -input=false -lock-timeout=10m routes.tfplan"


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
