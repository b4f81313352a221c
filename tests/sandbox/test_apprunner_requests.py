from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from botocore.session import get_session
from moto.core.utils import camelcase_to_underscores

from latitude.sandbox.apprunner.responses import AppRunnerResponse
from latitude.sandbox.testing import create_service, refused

if TYPE_CHECKING:
    from mypy_boto3_apprunner import AppRunnerClient

    from latitude.sandbox.server import Sandbox

pytestmark = pytest.mark.sandbox

IMAGE = {"ImageIdentifier": "public.ecr.aws/nginx/nginx:stable", "ImageRepositoryType": "ECR_PUBLIC"}
SOURCE = {"AutoDeploymentsEnabled": False, "ImageRepository": IMAGE}


def _refusal(sandbox: Sandbox, operation: str, body: bytes) -> tuple[int, str, str]:
    """Send what botocore would refuse to send, and return the status, code and message of the error."""
    scope = "Credential=sandbox/20260101/us-east-1/apprunner/aws4_request"
    headers = {
        "X-Amz-Target": f"AppRunner.{operation}",
        "Content-Type": "application/x-amz-json-1.0",
        "Authorization": f"AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature=0",
    }
    request = urllib.request.Request(sandbox.url, data=body, headers=headers)  # noqa: S310 - the sandbox's own URL
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)  # noqa: S310 - the same
    with caught.value as answer:
        error = {name.lower(): value for name, value in json.load(answer).items()}
    return answer.code, error["__type"].rpartition("#")[2], error["message"]


def test_every_operation_of_the_model_is_answered() -> None:
    """The backend has a method for each of botocore's operations."""
    operations = get_session().get_service_model("apprunner").operation_names
    missing = [name for name in operations if not hasattr(AppRunnerResponse, camelcase_to_underscores(name))]
    assert (len(operations) > 30, missing) == (True, [])


def test_unknown_operation(sandbox: Sandbox) -> None:
    """What the model does not have is refused by name."""
    assert _refusal(sandbox, "RollTheDice", b"{}") == (
        400,
        "UnknownOperationException",
        "App Runner has no operation RollTheDice",
    )


@pytest.mark.parametrize("body", [b"{", b'{"a":' * 5000], ids=["unclosed", "deep"])
def test_request_that_is_not_json(sandbox: Sandbox, body: bytes) -> None:
    """A body that cannot be read is refused."""
    assert _refusal(sandbox, "ListServices", body) == (
        400,
        "InvalidRequestException",
        "The request body isn't JSON",
    )


@pytest.mark.parametrize(
    ("members", "where", "constraint"),
    [
        ({"SourceConfiguration": None}, "null at 'sourceConfiguration'", "Member must not be null"),
        ({"Colour": "red"}, "'red' at 'colour'", "CreateServiceRequest has no such member"),
        ({"ServiceName": 7}, "'7' at 'serviceName'", "Member must be of type string"),
        ({"ServiceName": True}, "'True' at 'serviceName'", "Member must be of type string"),
        (
            {"HealthCheckConfiguration": {"Path": ""}},
            "'' at 'healthCheckConfiguration.path'",
            "Member must have length greater than or equal to 1",
        ),
        (
            {"ServiceName": "shop!"},
            "'shop!' at 'serviceName'",
            "Member must satisfy regular expression pattern: [A-Za-z0-9][A-Za-z0-9-_]{3,39}",
        ),
        (
            {"HealthCheckConfiguration": {"Interval": 21}},
            "'21' at 'healthCheckConfiguration.interval'",
            "Member must have value less than or equal to 20",
        ),
        (
            {"HealthCheckConfiguration": {"Protocol": "UDP"}},
            "'UDP' at 'healthCheckConfiguration.protocol'",
            "Member must satisfy enum value set: [TCP, HTTP]",
        ),
        (
            {"Tags": [{"Key": "aws:x", "Value": "y"}]},
            "'aws:x' at 'tags.1.member.key'",
            "Member must satisfy regular expression pattern: ^(?!aws:).+",
        ),
    ],
    ids=["required", "unknown", "type", "boolean", "length", "pattern", "range", "enum", "list"],
)
def test_request_that_breaks_the_model(
    sandbox: Sandbox, members: dict[str, Any], *, where: str, constraint: str
) -> None:
    """Each kind of constraint of botocore's model is held, and the message names value, member and constraint."""
    body = json.dumps({"ServiceName": "shop", "SourceConfiguration": SOURCE} | members).encode()
    assert _refusal(sandbox, "CreateService", body) == (
        400,
        "InvalidRequestException",
        f"1 validation error detected: Value {where} failed to satisfy constraint: {constraint}",
    )


def test_request_with_two_faults_names_both(sandbox: Sandbox) -> None:
    """One answer has every fault."""
    request = {"AutoScalingConfigurationName": "scale", "MinSize": 0, "MaxConcurrency": 201}
    assert _refusal(sandbox, "CreateAutoScalingConfiguration", json.dumps(request).encode()) == (
        400,
        "InvalidRequestException",
        (
            "2 validation errors detected: "
            "Value '0' at 'minSize' failed to satisfy constraint: Member must have value greater than or equal to 1; "
            "Value '201' at 'maxConcurrency' failed to satisfy constraint: "
            "Member must have value less than or equal to 200"
        ),
    )


@pytest.mark.parametrize("variable", ["PORT", "AWSAPPRUNNER_ID"])
def test_create_service_with_a_reserved_variable(apprunner: AppRunnerClient, variable: str) -> None:
    """App Runner keeps two kinds of names to itself."""
    image = IMAGE | {"ImageConfiguration": {"RuntimeEnvironmentVariables": {variable: "1"}}}
    with refused(
        "InvalidRequestException",
        f"Runtime environment variable names PORT and AWSAPPRUNNER* are reserved: {variable}",
    ):
        create_service(apprunner, SourceConfiguration=SOURCE | {"ImageRepository": image})


def test_create_service_with_two_sources(apprunner: AppRunnerClient) -> None:
    """A service is made from code or from an image."""
    code = {"RepositoryUrl": "https://example.com", "SourceCodeVersion": {"Type": "BRANCH", "Value": "main"}}
    with refused(
        "InvalidRequestException",
        "SourceConfiguration must have exactly one of CodeRepository and ImageRepository.",
    ):
        create_service(apprunner, SourceConfiguration=SOURCE | {"CodeRepository": code})


def test_create_service_that_deploys_a_public_image_by_itself(apprunner: AppRunnerClient) -> None:
    """App Runner does not watch ECR Public."""
    with refused("InvalidRequestException", "AutoDeploymentsEnabled must be false for an image in ECR Public."):
        create_service(apprunner, SourceConfiguration={"ImageRepository": IMAGE})


def test_tags_are_kept_changed_and_removed(apprunner: AppRunnerClient) -> None:
    """TagResource adds and replaces, UntagResource removes, ListTagsForResource shows."""
    arn = create_service(apprunner, Tags=[{"Key": "team", "Value": "shop"}, {"Key": "stage", "Value": "dev"}])
    apprunner.tag_resource(ResourceArn=arn, Tags=[{"Key": "stage", "Value": "prod"}, {"Key": "tier", "Value": "1"}])
    apprunner.untag_resource(ResourceArn=arn, TagKeys=["team"])
    tags = apprunner.list_tags_for_resource(ResourceArn=arn)["Tags"]
    assert {tag["Key"]: tag["Value"] for tag in tags} == {"stage": "prod", "tier": "1"}


@pytest.mark.parametrize(
    ("operation", "more"),
    [("tag_resource", {"Tags": []}), ("untag_resource", {"TagKeys": []}), ("list_tags_for_resource", {})],
)
def test_tags_of_a_resource_that_does_not_exist(
    apprunner: AppRunnerClient, operation: str, more: dict[str, Any]
) -> None:
    """Only what exists has tags."""
    arn = "arn:aws:apprunner:us-east-1:123456789012:connection/gone"
    with refused("ResourceNotFoundException", f"Resource not found for the provided arn: {arn}"):
        getattr(apprunner, operation)(ResourceArn=arn, **more)
