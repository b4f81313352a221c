"""The roles of a pipeline on GitHub: whom they trust, and what of the state they may read and write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from latitude import CloudState, GithubRoles, Image, S3State, Service, StateBucket
from latitude.operate.order import stages
from tests.support.synthesized import stacks_of, synthesized
from tests.unit.descriptions import application

if TYPE_CHECKING:
    from tests.support.template import Template
    from tests.unit.descriptions import Refusals

ROLES = GithubRoles(
    repository="acme/orders",
    policy_arns=("arn:aws:iam::aws:policy/AdministratorAccess",),
    plan_policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",),
)
KEY = "arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"


def own() -> Template:
    """Return the stack of an application with buckets of its own."""
    return stacks_of("own_state")["own-pipeline"]


def statements(template: Template, name: str) -> dict[str, dict[str, Any]]:
    """Return the statements of a policy document by their identifiers."""
    return {each.get("sid", ""): each for each in template.get(f"data.aws_iam_policy_document.{name}")["statement"]}


@pytest.mark.parametrize(
    ("role", "subjects"),
    [
        ("plan", ["repo:acme/own:pull_request", "repo:acme/own:ref:refs/heads/main"]),
        ("apply", ["repo:acme/own:environment:production"]),
    ],
)
def test_pipeline_role_trusts_its_own_jobs(role: str, subjects: list[str]) -> None:
    """Plans are for pull requests and main, applies for the environment that reviewers guard: as in the workflow."""
    trust = statements(own(), f"{role}_trust")[""]
    host = "token.actions.githubusercontent.com"
    assert trust["condition"] == [
        {"test": "StringEquals", "variable": f"{host}:aud", "values": ["sts.amazonaws.com"]},
        {"test": "StringLike", "variable": f"{host}:sub", "values": subjects},
    ]
    assert trust["principals"][0]["identifiers"] == [f"arn:aws:iam::123456789012:oidc-provider/{host}"]


def test_pipeline_plans_take_the_lock_and_write_no_state() -> None:
    """A plan writes lock files beside the states of its stacks, and nothing else."""
    plan = statements(own(), "plan_state")
    objects = [f"arn:aws:s3:::own-state-{region}/own/own-{region}.tfstate" for region in ("us-east-1", "eu-west-2")]
    assert plan["Read"]["resources"] == [*objects, *(f"{name}.tflock" for name in objects)]
    assert plan["Lock"]["resources"] == [f"{name}.tflock" for name in objects]
    assert "Write" not in plan
    written = statements(own(), "apply_state")["Write"]
    assert (written["actions"], written["resources"]) == (["s3:PutObject"], objects)


def test_pipeline_cannot_write_the_state_of_its_roles_and_buckets() -> None:
    """What would let it give itself more is not among the objects."""
    text = str(statements(own(), "apply_state"))
    assert "own-pipeline" not in text
    assert "own-state.tfstate" not in text


def test_pipeline_uses_the_keys_of_the_states_buckets() -> None:
    """Keys that `NAME-state` made are found by their alias; a key that is stated is named; others are the owner's."""
    assert statements(own(), "plan_state")["Keys"]["resources"] == [
        f"${{data.aws_kms_alias.state_{region}_key.target_key_arn}}" for region in ("us_east_1", "eu_west_2")
    ]
    for state, keys in ((S3State(bucket="bucket", kms_key_arn=KEY), [KEY]), (S3State(bucket="bucket"), None)):
        described = application(services=(Service(name="web", image=Image(tag="1")),), state=state, pipeline=ROLES)
        found = statements(synthesized(described)["orders-pipeline"], "plan_state")
        assert (found["Keys"]["resources"] if "Keys" in found else None) == keys


def test_pipeline_has_a_provider_for_github_made() -> None:
    """Without one of the account's, the OIDC provider is made; the outputs are the repository's variables."""
    made = synthesized(application(services=(Service(name="web", image=Image(tag="1")),), pipeline=ROLES))
    template = made["orders-pipeline"]
    provider = template.get("aws_iam_openid_connect_provider.github")
    assert (provider["url"], provider["client_id_list"]) == (
        "https://token.actions.githubusercontent.com",
        ["sts.amazonaws.com"],
    )
    assert template.document["output"]["variables"]["value"] == {
        "AWS_PLAN_ROLE_ARN": "${aws_iam_role.plan.arn}",
        "AWS_APPLY_ROLE_ARN": "${aws_iam_role.apply.arn}",
    }
    template.expect("aws_iam_role.plan", name="orders-pipeline-plan")
    template.lacks("aws_iam_role_policy.plan_state")


def test_pipeline_is_not_applied_by_itself() -> None:
    """`latitude deploy`, and so the workflow, leaves the stack of its own roles out."""
    names = list(stacks_of("own_state"))
    assert "own-pipeline" in names
    described = application(name="own", regions=("us-east-1", "eu-west-2"))
    assert [stack for stage in stages(described, names) for stack in stage.stacks] == [
        "own-us-east-1",
        "own-eu-west-2",
    ]


def test_pipeline_with_hcp_terraform_is_refused(refusals: Refusals) -> None:
    """There HCP Terraform has the roles, and the workflow has tokens."""
    (found,) = refusals(lambda: application(state=CloudState(organization="acme"), pipeline=ROLES))
    assert found.startswith("pipeline: must be unset with CloudState: HCP Terraform has the roles, see ")


def test_pipeline_that_its_state_shuts_out_is_refused(refusals: Refusals) -> None:
    """With principals named, everyone else is denied the state: the pipeline's roles have to be among them."""
    named = ("arn:aws:iam::123456789012:role/deploy", "arn:aws:iam::123456789012:role/orders-pipeline-plan")
    state = S3State(bucket="orders-state", create=StateBucket(principals=named))
    assert refusals(lambda: application(state=state, pipeline=ROLES)) == [
        (
            "state.create.principals: must let in the pipeline's role orders-pipeline-apply, as in "
            f"arn:aws:iam::ACCOUNT:role/orders-pipeline-apply, got {named!r} (Latitude)"
        )
    ]
    open_to = StateBucket(principals=("arn:aws:iam::123456789012:role/orders-*",))
    assert application(state=S3State(bucket="orders-state", create=open_to), pipeline=ROLES)
