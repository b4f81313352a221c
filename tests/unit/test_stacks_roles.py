"""What an organization demands of roles is true of every role, whichever stack makes it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

import latitude
from latitude import (
    Account,
    Application,
    GithubRoles,
    Image,
    InvalidDescriptionError,
    RoleSettings,
    S3State,
    Service,
    StateBucket,
)
from latitude.stacks.pull_roles import pull_role_arns
from tests.support.applications import APPLICATIONS
from tests.support.synthesized import stacks_of, synthesized

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.template import Template

PATH: Final = "/teams/orders/"
BOUNDARY: Final = "arn:aws:iam::123456789012:policy/teams/boundary"
DEMANDS: Final = RoleSettings(path=PATH, permissions_boundary_arn=BOUNDARY)


def demanding(name: str) -> Iterator[Application]:
    """Yield one of ``APPLICATIONS``, with the demands, in both layouts."""
    application = APPLICATIONS[name]()
    for layout in ("cells", "single"):
        yield application.model_copy(update={"roles": DEMANDS, "layout": layout})


def roles(stacks: dict[str, Template]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every role of the stacks, under STACK/NAME."""
    for stack, template in stacks.items():
        for name, role in template.document.get("resource", {}).get("aws_iam_role", {}).items():
            yield f"{stack}/{name}", role


@pytest.mark.parametrize("name", APPLICATIONS)
def test_every_role_has_the_path_and_the_boundary(name: str) -> None:
    """Pull, instance, pipeline, HCP Terraform, replication, and whatever comes: none without them, in both layouts."""
    for application in demanding(name):
        found = dict(roles(synthesized(application)))
        without = {
            address
            for address, role in found.items()
            if (role.get("path"), role.get("permissions_boundary")) != (PATH, BOUNDARY)
        }
        assert without == set()


def test_every_kind_of_role_is_among_those_applications() -> None:
    """The test above has all the kinds there are to look at."""
    found = {role["name"] for name in APPLICATIONS for _, role in roles(stacks_of(name))}
    kinds = {re.sub(r"^.*-(?=pull$|instance$|pipeline-|hcp-|state-replication$)", "", name) for name in found}
    assert kinds == {
        *("pull", "instance"),
        *("pipeline-plan", "pipeline-apply", "hcp-plan", "hcp-apply"),
        "state-replication",
    }


def test_roles_are_made_in_one_place() -> None:
    """What no application above states could make a role by itself, and miss the demands."""
    files = sorted((Path(latitude.__file__).parent / "constructs").rglob("*.py"))
    assert [path.name for path in files if "IamRole," in path.read_text("utf-8")] == ["role.py"]


def test_role_without_demands_has_neither() -> None:
    """Unset is AWS's own default: no boundary, and the path / that nobody has to read."""
    for address, role in roles(stacks_of("example")):
        assert {"path", "permissions_boundary"} & set(role) == set(), address


@pytest.mark.parametrize("name", [name for name in APPLICATIONS if APPLICATIONS[name]().pulling_services])
def test_computed_arns_of_pull_roles_follow_the_path(name: str) -> None:
    """A cell names by its ARN the role that the stack of the registry makes: with the path, and of that name."""
    application = APPLICATIONS[name]().model_copy(update={"roles": DEMANDS, "layout": "cells"})
    stacks = synthesized(application)
    made = {role["path"] + role["name"] for _, role in roles({"": stacks[application.stack_names.registry]})}
    named = {
        arn.partition(":role")[2]
        for region in application.regions
        for arn in re.findall(r'"access_role_arn": "([^"]*)"', stacks[application.stack_names.cell(region)].text)
    }
    assert named == made


def test_arn_of_a_pull_role_is_of_the_account_with_the_path() -> None:
    """The ARN is IAM's: the path stands between ``role`` and the name."""
    application = APPLICATIONS["example"]().model_copy(update={"roles": DEMANDS})
    assert pull_role_arns(application, region="us-east-1", account_id="123456789012") == {
        "web": "arn:aws:iam::123456789012:role/teams/orders/orders-web-us-east-1-pull"
    }


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        (RoleSettings(path="teams/"), "roles.path: must be /, or names between slashes such as /teams/orders/"),
        (RoleSettings(path="/teams"), "roles.path: must be /, or names between slashes"),
        (RoleSettings(path="/a//b/"), "roles.path: must be /, or names between slashes"),
        (RoleSettings(path=f"/{'a' * 511}/"), "roles.path: must be 1 to 512 characters"),
        (RoleSettings(permissions_boundary_arn="boundary"), "must be the ARN of a managed IAM policy"),
        (
            RoleSettings(permissions_boundary_arn="arn:aws:iam::210987654321:policy/b"),
            "roles.permissions_boundary_arn: must be a policy of the account 123456789012, or of AWS",
        ),
    ],
    ids=range(6),
)
def test_demand_that_iam_would_refuse_is_a_fault(stated: RoleSettings, words: str) -> None:
    """Each fault names the field and what is allowed."""
    with pytest.raises(InvalidDescriptionError) as refused:
        Application(name="orders", regions=("us-east-1",), account=Account(id="123456789012"), roles=stated)
    assert any(words in str(fault) for fault in refused.value.faults), refused.value


@pytest.mark.parametrize(
    "stated",
    [
        RoleSettings(path=f"/{'a' * 510}/", permissions_boundary_arn="arn:aws:iam::aws:policy/PowerUserAccess"),
        RoleSettings(path="/a_b/c+=,.@-/", permissions_boundary_arn=BOUNDARY),
    ],
    ids=range(2),
)
def test_demand_at_the_bounds_is_taken(stated: RoleSettings) -> None:
    """The longest path, every character, and a policy of AWS's own."""
    account = Account(id="123456789012")
    assert Application(name="orders", regions=("us-east-1",), account=account, roles=stated).roles == stated


def test_state_lets_in_the_pipeline_under_its_path() -> None:
    """``aws:PrincipalArn`` has a role's path in it: principals that name the role without it let nobody in."""

    def stated(principal: str) -> Application:
        return Application(
            name="orders",
            regions=("us-east-1",),
            services=(Service(name="web", image=Image(tag="1")),),
            roles=DEMANDS,
            pipeline=GithubRoles(repository="acme/orders", policy_arns=(BOUNDARY,)),
            state=S3State(bucket="orders-state", create=StateBucket(principals=(principal,))),
        )

    stated("arn:aws:iam::123456789012:role/teams/orders/orders-pipeline-*")
    with pytest.raises(InvalidDescriptionError, match=r"role/teams/orders/orders-pipeline-plan"):
        stated("arn:aws:iam::123456789012:role/orders-pipeline-*")
