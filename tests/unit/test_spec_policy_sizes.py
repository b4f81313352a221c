"""Policies that AWS would refuse for their length are refused in the description, before anything is written."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import pytest

from latitude import (
    Application,
    CloudState,
    GithubRoles,
    GlobalIndex,
    InvalidDescriptionError,
    PolicyStatement,
    PublicImage,
    Registry,
    RunRole,
    S3State,
    Service,
    StateBucket,
    Table,
    Workspaces,
)
from latitude.spec.app_runner import APP_RUNNER
from latitude.spec.iam import policy_length
from latitude.spec.policy_sizes import _MAX_BUCKET_PRINCIPALS_LENGTH, _MAX_PULL_PRINCIPALS_LENGTH, _listed
from tests.support.applications import APPLICATIONS, example
from tests.support.synthesized import stacks_of, synthesized

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.spec.iam import IamStatement

POLICY: Final = ("arn:aws:iam::123456789012:policy/orders-apply",)
WEB: Final = Service(name="web", image=PublicImage(identifier="public.ecr.aws/nginx/nginx:latest"))


def faults(**stated: Any) -> list[str]:
    """Return the faults of an application, in the words that its user reads."""
    try:
        Application(**{"name": "orders", "regions": ("us-east-1",), "services": (WEB,), **stated})
    except InvalidDescriptionError as error:
        return [str(found) for found in error.faults]
    return []


def subjects(length: int) -> tuple[str, ...]:
    """Return ten subjects of that many characters each."""
    return tuple(f"repo:acme/orders:{number}:".ljust(length, "x") for number in range(10))


def written(document: Mapping[str, Any]) -> int:
    """Return how long the policy is that Terraform makes of a block of ``aws_iam_policy_document``."""
    found = []
    for each in document["statement"]:
        one = {key: _one_or_all(each[f"{key.lower()}s"]) for key in ("Action", "Resource") if f"{key.lower()}s" in each}
        conditions: dict[str, dict[str, Any]] = {}
        for condition in each.get("condition", []):
            conditions.setdefault(condition["test"], {})[condition["variable"]] = _one_or_all(condition["values"])
        principals = {entry["type"]: _one_or_all(entry["identifiers"]) for entry in each.get("principals", [])}
        stated = {"Sid": each.get("sid"), "Effect": each["effect"], "Principal": principals, "Condition": conditions}
        found.append({**one, **{key: value for key, value in stated.items() if value}})
    text = json.dumps({"Version": "2012-10-17", "Statement": found}, ensure_ascii=False)
    return len("".join(text.split()))


def _one_or_all(values: list[str]) -> Any:
    return values[0] if len(values) == 1 else values


@pytest.mark.parametrize("phase", ["plan", "apply"])
def test_trust_of_a_pipelines_role_fits(phase: str) -> None:
    """Ten subjects of 150 characters are allowed, and of 250 are not: IAM takes 2,048 characters."""
    kind = {"plan": "plans", "apply": "applies"}[phase]
    roles = {"repository": "acme/orders", "policy_arns": POLICY}
    assert faults(pipeline=GithubRoles(**roles, **{f"{phase}_subjects": subjects(150)})) == []
    (found,) = faults(pipeline=GithubRoles(**roles, **{f"{phase}_subjects": subjects(250)}))
    assert re.fullmatch(
        rf"pipeline\.{phase}_subjects: must leave the role for {kind} a trust policy of at most 2048 characters, got "
        r"about 2[89]\d\d; state fewer or shorter subjects \(IAM and STS quotas: role trust policy length\)",
        found,
    )


def test_trust_of_hcp_terraforms_role_fits() -> None:
    """Runs of eleven cells are trusted under short names of their workspaces, and refused under long ones."""

    def cells(prefix: str) -> list[str]:
        state = CloudState(
            organization="acme",
            project="p" * 40,
            workspace=f"{prefix}{{stack}}",
            workspaces=Workspaces(role=RunRole(policy_arns=POLICY)),
        )
        return faults(regions=tuple(sorted(APP_RUNNER.regions)), state=state)

    assert cells("") == []
    (found,) = cells("a-name-of-some-length-for-each-of-these-workspaces-of-an-application-")
    assert found.startswith(
        "state.workspaces.role: must leave the role for applies a trust policy of at most 2048 characters, got about "
    )
    assert "or layout single" in found


def test_inline_policies_of_a_pipelines_role_fit() -> None:
    """Long keys of eleven cells' states leave no room in 10,240 characters."""
    stated: dict[str, Any] = {
        "regions": tuple(sorted(APP_RUNNER.regions)),
        "pipeline": GithubRoles(repository="acme/orders", policy_arns=POLICY),
    }
    assert faults(**stated, state=S3State(bucket="orders-state-{region}")) == []
    found = faults(**stated, state=S3State(bucket="orders-state-{region}", key_prefix="p" * 250 + "/"))
    assert [each.partition(",")[0] for each in found] == [
        "pipeline: must leave the role for applies inline policies of at most 10240 characters"
    ]
    assert "shorten state.bucket or state.key_prefix" in found[0]


def test_principals_of_a_state_bucket_and_of_repositories_fit() -> None:
    """A hundred short ones do, a hundred of the longest don't."""
    short = tuple(f"arn:aws:iam::123456789012:role/{number}" for number in range(100))
    long = tuple(f"arn:aws:iam::123456789012:role/{'x' * 400}/{number}" for number in range(100))
    for principals, many in ((short, 0), (long, 1)):
        bucket = faults(state=S3State(bucket="orders-state", create=StateBucket(principals=principals)))
        repositories = faults(registry=Registry(pull_principals=principals))
        assert (len(bucket), len(repositories)) == (many, many)
    assert bucket[0].startswith("state.create.principals: must be at most 17500 characters together, got 43")
    assert repositories[0].startswith("registry.pull_principals: must be at most 9900 characters together, got 43")


def test_policy_of_a_table_fits() -> None:
    """DynamoDB takes 20 KB, and counts white space: what fits without it is refused with it."""

    def table(principals: int) -> list[str]:
        named = tuple(f"arn:aws:iam::123456789012:role/reader-{number:03}" for number in range(principals))
        statements = tuple(
            PolicyStatement(principals=named, actions=("dynamodb:GetItem",), sid=f"S{number}") for number in range(4)
        )
        return faults(
            tables=(
                Table(
                    name="orders",
                    hash_key="id",
                    attributes={"id": "S", "shop": "S"},
                    global_indexes=(GlobalIndex(name="by-shop", hash_key="shop"),),
                    resource_policy=statements,
                ),
            )
        )

    assert table(50) == []
    (found,) = table(100)
    assert found.startswith(
        "tables[0].resource_policy: must make a policy of at most 20480 bytes, white space counted,"
    )


def test_room_beside_principals_is_what_the_policies_leave() -> None:
    """With principals as long as they may be, the synthesized policies are within 20 KB and 10,240 characters."""

    def named(length: int) -> tuple[str, ...]:
        each = "arn:aws:iam::123456789012:role/".ljust(length // 50 - 3, "x")
        return (each,) * 49 + (each.ljust(length - 49 * (len(each) + 3) - 3, "y"),)

    bucket, pull = named(_MAX_BUCKET_PRINCIPALS_LENGTH), named(_MAX_PULL_PRINCIPALS_LENGTH)
    assert (_listed(bucket), _listed(pull)) == (_MAX_BUCKET_PRINCIPALS_LENGTH, _MAX_PULL_PRINCIPALS_LENGTH)
    application = example(
        state=S3State(bucket="b" * 63, create=StateBucket(principals=bucket)),
        registry=Registry(pull_principals=pull),
    )
    stacks = synthesized(application)
    guards = stacks["orders-state"].document["data"]["aws_iam_policy_document"]
    # A reference to a bucket's or key's ARN is shorter than what it stands for: 75 characters for each are added.
    assert max(written(each) + 75 * 12 for each in guards.values()) < 20480
    pulls = stacks["orders-registry"].document["data"]["aws_iam_policy_document"]
    assert max(written(each) for name, each in pulls.items() if name.endswith("_pull")) < 10240


@pytest.mark.parametrize("name", APPLICATIONS)
def test_stacks_and_their_regions_follow_from_the_description(name: str) -> None:
    """What is measured is what is made: the same stacks, in the same order, each of the region of its provider."""
    application = APPLICATIONS[name]()
    apart = application.stack_names.apart
    made = {stack: template for stack, template in stacks_of(name).items() if stack not in apart}
    assert list(application.stack_regions) == list(made)
    providers = {stack: template.document["provider"]["aws"][0]["region"] for stack, template in made.items()}
    assert application.stack_regions == providers


def test_measured_trust_is_the_one_that_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lengths of both roles' trust, and of HCP Terraform's, are those of the synthesized policies."""
    measured: list[int] = []

    def measure(statements: list[IamStatement], *, white_space: bool = False) -> int:
        length = policy_length(statements, white_space=white_space)
        measured.append(length)
        return length

    monkeypatch.setattr("latitude.spec.policy_sizes.policy_length", measure)
    for name, stack, roles in (
        ("own_state", "own-pipeline", ("plan", "apply")),
        ("in_cloud", "site-workspaces", ("hcp_apply",)),
    ):
        measured.clear()
        APPLICATIONS[name]()
        documents = stacks_of(name)[stack].document["data"]["aws_iam_policy_document"]
        assert measured[: len(roles)] == [written(documents[f"{role}_trust"]) for role in roles]
