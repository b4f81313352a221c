"""The script of ``latitude recover``: an id, or a reason, for everything that every application would make."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

import pytest

from latitude.operate.import_ids import Ids
from latitude.operate.recovery import recovery
from latitude.stacks import synthesize
from tests.support.applications import APPLICATIONS

if TYPE_CHECKING:
    from pathlib import Path

EXPECTED: Final = """\
bring aws_dynamodb_contributor_insights.carts_eu_central_1_insights "name:shop-carts/index:/$account"
bring aws_dynamodb_table.carts "shop-carts"
bring aws_dynamodb_table_replica.carts_us_east_1 "shop-carts:eu-west-1"
bring aws_dynamodb_resource_policy.carts_us_east_1_policy "arn:aws:dynamodb:us-east-1:$account:table/shop-carts"
bring aws_ecr_repository.web_us_east_1 "shop/web"
bring aws_ecr_replication_configuration.images "$account"
bring aws_kms_alias.carts_eu_central_1_table_key "alias/dynamodb/shop-carts"
bring aws_iam_role_policy.web_us_east_1_pull "shop-web-us-east-1-pull:pull"
"""
LOOKUPS: Final = (
    'carts_eu_west_1_scaling_read "dynamodb/table/shop-carts/dynamodb:table:ReadCapacityUnits"',
    'aws kms describe-key --region eu-central-1 --key-id "alias/dynamodb/shop-carts" --query "KeyMetadata.KeyId"',
    "aws apprunner list-services --region us-east-1 --query \"ServiceSummaryList[?ServiceName=='shop-web' && ",
    'aws route53 list-hosted-zones-by-name --region eu-west-1 --dns-name "shop.example.org" --query "HostedZones[?',
)
_UNKNOWN: Final = {
    "tfe_run_trigger",
    "tfe_variable",
    "tfe_variable_set",
    "tfe_workspace_settings",
    "tfe_workspace_variable_set",
}
"""Objects of HCP Terraform whose ids it makes up: docs/hcp-terraform.md says how they are imported."""


@pytest.mark.parametrize("name", APPLICATIONS)
def test_everything_has_an_id_or_a_reason(name: str, tmp_path: Path) -> None:
    """Each resource of each stack is imported; what is not, is written over, or HCP Terraform's own."""
    stacks = synthesize(APPLICATIONS[name](), tmp_path)
    text = recovery(stacks, folder=tmp_path / "stacks")
    reasons = re.findall(r"^# (\w+)\.\S+ is not imported: (.+)\.$", text, re.MULTILINE)
    assert {kind for kind, why in reasons if "written over" not in why} <= _UNKNOWN
    assert {kind for kind, why in reasons if "written over" in why} <= {"aws_route53_record"}
    if (bash := shutil.which("bash")) is not None:
        subprocess.run([bash, "-n"], input=text, text=True, check=True)
    # A variable is looked up before it is used.
    for part in text.split("\nenter ")[1:]:
        known: set[str] = set()
        for line in part.splitlines():
            assert set(re.findall(r"\$\{?(id\d+)", line)) <= known, line
            known.update(re.findall(r"^(id\d+)=", line))


def test_ids_follow_from_names(tmp_path: Path) -> None:
    """What AWS makes up is looked up by name, in the region of the object."""
    stacks = synthesize(APPLICATIONS["three_regions"](), tmp_path)
    text = recovery(stacks, folder=tmp_path / "stacks")
    assert [line for line in EXPECTED.splitlines() if line not in text.splitlines()] == []
    assert [lookup for lookup in LOOKUPS if lookup not in text] == []


def test_name_is_quoted_for_the_shell() -> None:
    """Whatever a name has in it, the shell takes it as it stands."""
    block = {"name": 'a$(id)"`\\'}
    ids = Ids(document={"resource": {"aws_iam_role": {"x": block}}})
    shell = f'printf %s "{ids.of("aws_iam_role", "x")}"'
    assert subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=True).stdout == block["name"]
