"""The workflow for GitHub Actions."""

from __future__ import annotations

from typing import Any

import yaml

from modules.operate.order import stages
from modules.operate.workflow import workflow
from modules.spec import Application, HealthCheck, Image, Service

SERVICE = Service(name="web", image=Image(tag="1"), health_check=HealthCheck(path="/healthz"))
APPLICATION = Application(name="orders", regions=("us-east-1", "us-west-2", "eu-west-1"), services=(SERVICE,))
CELLS = ["orders-us-east-1", "orders-us-west-2", "orders-eu-west-1"]
NAMES = ["orders-registry", "orders-data", *CELLS]


def jobs() -> dict[str, Any]:
    """Return the jobs of the example's workflow."""
    text = workflow(APPLICATION, stages(APPLICATION, NAMES, first="us-east-1"), install="pip install .")
    found: dict[str, Any] = yaml.safe_load(text)["jobs"]
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
    assert "$(jq -r '.\"web\"' urls.json)/healthz" in baking["apply-orders-us-east-1"]


def test_pipeline_gives_plans_the_role_that_reads() -> None:
    """Pull requests and the look for drift never get the role that applies; every stack has one run at a time."""
    for name, job in jobs().items():
        roles = [step["with"]["role-to-assume"] for step in job["steps"] if "role-to-assume" in step.get("with", {})]
        if name in {"plan", "drift"}:
            assert roles == ["${{ vars.AWS_PLAN_ROLE_ARN }}"]
        if name.startswith("apply-"):
            assert roles == ["${{ vars.AWS_APPLY_ROLE_ARN }}"]
            assert job["if"] == "github.event_name == 'push'"
        if roles:
            assert job["concurrency"] == {"group": "terraform-${{ matrix.stack }}"}
