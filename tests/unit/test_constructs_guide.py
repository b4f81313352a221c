"""The program in docs/using-constructs.md is a program."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.template import Template

_ROOT = Path(__file__).parents[2]
_MODULES = _ROOT / "modules"
_GUIDE = _ROOT / "docs" / "using-constructs.md"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """Run the guide's program in a folder of its own, and return its stack."""
    folder = tmp_path_factory.mktemp("guide")
    (program,) = re.findall(r"```python\n(.*?)```", _GUIDE.read_text("utf-8"), re.DOTALL)
    (folder / "main.py").write_text(program, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(_MODULES)}
    subprocess.run([sys.executable, "main.py"], cwd=folder, env=environment, check=True, timeout=120)
    return Template.read(folder / "cdktf.out", "own")


def test_guide_makes_each_capability_in_its_region(own: Template) -> None:
    """Repositories, replication, table, replica and services go to the providers that the program gave them."""
    assert own.get("aws_ecr_repository.jobs_eu-central-1")["provider"] == "aws.eu_central_1"
    assert own.get("aws_dynamodb_table.sessions")["provider"] == "aws.eu_west_1"
    assert own.get("aws_dynamodb_table_replica.sessions_eu_central_1")["provider"] == "aws.eu_central_1"
    assert own.get("aws_apprunner_service.web_eu-central-1")["provider"] == "aws.eu_central_1"
    rule = own.get("aws_ecr_replication_configuration.jobs")["replication_configuration"]["rule"]
    assert [destination["region"] for destination in rule[0]["destination"]] == ["eu-central-1"]


def test_guide_lets_each_service_use_the_table_beside_it(own: Template) -> None:
    """The role of a region's service may use that region's replica, whose name the service is told."""
    for region in ("eu-west-1", "eu-central-1"):
        (statement,) = own.get(f"data.aws_iam_policy_document.web_{region}_instance_policy")["statement"]
        arn = f"arn:aws:dynamodb:{region}:${{data.aws_caller_identity.current.account_id}}:table/own-sessions"
        assert statement["resources"] == [arn]
        image = own.get(f"aws_apprunner_service.web_{region}")["source_configuration"]["image_repository"]
        variables = image["image_configuration"]["runtime_environment_variables"]
        assert variables == {"SESSIONS_TABLE": "own-sessions"}


def test_guide_names_constructs_that_exist(own: Template) -> None:
    """Every construct in the guide's table can be imported."""
    assert own.addresses
    names = re.findall(r"`([a-z_.]+)\.([A-Z][A-Za-z]+)`", _GUIDE.read_text("utf-8"))
    assert len(names) > 10
    for module, name in names:
        source = (_MODULES / "latitude" / "constructs" / f"{module.replace('.', '/')}.py").read_text("utf-8")
        assert f"class {name}(" in source, f"{module}.{name}"
