"""State in another account: the backend takes a role there, and so does what makes the buckets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from latitude import (
    Account,
    Application,
    CloudState,
    Domain,
    GithubRoles,
    HostedZone,
    Image,
    InvalidDescriptionError,
    RoleSettings,
    RunRole,
    S3State,
    Service,
    StateBucket,
    Table,
    Workspaces,
)
from tests.support.synthesized import stacks_of, synthesized

if TYPE_CHECKING:
    from tests.support.template import Template

ELSEWHERE: Final = "210987654321"
ROLE: Final = f"arn:aws:iam::{ELSEWHERE}:role/state/orders"
REGIONS: Final = ("us-east-1", "us-west-2")


def application(state: S3State | CloudState, **stated: Any) -> Application:
    """Return an application with all kinds of stacks."""
    zone = stated.pop("zone", HostedZone(name="example.com"))
    return Application(
        **{
            "name": "orders",
            "regions": REGIONS,
            "services": (
                Service(name="web", image=Image(tag="1"), domain=Domain(name="example.com", hosted_zone=zone)),
            ),
            "tables": (Table(name="carts", hash_key="id", attributes={"id": "S"}),),
            "state": state,
            **stated,
        }
    )


def backends(stacks: dict[str, Template]) -> dict[str, Any]:
    """Return the S3 backend of each stack."""
    return {stack: template.document["terraform"]["backend"]["s3"] for stack, template in stacks.items()}


@pytest.mark.parametrize("layout", ["cells", "single"])
def test_every_backend_takes_the_role(layout: str) -> None:
    """Whatever stack, that of the buckets and that of the pipeline too; the lock goes the same way."""
    stated = application(
        S3State(bucket="orders-{region}", role_arn=ROLE, external_id="orders-7", create=StateBucket()),
        layout=layout,
        pipeline=GithubRoles(repository="acme/orders", policy_arns=("arn:aws:iam::123456789012:policy/apply",)),
    )
    found = backends(synthesized(stated))
    assert {"orders-state", "orders-pipeline"} <= set(found)
    for stack, backend in found.items():
        assert backend["assume_role"] == {"role_arn": ROLE, "external_id": "orders-7"}, stack
        assert backend["use_lockfile"] is True


def test_backend_without_a_role_is_as_it_was() -> None:
    """No role, no block; without an external id, no external id."""
    assert all("assume_role" not in backend for backend in backends(stacks_of("example")).values())
    (backend, *_) = backends(synthesized(application(S3State(bucket="orders-state", role_arn=ROLE)))).values()
    assert backend["assume_role"] == {"role_arn": ROLE}


def test_buckets_are_made_in_the_account_of_the_role() -> None:
    """``latitude bootstrap`` applies a stack whose providers take the role; the application's account is another."""
    state = S3State(bucket="orders-{region}", role_arn=ROLE, create=StateBucket(replica_region="eu-west-1"))
    stacks = synthesized(application(state, account=Account(id="123456789012")))
    for provider in stacks["orders-state"].providers:
        assert provider["allowed_account_ids"] == [ELSEWHERE]
        assert provider["assume_role"] == [{"role_arn": ROLE}]
    for provider in stacks["orders-data"].providers:
        assert provider["allowed_account_ids"] == ["123456789012"]
        assert "assume_role" not in provider


@pytest.mark.parametrize(
    ("boundary", "there"),
    [
        ("arn:aws:iam::123456789012:policy/teams/b", f"arn:aws:iam::{ELSEWHERE}:policy/teams/b"),
        ("arn:aws:iam::aws:policy/PowerUserAccess", "arn:aws:iam::aws:policy/PowerUserAccess"),
    ],
)
def test_boundary_of_the_replication_role_is_of_its_account(boundary: str, there: str) -> None:
    """IAM bounds a role by a policy of its own account: the one of the same name there."""
    state = S3State(bucket="orders-{region}", role_arn=ROLE, create=StateBucket(replica_region="eu-west-1"))
    demands = RoleSettings(path="/t/", permissions_boundary_arn=boundary)
    stacks = synthesized(application(state, roles=demands))
    for role in stacks["orders-state"].document["resource"]["aws_iam_role"].values():
        assert (role["path"], role["permissions_boundary"]) == ("/t/", there)
    for role in stacks["orders-registry"].document["resource"]["aws_iam_role"].values():
        assert role["permissions_boundary"] == boundary


def statements(template: Template, name: str) -> list[dict[str, Any]]:
    """Return the statements of a policy document."""
    found: list[dict[str, Any]] = template.get(f"data.aws_iam_policy_document.{name}")["statement"]
    return found


def test_pipeline_may_take_the_roles_that_are_stated() -> None:
    """Both roles may assume those of the providers and of the state, and need no other access to the state."""
    dns = "arn:aws:iam::310987654321:role/dns"
    own = "arn:aws:iam::123456789012:role/deploy"
    stated = application(
        S3State(bucket="orders-state", role_arn=ROLE),
        account=Account(id="123456789012", role_arn=own),
        zone=HostedZone(name="example.com", account=Account(id="310987654321", role_arn=dns)),
        pipeline=GithubRoles(repository="acme/orders", policy_arns=("arn:aws:iam::123456789012:policy/apply",)),
    )
    pipeline = synthesized(stated)["orders-pipeline"]
    for phase in ("plan", "apply"):
        assert statements(pipeline, f"{phase}_assume") == [
            {"sid": "Assume", "effect": "Allow", "actions": ["sts:AssumeRole"], "resources": [own, dns, ROLE]}
        ]
        pipeline.lacks(f"data.aws_iam_policy_document.{phase}_state")
        stacks_of("own_state")["own-pipeline"].lacks(f"data.aws_iam_policy_document.{phase}_assume")


def test_runs_in_hcp_terraform_may_take_the_roles_that_are_stated() -> None:
    """The roles of runs may assume those of the providers; where none is stated, there is no such policy."""
    dns = "arn:aws:iam::310987654321:role/dns"
    state = CloudState(
        organization="acme",
        workspaces=Workspaces(role=RunRole(policy_arns=("arn:aws:iam::123456789012:policy/apply",))),
    )
    zone = HostedZone(name="example.com", account=Account(id="310987654321", role_arn=dns))
    workspaces = synthesized(application(state, zone=zone))["orders-workspaces"]
    for phase in ("plan", "apply"):
        (statement,) = statements(workspaces, f"hcp_{phase}_assume")
        assert statement["resources"] == [dns]
    stacks_of("made_in_cloud")["blog-workspaces"].lacks("data.aws_iam_policy_document.hcp_plan_assume")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (S3State(bucket="orders-state", external_id="x1"), "state.external_id: must be unset without role_arn"),
        (S3State(bucket="orders-state", role_arn="state"), "state.role_arn: must be the ARN of an IAM role"),
        (
            S3State(
                bucket="orders-state",
                role_arn=ROLE,
                create=StateBucket(principals=("arn:aws:iam::123456789012:role/orders-*",)),
            ),
            f"state.create.principals: must let in state.role_arn, {ROLE}",
        ),
    ],
    ids=range(3),
)
def test_state_that_nobody_would_reach_is_a_fault(state: S3State, words: str) -> None:
    """Each fault names the field and what is allowed."""
    with pytest.raises(InvalidDescriptionError) as refused:
        application(state)
    assert any(words in str(fault) for fault in refused.value.faults), refused.value


def test_bucket_lets_in_the_role_alone() -> None:
    """With a role of its own, no pipeline's role reaches the state by itself: principals need not name it."""
    state = S3State(bucket="orders-state", role_arn=ROLE, create=StateBucket(principals=(ROLE,)))
    pipeline = GithubRoles(repository="acme/orders", policy_arns=("arn:aws:iam::123456789012:policy/apply",))
    assert application(state, pipeline=pipeline).state == state
