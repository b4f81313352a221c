from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from latitude.sandbox.pytest_plugin import ClientFactory, client, clock, control, sandbox
from latitude.sandbox.testing import ManualClock, hold_to_model

if TYPE_CHECKING:
    from mypy_boto3_apprunner import AppRunnerClient

__all__ = ["client", "clock", "control", "sandbox"]


@pytest.fixture
def apprunner(
    client: ClientFactory,
    clock: ManualClock,  # noqa: ARG001 - asked for, so that the sandbox goes by it
) -> AppRunnerClient:
    """Return App Runner in us-east-1, under the test's clock, with every answer held to botocore's model."""
    made: AppRunnerClient = client("apprunner")
    hold_to_model(made)
    return made


@pytest.fixture
def access_role(client: ClientFactory) -> str:
    """Return the ARN of a role that App Runner may take to pull images."""
    return _role(client, "access", trusted="build.apprunner.amazonaws.com")


@pytest.fixture
def instance_role(client: ClientFactory) -> str:
    """Return the ARN of a role that a service's instances may take."""
    return _role(client, "instance", trusted="tasks.apprunner.amazonaws.com")


def _role(client: ClientFactory, name: str, *, trusted: str) -> str:
    trust = {"Effect": "Allow", "Principal": {"Service": trusted}, "Action": "sts:AssumeRole"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    arn: str = client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=policy)["Role"]["Arn"]
    return arn
