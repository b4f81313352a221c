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
HOST = "token.actions.githubusercontent.com"
KEY = "arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"


def own() -> Template:
    """Return the stack of an application with buckets of its own."""
    return stacks_of("own_state")["own-pipeline"]


def statements(template: Template, name: str) -> dict[str, dict[str, Any]]:
    """Return the statements of a policy document by their identifiers."""
    return {each.get("sid", ""): each for each in template.get(f"data.aws_iam_policy_document.{name}")["statement"]}


def trusted(template: Template, role: str) -> dict[str, list[str]]:
    """Return what the role's trust wants of the claims of a token, by claim."""
    conditions = statements(template, f"{role}_trust")[""]["condition"]
    return {each["variable"].removeprefix(f"{HOST}:"): each["values"] for each in conditions}


def described(**roles: Any) -> Template:
    """Return the stack of an application whose roles are stated like this."""
    stated = GithubRoles(**{"repository": "acme/orders", "policy_arns": ("arn:aws:iam::aws:policy/A",), **roles})
    service = Service(name="web", image=Image(tag="1"))
    return synthesized(application(services=(service,), pipeline=stated))["orders-pipeline"]


def test_pipeline_role_trusts_its_own_jobs() -> None:
    """Plans are for pull requests and main; applies for the environment and the branch: as in the workflow."""
    assert trusted(described(), "plan") == {
        "aud": ["sts.amazonaws.com"],
        "sub": ["repo:acme/orders:pull_request", "repo:acme/orders:ref:refs/heads/main"],
    }
    assert trusted(described(), "apply") == {
        "aud": ["sts.amazonaws.com"],
        "sub": ["repo:acme/orders:environment:production"],
        "ref": ["refs/heads/main"],
    }
    for role in ("plan", "apply"):
        trust = statements(own(), f"{role}_trust")[""]
        assert trust["principals"][0]["identifiers"] == [f"arn:aws:iam::123456789012:oidc-provider/{HOST}"]


def test_pipeline_with_ids_trusts_both_forms_of_the_subject() -> None:
    """Since mid-July 2026 new repositories have ids in `sub`; with them stated, a recycled name gets nothing."""
    template = described(owner_id="583231", repository_id="1296269", branch="release", environment="live")
    assert trusted(template, "apply") == {
        "aud": ["sts.amazonaws.com"],
        "sub": ["repo:acme/orders:environment:live", "repo:acme@583231/orders@1296269:environment:live"],
        "repository_id": ["1296269"],
        "ref": ["refs/heads/release"],
    }
    assert trusted(template, "plan")["sub"] == [
        f"repo:{name}:{context}"
        for name in ("acme/orders", "acme@583231/orders@1296269")
        for context in ("pull_request", "ref:refs/heads/release")
    ]
    assert trusted(template, "plan")["repository_id"] == ["1296269"]


def test_pipeline_with_subjects_of_its_own_trusts_just_these() -> None:
    """A template of the organization's makes other subjects, which are taken as they are stated."""
    template = described(plan_subjects=("repository_id:7:plan",), apply_subjects=("repository_id:7:apply",))
    assert trusted(template, "plan")["sub"] == ["repository_id:7:plan"]
    assert trusted(template, "apply")["sub"] == ["repository_id:7:apply"]


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        ({"owner_id": "1"}, "pipeline.repository_id: must be set with the other id: "),
        ({"repository_id": "x"}, "pipeline.repository_id: must be the number that GitHub's API gives, got 'x' "),
        ({"plan_subjects": ("repo:acme/*",)}, "pipeline.plan_subjects[0]: must be a subject claim, whole, "),
        (
            {"oidc_provider_arn": "arn:aws:iam::123456789012:oidc-provider/evil.example.com"},
            f"pipeline.oidc_provider_arn: must be a provider for {HOST}, got ",
        ),
        ({"branch": "a b"}, "pipeline.branch: must be a branch's name, got 'a b' "),
    ],
)
def test_pipeline_whose_trust_would_be_another_is_refused(roles: dict[str, Any], said: str, refusals: Refusals) -> None:
    """Half an id, a wildcard, and a provider whose host could sign anything."""
    found = refusals(lambda: described(**roles))
    assert [line for line in found if line.startswith(said)], found


def test_pipeline_plans_write_nothing_and_read_no_data() -> None:
    """A plan takes no lock; its own policy has neither items, nor secrets' values, nor a right to change anything."""
    plan = statements(own(), "plan_state")
    objects = [f"arn:aws:s3:::own-state-{region}/own/own-{region}.tfstate" for region in ("us-east-1", "eu-west-2")]
    assert plan["Read"]["resources"] == objects
    assert set(plan) == {"Find", "Read", "Keys"}
    applied = statements(own(), "apply_state")
    assert applied["Lock"]["resources"] == [f"{name}.tflock" for name in objects]
    assert (applied["Write"]["actions"], applied["Write"]["resources"]) == (["s3:PutObject"], objects)
    (reads,) = statements(described(), "plan_reads").values()
    verbs = {action.partition(":")[2] for action in reads["actions"]}
    assert {verb for verb in verbs if not verb.startswith(("Describe", "Get", "List"))} == set()
    data = {"GetItem", "GetSecretValue", "GetParameter", "GetParameters", "GetObject", "GetRecords", "BatchGetImage"}
    assert verbs & {*data, "*", "Get*"} == set()


def test_pipeline_with_policies_for_plans_has_no_other() -> None:
    """Managed policies that are stated take the place of the one that Latitude would make."""
    template = described(plan_policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",))
    template.expect("aws_iam_role_policy_attachment.plan_ReadOnlyAccess", role="${aws_iam_role.plan.name}")
    template.lacks("aws_iam_role_policy.plan_reads")


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
