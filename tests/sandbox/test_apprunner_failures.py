from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from latitude.sandbox.ecr.push import push_image
from latitude.sandbox.testing import ManualClock, create_service, refused

if TYPE_CHECKING:
    from mypy_boto3_apprunner import AppRunnerClient

    from latitude.sandbox.control import Control
    from latitude.sandbox.pytest_plugin import ClientFactory

pytestmark = pytest.mark.sandbox

OPERATION_SECONDS = 0.5
REGISTRY = "123456789012.dkr.ecr.us-east-1.amazonaws.com"
WESTERN = "123456789012.dkr.ecr.us-west-2.amazonaws.com"
PARAMETER_ARN = "arn:aws:ssm:{region}:123456789012:parameter/token"


def _image(identifier: str, role: str | None, **configuration: Any) -> Any:
    image = {"ImageIdentifier": identifier, "ImageRepositoryType": "ECR", "ImageConfiguration": configuration}
    authentication = {} if role is None else {"AuthenticationConfiguration": {"AccessRoleArn": role}}
    return {"AutoDeploymentsEnabled": False, "ImageRepository": image, **authentication}


def _settled(apprunner: AppRunnerClient, clock: ManualClock, source: dict[str, Any], **more: Any) -> tuple[str, str]:
    arn = create_service(apprunner, SourceConfiguration=source, **more)
    clock.advance(OPERATION_SECONDS)
    return arn, apprunner.describe_service(ServiceArn=arn)["Service"]["Status"]


@pytest.fixture
def digest(client: ClientFactory) -> str:
    """Return the digest of an image pushed to ``app``, tag ``v1``."""
    ecr = client("ecr")
    ecr.create_repository(repositoryName="app")
    return push_image(ecr, repository="app", tag="v1", content=b"shop")


@pytest.mark.usefixtures("digest")
def test_create_service_from_an_image_by_tag(apprunner: AppRunnerClient, clock: ManualClock, access_role: str) -> None:
    """A service whose image is in its region's ECR runs."""
    _, status = _settled(apprunner, clock, _image(f"{REGISTRY}/app:v1", access_role))
    assert status == "RUNNING"


def test_create_service_from_an_image_by_digest(
    apprunner: AppRunnerClient, clock: ManualClock, access_role: str, digest: str
) -> None:
    """An image can be named by its digest."""
    _, status = _settled(apprunner, clock, _image(f"{REGISTRY}/app@{digest}", access_role))
    assert status == "RUNNING"


@pytest.mark.usefixtures("digest")
@pytest.mark.parametrize(
    ("identifier", "failure"),
    [
        (f"{REGISTRY}/app:v2", f"Failed to pull the image {REGISTRY}/app:v2: it isn't in the ECR of us-east-1."),
        (f"{REGISTRY}/app", f"Failed to pull the image {REGISTRY}/app: it isn't in the ECR of us-east-1."),
        (f"{REGISTRY}/other:v1", f"Failed to pull the image {REGISTRY}/other:v1: it isn't in the ECR of us-east-1."),
        (
            f"{WESTERN}/app:v1",
            f"The image {WESTERN}/app:v1 isn't in the ECR of the service's Region, us-east-1.",
        ),
    ],
    ids=["tag", "no tag is latest", "repository", "region"],
)
def test_create_service_whose_image_is_not_there(
    apprunner: AppRunnerClient,
    clock: ManualClock,
    control: Control,
    access_role: str,
    *,
    identifier: str,
    failure: str,
) -> None:
    """The call succeeds; the service ends in CREATE_FAILED, and the control plane says why."""
    arn, status = _settled(apprunner, clock, _image(identifier, access_role))
    operation = apprunner.list_operations(ServiceArn=arn)["OperationSummaryList"][0]
    assert (status, operation["Status"], control.status()["services"][0]["failure"]) == (
        "CREATE_FAILED",
        "FAILED",
        failure,
    )


@pytest.mark.parametrize(
    ("operation", "verb"),
    [("update_service", "updated"), ("pause_service", "paused"), ("start_deployment", "deployed")],
)
def test_service_that_failed_to_create_can_only_be_deleted(
    apprunner: AppRunnerClient, clock: ManualClock, access_role: str, *, operation: str, verb: str
) -> None:
    """Everything but DeleteService is refused, and the name stays taken until then."""
    arn, _ = _settled(apprunner, clock, _image(f"{REGISTRY}/app:v1", access_role))
    with refused("InvalidStateException", f"Service cannot be {verb} in the current state: CREATE_FAILED."):
        getattr(apprunner, operation)(ServiceArn=arn)
    with refused("InvalidRequestException", "Service with the provided name already exists: shop."):
        create_service(apprunner)
    apprunner.delete_service(ServiceArn=arn)
    clock.advance(OPERATION_SECONDS)
    assert apprunner.describe_service(ServiceArn=arn)["Service"]["Status"] == "DELETED"


@pytest.mark.usefixtures("digest")
def test_update_service_to_an_image_that_is_not_there_rolls_back(
    apprunner: AppRunnerClient, clock: ManualClock, access_role: str
) -> None:
    """The service runs on with what it had."""
    arn, _ = _settled(apprunner, clock, _image(f"{REGISTRY}/app:v1", access_role))
    apprunner.update_service(ServiceArn=arn, SourceConfiguration=_image(f"{REGISTRY}/app:v2", access_role))
    clock.advance(OPERATION_SECONDS)
    service = apprunner.describe_service(ServiceArn=arn)["Service"]
    operation = apprunner.list_operations(ServiceArn=arn)["OperationSummaryList"][0]
    assert (operation["Status"], service["Status"]) == ("ROLLBACK_SUCCEEDED", "RUNNING")
    assert service["SourceConfiguration"]["ImageRepository"]["ImageIdentifier"] == f"{REGISTRY}/app:v1"


def test_update_service_to_an_image_that_fails_its_health_check_rolls_back(
    apprunner: AppRunnerClient,
    clock: ManualClock,
    client: ClientFactory,
    control: Control,
    access_role: str,
    digest: str,
) -> None:
    """The image is there and starts; what runs goes on, with its own image, until that passes its check."""
    arn, _ = _settled(apprunner, clock, _image(f"{REGISTRY}/app@{digest}", access_role))
    bad = push_image(client("ecr"), repository="app", tag="bad", content=b"bad")
    control.set_image_health(bad, region="us-east-1", healthy=False)
    for healthy, outcome in ((False, "ROLLBACK_SUCCEEDED"), (True, "SUCCEEDED")):
        control.set_image_health(bad, region="us-east-1", healthy=healthy)
        apprunner.update_service(ServiceArn=arn, SourceConfiguration=_image(f"{REGISTRY}/app:bad", access_role))
        clock.advance(OPERATION_SECONDS)
        service = apprunner.describe_service(ServiceArn=arn)["Service"]
        operation = apprunner.list_operations(ServiceArn=arn)["OperationSummaryList"][0]
        assert (operation["Status"], service["Status"]) == (outcome, "RUNNING")
        runs = service["SourceConfiguration"]["ImageRepository"]["ImageIdentifier"]
        assert runs == f"{REGISTRY}/app" + (":bad" if healthy else f"@{digest}")


def test_start_deployment_of_an_image_that_has_gone(
    apprunner: AppRunnerClient, clock: ManualClock, client: ClientFactory, access_role: str, digest: str
) -> None:
    """The deployment fails and the service runs on."""
    arn, _ = _settled(apprunner, clock, _image(f"{REGISTRY}/app:v1", access_role))
    client("ecr").batch_delete_image(repositoryName="app", imageIds=[{"imageDigest": digest}])
    apprunner.start_deployment(ServiceArn=arn)
    clock.advance(OPERATION_SECONDS)
    operation = apprunner.list_operations(ServiceArn=arn)["OperationSummaryList"][0]
    status = apprunner.describe_service(ServiceArn=arn)["Service"]["Status"]
    assert (operation["Status"], status) == ("ROLLBACK_SUCCEEDED", "RUNNING")


def test_create_service_with_a_secret_of_another_region(
    apprunner: AppRunnerClient, clock: ManualClock, control: Control, instance_role: str
) -> None:
    """Secrets are regional: the instances do not start."""
    image = {
        "ImageIdentifier": "public.ecr.aws/nginx/nginx:stable",
        "ImageRepositoryType": "ECR_PUBLIC",
        "ImageConfiguration": {"RuntimeEnvironmentSecrets": {"TOKEN": PARAMETER_ARN.format(region="us-west-2")}},
    }
    source = {"AutoDeploymentsEnabled": False, "ImageRepository": image}
    _, status = _settled(apprunner, clock, source, InstanceConfiguration={"InstanceRoleArn": instance_role})
    assert (status, control.status()["services"][0]["failure"]) == (
        "CREATE_FAILED",
        "The secret TOKEN is in us-west-2: secrets must be in the service's Region, us-east-1.",
    )


@pytest.mark.usefixtures("digest")
def test_create_service_with_a_secret_of_its_region(
    apprunner: AppRunnerClient, clock: ManualClock, access_role: str, instance_role: str
) -> None:
    """With an instance role and a secret of the service's region it runs."""
    secrets = {"TOKEN": PARAMETER_ARN.format(region="us-east-1")}
    source = _image(f"{REGISTRY}/app:v1", access_role, RuntimeEnvironmentSecrets=secrets)
    _, status = _settled(apprunner, clock, source, InstanceConfiguration={"InstanceRoleArn": instance_role})
    assert status == "RUNNING"


def test_create_service_with_secrets_and_no_instance_role(apprunner: AppRunnerClient, access_role: str) -> None:
    """Nobody else could read the secrets."""
    secrets = {"TOKEN": PARAMETER_ARN.format(region="us-east-1")}
    source = _image(f"{REGISTRY}/app:v1", access_role, RuntimeEnvironmentSecrets=secrets)
    with refused("InvalidRequestException", "RuntimeEnvironmentSecrets need an InstanceRoleArn that may read them."):
        create_service(apprunner, SourceConfiguration=source)


def test_create_service_from_ecr_without_an_access_role(apprunner: AppRunnerClient) -> None:
    """A private image needs a role to pull it with."""
    with refused(
        "InvalidRequestException",
        "Invalid Access Role in AuthenticationConfiguration: an image in ECR needs an AccessRoleArn.",
    ):
        create_service(apprunner, SourceConfiguration=_image(f"{REGISTRY}/app:v1", None))


def test_create_service_with_an_access_role_that_does_not_exist(apprunner: AppRunnerClient) -> None:
    """App Runner cannot take a role that IAM does not have."""
    role = "arn:aws:iam::123456789012:role/nobody"
    with refused("InvalidRequestException", f"Error in assuming access role {role}"):
        create_service(apprunner, SourceConfiguration=_image(f"{REGISTRY}/app:v1", role))


def test_create_service_with_an_access_role_that_trusts_the_instances(
    apprunner: AppRunnerClient, instance_role: str
) -> None:
    """Pulling needs build.apprunner.amazonaws.com in the trust policy."""
    with refused("InvalidRequestException", f"Error in assuming access role {instance_role}"):
        create_service(apprunner, SourceConfiguration=_image(f"{REGISTRY}/app:v1", instance_role))


def test_create_service_with_an_instance_role_that_trusts_the_build(
    apprunner: AppRunnerClient, access_role: str
) -> None:
    """Running needs tasks.apprunner.amazonaws.com in the trust policy."""
    with refused("InvalidRequestException", f"Error in assuming instance role {access_role}"):
        create_service(apprunner, InstanceConfiguration={"InstanceRoleArn": access_role})


def test_create_service_with_a_role_that_denies(apprunner: AppRunnerClient, client: ClientFactory) -> None:
    """Only an Allow statement lets App Runner take the role."""
    deny = {"Effect": "Deny", "Principal": {"Service": ["tasks.apprunner.amazonaws.com"]}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": deny})
    role = client("iam").create_role(RoleName="denied", AssumeRolePolicyDocument=document)["Role"]["Arn"]
    with refused("InvalidRequestException", f"Error in assuming instance role {role}"):
        create_service(apprunner, InstanceConfiguration={"InstanceRoleArn": role})


def test_create_service_with_a_key_of_its_region(apprunner: AppRunnerClient, client: ClientFactory) -> None:
    """A customer key of the region is kept with the service."""
    key = client("kms").create_key()["KeyMetadata"]["Arn"]
    arn = create_service(apprunner, EncryptionConfiguration={"KmsKey": key})
    service = apprunner.describe_service(ServiceArn=arn)["Service"]
    assert service["EncryptionConfiguration"] == {"KmsKey": key}


def test_create_service_with_a_key_of_another_region(apprunner: AppRunnerClient, client: ClientFactory) -> None:
    """A key of another region is refused."""
    key = client("kms", region="us-west-2").create_key()["KeyMetadata"]["Arn"]
    with refused("InvalidRequestException", f"The KMS key {key} isn't in the service's Region, us-east-1."):
        create_service(apprunner, EncryptionConfiguration={"KmsKey": key})
