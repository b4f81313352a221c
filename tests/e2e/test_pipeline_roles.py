"""The roles of a pipeline on GitHub, applied to the embedded AWS."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import pytest

from latitude import Application, GithubRoles, Image, S3State, Service, synthesize
from latitude.operate.cli_config import usable_environment
from latitude.operate.terraform import Terraform
from latitude.sandbox.pytest_plugin import ClientFactory, client, sandbox

if TYPE_CHECKING:
    from pathlib import Path

    from latitude.sandbox.server import Sandbox

__all__ = ["client", "sandbox"]
pytestmark = pytest.mark.e2e

APPLICATION: Final = Application(
    name="orders",
    regions=("us-east-1",),
    services=(Service(name="web", image=Image(tag="1")),),
    state=S3State(bucket="orders-state"),
    pipeline=GithubRoles(
        repository="acme/orders",
        policy_arns=("arn:aws:iam::aws:policy/AdministratorAccess",),
        plan_policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",),
    ),
)


def test_pipeline_roles_are_in_aws_as_described(tmp_path: Path, sandbox: Sandbox, client: ClientFactory) -> None:
    """The roles, their policies and GitHub's provider are there, a second plan is empty, and the outputs name them."""
    client("s3").create_bucket(Bucket="orders-state")
    synthesize(APPLICATION, tmp_path / "out")
    roles = Terraform(
        directory=tmp_path / "out" / "stacks" / "orders-pipeline",
        environment=usable_environment({**os.environ, **sandbox.child_environment()}, tmp_path),
    )
    roles.init()
    roles.apply()
    assert not roles.plan()

    iam = client("iam")
    (provider,) = iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]
    arns = roles.outputs()["variables"]
    for kind, policy in (("plan", "ReadOnlyAccess"), ("apply", "AdministratorAccess")):
        role = iam.get_role(RoleName=f"orders-pipeline-{kind}")["Role"]
        assert arns[f"AWS_{kind.upper()}_ROLE_ARN"] == role["Arn"]
        trust = role["AssumeRolePolicyDocument"]["Statement"]
        assert [each["Principal"] for each in trust] == [{"Federated": provider["Arn"]}]
        (attached,) = iam.list_attached_role_policies(RoleName=role["RoleName"])["AttachedPolicies"]
        assert attached["PolicyName"] == policy
        document = iam.get_role_policy(RoleName=role["RoleName"], PolicyName="state")["PolicyDocument"]
        sids = {each["Sid"] for each in document["Statement"]}
        assert ("Write" in sids) is (kind == "apply")
