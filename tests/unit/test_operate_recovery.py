"""The script of ``latitude recover``: an id, or a reason, for everything that every application would make."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any, Final

import jmespath  # type: ignore[import-untyped]
import pytest

from latitude.operate.import_ids import Ids
from latitude.operate.recovery import _HEAD, recovery
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
    """Each resource of each stack is imported; what is not, is written over, HCP Terraform's own, or nothing in AWS."""
    stacks = synthesize(APPLICATIONS[name](), tmp_path)
    text = recovery(stacks, folder=tmp_path / "stacks")
    reasons = re.findall(r"^# (\w+)\.\S+ is not imported: (.+)\.$", text, re.MULTILINE)
    assert {kind for kind, why in reasons if "written over" not in why} <= {*_UNKNOWN, "terraform_data"}
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


def test_escaped_reference_in_a_name_is_text() -> None:
    """Terraform reads ``$${x}`` as the text ``${x}``: it leads to no attribute."""
    ids = Ids(document={"resource": {"aws_iam_role": {"x": {"name": "a$${aws_iam_role.y.name}b"}}}})
    shell = f'printf %s "{ids.of("aws_iam_role", "x")}"'
    said = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=True).stdout
    assert said == "a${aws_iam_role.y.name}b"


def zone(number: str, *, comment: str | None = None) -> dict[str, Any]:
    """Return a hosted zone as Route 53 lists it."""
    config = {"PrivateZone": False, **({} if comment is None else {"Comment": comment})}
    return {"Id": f"/hostedzone/{number}", "Name": "example.com.", "Config": config}


@pytest.mark.parametrize(
    ("kind", "tags", "wanted"),
    [
        ("resource", None, ["/hostedzone/OURS"]),
        ("data", {"Application": "shop"}, ["/hostedzone/OURS"]),
        ("data", None, ["/hostedzone/REGISTRAR", "/hostedzone/OURS", "/hostedzone/TEAM"]),
    ],
)
def test_zone_is_the_one_that_latitude_made(kind: str, tags: dict[str, str] | None, wanted: list[str]) -> None:
    """Another zone of the same name is not imported; a data source without tags may mean any of them."""
    block = {"provider": "aws.home", "name": "example.com", **({} if tags is None else {"tags": tags})}
    record = {"provider": "aws.home", "zone_id": "${data.aws_route53_zone.z.zone_id}", "name": "a", "type": "A"}
    document = {
        "provider": {"aws": [{"alias": "home", "region": "us-east-1"}]},
        "resource": {
            "aws_route53_record": {"r": record},
            **({"aws_route53_zone": {"z": block}} if kind == "resource" else {}),
        },
        "data": {"aws_route53_zone": {"z": block}},
    }
    ids = Ids(document=document)
    assert ids.of(*(("aws_route53_zone", "z") if kind == "resource" else ("aws_route53_record", "r"))).startswith(
        "${id1##*/}"
    )
    (command,) = ids.commands.values()
    query = command.split('--query "')[1].partition('" --output')[0].replace("\\`", "`")
    zones = [
        zone("REGISTRAR", comment="HostedZone created by Route53 Registrar"),
        zone("OURS", comment="Made by Latitude"),
    ]
    assert jmespath.search(query, {"HostedZones": [*zones, zone("TEAM")]}) == wanted


@pytest.mark.parametrize(
    ("answer", "taken"),
    [("one", "one"), ("None\\none\\nNone", "one"), ("", ""), ("None", ""), ("one\\ttwo", ""), ("one\\ntwo", "")],
)
def test_look_up_takes_one_object_or_none(answer: str, taken: str) -> None:
    """Of several the first may be someone else's; the AWS CLI says None for a page without any."""
    if (bash := shutil.which("bash")) is None:
        pytest.skip("no bash")
    look = _HEAD[_HEAD.index("look() {") : _HEAD.index("# bring")]
    said = subprocess.run([bash, "-c", f"{look}\nlook printf '{answer}'"], capture_output=True, text=True, check=False)
    assert said.stdout == taken
    assert ("several match" in said.stderr) == ("two" in answer)


@pytest.mark.parametrize("name", APPLICATIONS)
def test_no_query_takes_the_first_of_several(name: str, tmp_path: Path) -> None:
    """Every look-up names all that matches, so that the script can tell whether it is one."""
    stacks = synthesize(APPLICATIONS[name](), tmp_path)
    script = recovery(stacks, folder=tmp_path / "stacks")
    assert [line for line in script.splitlines() if "[0]" in line and not line.startswith("bring ")] == []


def test_records_of_a_region_that_drains_are_imported_too(tmp_path: Path) -> None:
    """Each has its place in the state for the import, or nobody would ever remove it."""
    stacks = synthesize(APPLICATIONS["example_drained"](), tmp_path)
    lines = recovery(stacks, folder=tmp_path / "stacks").splitlines()
    routing = lines[lines.index("enter orders-routing") :]
    assert routing[1] == "variables=('-var=draining=[]')"
    assert "bring 'aws_route53_record.web_us_west_2_domain_latency_a[0]' " in "\n".join(routing)
    assert lines.count("variables=('-var=draining=[]')") == 1


@pytest.mark.parametrize(
    ("tags", "wanted"),
    [
        ({"Application": "shop", "ManagedBy": "Latitude"}, '"Name=tag:ManagedBy,Values=Latitude"'),
        ({"managedBy": 'us & "co"', "Application": "shop"}, '"Name=tag:managedBy,Values=us & \\"co\\""'),
    ],
)
def test_endpoint_is_found_by_the_tag_as_it_is_spelled(tags: dict[str, str], wanted: str) -> None:
    """The description's spelling of Latitude's own tags is the one that AWS has."""
    endpoint = {"provider": "aws.home", "vpc_id": "vpc-1", "service_name": "com.amazonaws.us-east-1.apprunner.requests"}
    document = {
        "provider": {"aws": [{"alias": "home", "region": "us-east-1", "default_tags": [{"tags": tags}]}]},
        "resource": {"aws_vpc_endpoint": {"e": endpoint}},
    }
    ids = Ids(document=document)
    assert ids.of("aws_vpc_endpoint", "e") == "$id1"
    assert wanted in ids.commands["id1"]
