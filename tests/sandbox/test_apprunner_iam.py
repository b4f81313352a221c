from __future__ import annotations

import json
import time
from typing import Any

import boto3
import pytest

from latitude.sandbox.server import Sandbox
from latitude.sandbox.testing import create_service, refused

pytestmark = pytest.mark.sandbox

TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "build.apprunner.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
}
HOUR_SECONDS = 3600.0


def _client(sandbox: Sandbox, service: str) -> Any:
    session: Any = boto3.Session(aws_access_key_id="any", aws_secret_access_key="any")  # noqa: S106  # no secret
    return session.client(service, region_name="us-east-1", endpoint_url=sandbox.url)


def _create(sandbox: Sandbox) -> str:
    role = _client(sandbox, "iam").create_role(RoleName="pull", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]
    source = {
        "AutoDeploymentsEnabled": False,
        "AuthenticationConfiguration": {"AccessRoleArn": role["Arn"]},
        "ImageRepository": {
            "ImageIdentifier": "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:v1",
            "ImageRepositoryType": "ECR",
        },
    }
    return create_service(_client(sandbox, "apprunner"), SourceConfiguration=source)


def test_create_service_with_a_role_just_made() -> None:
    """App Runner can't assume a role that IAM has not yet told every region of."""
    arn = "arn:aws:iam::123456789012:role/pull"
    with (
        Sandbox(iam_propagation_seconds=HOUR_SECONDS) as sandbox,
        refused("InvalidRequestException", f"Error in assuming access role {arn}"),
    ):
        _create(sandbox)


def test_create_service_with_a_role_old_enough() -> None:
    """After the time that IAM takes, the same role is accepted."""
    with Sandbox(iam_propagation_seconds=HOUR_SECONDS, clock=lambda: time.time() + 2 * HOUR_SECONDS) as sandbox:
        assert _create(sandbox).startswith("arn:aws:apprunner:us-east-1:123456789012:service/shop/")
