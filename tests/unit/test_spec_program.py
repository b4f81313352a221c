"""Several applications of one program: what collides between them is a fault, before anything is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pytest

from latitude import (
    Account,
    CloudState,
    CustomerManagedKey,
    Domain,
    GithubRoles,
    HealthCheck,
    HostedZone,
    S3State,
    StateBucket,
    VpcAccess,
    Workspaces,
    synthesize,
)
from latitude.spec.every_stack import every_stack
from latitude.spec.program import program_faults
from latitude.spec.taken import taken
from tests.support.applications import APPLICATIONS
from tests.support.synthesized import stacks_of
from tests.unit.descriptions import application, only, service, source, table

if TYPE_CHECKING:
    from pathlib import Path

    from latitude import Application
    from tests.unit.descriptions import Refusals

DEV: Final = Account(id="111111111111")
PROD: Final = Account(id="222222222222")
POLICY: Final = ("arn:aws:iam::111111111111:policy/apply",)


def said(*applications: Application) -> list[str]:
    """Return the faults of a program that states the applications."""
    return [str(fault) for fault in program_faults(applications)]


def pair(one: dict[str, Any], other: dict[str, Any] | None = None, **both: Any) -> list[str]:
    """Return the faults between `orders` and `orders-eu`."""
    second = one if other is None else other
    return said(
        application(regions=("us-east-1",), **one, **both),
        application(name="orders-eu", regions=("us-east-1",), **second, **both),
    )


def test_two_applications_of_one_name_are_refused(refusals: Refusals, tmp_path: Path) -> None:
    """In two accounts too: their stacks would be one folder each. Nothing is written."""
    dev, prod = application(account=DEV), application(account=PROD)
    found = refusals(lambda: synthesize(dev, prod, outdir=tmp_path / "out"))
    assert only(found).startswith("applications: must have names of their own in one program, got 'orders' twice")
    assert not (tmp_path / "out").exists()


def test_one_environment_beside_another_has_no_fault() -> None:
    """What is made begins with the application's name, so that most of it can be in one account."""
    described = {"services": [service()], "tables": [table()], "state": S3State(bucket="orders-state")}
    assert said(*(application(name=f"orders-{each}", **described) for each in ("dev", "prod"))) == []


def colliding(**changes: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return services of `orders` and `orders-eu` with one name in AWS."""
    return {"services": [service(name="eu-web", **changes)]}, {"services": [service(name="web", **changes)]}


@pytest.mark.parametrize(
    ("changes", "kind", "name"),
    [
        ({}, "an App Runner service", "orders-eu-web"),
        ({}, "an auto scaling configuration", "orders-eu-web"),
        ({}, "a role", "orders-eu-web-us-east-1-instance"),
        ({}, "a role", "orders-eu-web-us-east-1-pull"),
        ({"tracing": True}, "an observability configuration", "orders-eu-web"),
        ({"encryption": CustomerManagedKey()}, "a KMS alias", "apprunner/orders-eu-web"),
        ({"image": None, "source": source()}, "a connection", "orders-eu-web"),
        ({"vpc": {"us-east-1": VpcAccess(subnet_ids=("subnet-0a1b2c3d",))}}, "a VPC connector", "orders-eu-web-"),
    ],
)
def test_same_name_in_one_account_is_a_fault(changes: dict[str, Any], kind: str, name: str) -> None:
    """`orders` with the service `eu-web` and `orders-eu` with `web`: the second apply would fail half-way."""
    found = pair(*colliding(**changes))
    (fault,) = [each for each in found if f"must each have {kind} of its own, got '{name}" in each]
    assert fault.startswith("orders and orders-eu: ")
    assert "; give a service, a table or an application another name, or state `account` in both" in fault


def test_same_name_is_none_in_two_accounts() -> None:
    """Both state an account, and not the same; where one of them states none, nobody knows."""
    one, other = colliding()
    assert pair({**one, "account": DEV}, {**other, "account": PROD}) == []
    assert pair({**one, "account": DEV}, other) != []
    same = pair({**one, "account": DEV}, {**other, "account": DEV})
    assert same
    assert all(fault.endswith("give a service, a table or an application another name (Latitude)") for fault in same)


def test_same_name_is_none_in_two_regions() -> None:
    """But a role is, for IAM has no Regions: its name has the Region in it, and so none is the same here."""
    one, other = colliding()
    east = application(regions=("us-east-1",), **one)
    assert said(east, application(name="orders-eu", regions=("us-west-2",), **other)) == []


def test_same_table_is_a_fault_once_for_all_regions() -> None:
    """One fault names the Regions."""
    found = said(application(tables=[table(name="eu-carts")]), application(name="orders-eu", tables=[table()]))
    assert only(found).startswith(
        "orders and orders-eu: must each have a table of its own, got 'orders-eu-carts' twice in us-east-1, us-west-2; "
    )


def test_stack_of_one_application_that_is_anothers_is_a_fault() -> None:
    """Layout `single` has a stack of the application's own name."""
    found = said(application(tables=[table()]), application(name="orders-data", layout="single"))
    assert found[0].startswith("orders and orders-data: must have stacks of their own, got 'orders-data' twice; ")


def test_same_state_key_in_one_bucket_is_a_fault() -> None:
    """Keys have the stack's name, and stacks their own: two prefixes have to be stated for that, and a name in both."""
    state = S3State(bucket="company-state", key_prefix="apps/")
    one = application(state=state, layout="single", name="orders-data")
    other = application(state=state, tables=[table()])
    assert any(
        "must each have a state of its own, got 's3://company-state/apps/orders-data.tfstate' twice" in each
        and "another `key_prefix`" in each
        for each in said(one, other)
    )


def test_same_workspace_is_a_fault() -> None:
    """HCP Terraform has one workspace of a name in an organization."""
    state = CloudState(organization="acme")
    one = application(state=state, layout="single", name="orders-data")
    found = said(one, application(state=state, tables=[table()]))
    words = "got 'app.terraform.io/acme/orders-data' twice; give one of them another `workspace`"
    assert any(words in each for each in found)


def test_same_domain_is_a_fault_in_whatever_account() -> None:
    """One owner of a name: the second's records would not be made, or lead users to both."""
    domain = Domain(name="shop.example.com", hosted_zone=HostedZone(name="example.com"))
    described = {"services": [service(domain=domain, health_check=HealthCheck(path="/"))]}
    found = pair({**described, "account": DEV}, {**described, "account": PROD})
    assert "orders and orders-eu: must each have a domain of its own, got 'shop.example.com' twice" in found[0]
    assert "'us-east-1.shop.example.com' twice" in found[1]


def test_bucket_that_two_applications_make_is_a_fault() -> None:
    """One of them makes it, and the others use it; the KMS key's alias is each one's own."""
    state = S3State(bucket="company-state", create=StateBucket())
    assert only(pair({"state": state})) == (
        "orders and orders-eu: must each have a bucket of its own, got 'company-state' twice; let one of them make it "
        "(`create`), and the others use it (Latitude)"
    )
    assert pair({"state": state}, {"state": S3State(bucket="company-state")}) == []


def test_oidc_provider_that_two_applications_make_is_a_fault() -> None:
    """An account has one a host."""
    pipeline = GithubRoles(repository="acme/orders", policy_arns=POLICY)
    found = only(pair({"pipeline": pipeline}))
    assert "must each have an OIDC provider of its own, got 'token.actions.githubusercontent.com' twice" in found
    assert "(`oidc_provider_arn`)" in found
    arn = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"
    assert pair({"pipeline": pipeline}, {"pipeline": pipeline.model_copy(update={"oidc_provider_arn": arn})}) == []


@pytest.mark.parametrize("name", APPLICATIONS)
def test_every_stack_is_what_is_synthesized(name: str) -> None:
    """In the same order."""
    assert every_stack(APPLICATIONS[name]()) == tuple(stacks_of(name))


_NAMING: Final = {
    "aws_apprunner_auto_scaling_configuration_version": "auto_scaling_configuration_name",
    "aws_apprunner_connection": "connection_name",
    "aws_apprunner_observability_configuration": "observability_configuration_name",
    "aws_apprunner_service": "service_name",
    "aws_apprunner_vpc_connector": "vpc_connector_name",
    "aws_s3_bucket": "bucket",
}
# They are of what has a name in the set, or may have another's.
_PARTS: Final = r"aws_(iam_role_policy|appautoscaling_policy|route53_zone)\b"


@pytest.mark.parametrize("name", APPLICATIONS)
def test_every_name_that_is_made_is_known_as_taken(name: str) -> None:
    """A resource that is added later can't be missed: whatever has a name in the JSON is looked for between two."""
    known = {each.name for each in taken(APPLICATIONS[name]())}
    missing = {
        f"{stack} {address}: {arguments[field]}"
        for stack, template in stacks_of(name).items()
        for address, arguments in template.items()
        if address.startswith("aws_") and not re.match(_PARTS, address)
        and (field := _NAMING.get(address.partition(".")[0], "name")) in arguments
        and arguments[field].removeprefix("alias/") not in known
        and "${" not in arguments[field]
    }  # fmt: skip
    assert missing == set()


def test_workspaces_alone_take_nothing_in_aws() -> None:
    """Without a role HCP Terraform's workspaces are all there is."""
    state = CloudState(organization="acme", workspaces=Workspaces())
    assert {each.kind for each in taken(application(state=state, tables=[table()]))} == {
        "a table",
        "a workspace of HCP Terraform",
    }
