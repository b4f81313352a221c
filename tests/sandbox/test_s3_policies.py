"""Bucket policies that are none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from latitude.sandbox.testing import create_service, refused

if TYPE_CHECKING:
    from latitude.sandbox.pytest_plugin import ClientFactory

pytestmark = pytest.mark.sandbox

_ALLOWED = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a-bucket/*"}


@pytest.mark.parametrize(
    "policy",
    [
        "a-bucket",
        "[]",
        "{}",
        '{"Statement": "x"}',
        json.dumps({"Statement": [_ALLOWED | {"Effect": "Maybe"}]}),
        json.dumps({"Statement": [_ALLOWED | {"Condition": []}]}),
        json.dumps({"Statement": [_ALLOWED | {"Condition": {"Bool": []}}]}),
        json.dumps({"Statement": [_ALLOWED | {"Action": {}}]}),
    ],
)
def test_bucket_policy_that_is_none_is_refused(client: ClientFactory, policy: str) -> None:
    """It is refused when it is put, as by S3, and what is in the bucket stays within reach."""
    s3 = client("s3")
    s3.create_bucket(Bucket="a-bucket")
    s3.put_object(Bucket="a-bucket", Key="a", Body=b"content")
    with refused("MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'"):
        s3.put_bucket_policy(Bucket="a-bucket", Policy=policy)
    assert s3.get_object(Bucket="a-bucket", Key="a")["Body"].read() == b"content"


@pytest.mark.parametrize("statements", [_ALLOWED, [_ALLOWED], [_ALLOWED | {"Condition": {"Bool": {"aws:x": True}}}]])
def test_bucket_policy_with_one_statement_or_several_is_kept(client: ClientFactory, statements: Any) -> None:
    """Both forms are a policy, and so are conditions without quotes; they are evaluated when an object is read."""
    s3 = client("s3")
    s3.create_bucket(Bucket="a-bucket")
    s3.put_bucket_policy(Bucket="a-bucket", Policy=json.dumps({"Statement": statements}))
    s3.put_object(Bucket="a-bucket", Key="a", Body=b"content")
    assert s3.get_object(Bucket="a-bucket", Key="a")["Body"].read() == b"content"
    assert json.loads(s3.get_bucket_policy(Bucket="a-bucket")["Policy"]) == {"Statement": statements}


@pytest.mark.parametrize("document", ["x", "[]", '{"Statement": ["x"]}', '{"Statement": [{}]}'])
def test_role_with_a_trust_that_is_none_trusts_nobody(client: ClientFactory, document: str) -> None:
    """App Runner can't assume it, and says so."""
    arn = client("iam").create_role(RoleName="odd", AssumeRolePolicyDocument=document)["Role"]["Arn"]
    image = {"ImageIdentifier": "123456789012.dkr.ecr.us-east-1.amazonaws.com/a:b", "ImageRepositoryType": "ECR"}
    source = {"ImageRepository": image, "AuthenticationConfiguration": {"AccessRoleArn": arn}}
    with refused("InvalidRequestException", f"Error in assuming access role {arn}"):
        create_service(client("apprunner"), SourceConfiguration=source)
