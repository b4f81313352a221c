from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from latitude.sandbox.ecr.push import push_image
from latitude.sandbox.testing import hold_to_model, refused

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

    from latitude.sandbox.pytest_plugin import ClientFactory

pytestmark = pytest.mark.sandbox

POLICY = json.dumps(
    {
        "rules": [
            {
                "rulePriority": 1,
                "selection": {"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 10},
                "action": {"type": "expire"},
            }
        ]
    }
)


@pytest.fixture
def west(client: ClientFactory) -> ECRClient:
    """Return us-west-2, to which us-east-1 copies everything."""
    made: ECRClient = client("ecr", region="us-west-2")
    hold_to_model(made)
    destination: Any = {"region": "us-west-2", "registryId": "123456789012"}
    client("ecr").put_replication_configuration(replicationConfiguration={"rules": [{"destinations": [destination]}]})
    return made


def _create(ecr: ECRClient, prefix: str, *, applied_for: str = "REPLICATION", **settings: Any) -> None:
    asked: Any = [applied_for]
    ecr.create_repository_creation_template(prefix=prefix, appliedFor=asked, **settings)


def _push(client: ClientFactory, repository: str) -> None:
    east = client("ecr")
    east.create_repository(repositoryName=repository)
    push_image(east, repository=repository, tag="v1", content=b"one")


def _mutability(ecr: ECRClient) -> dict[str, str]:
    found = ecr.describe_repositories()["repositories"]
    return {repository["repositoryName"]: repository["imageTagMutability"] for repository in found}


def test_repository_without_a_template_has_defaults(client: ClientFactory, west: ECRClient) -> None:
    """Tags may move, and ECR's own key encrypts."""
    _push(client, "shop/api")
    repository = west.describe_repositories()["repositories"][0]
    assert repository["imageTagMutability"] == "MUTABLE"
    assert repository["encryptionConfiguration"] == {"encryptionType": "AES256"}


def test_repository_is_made_as_its_template_says(client: ClientFactory, west: ECRClient) -> None:
    """Mutability, policies and tags are the template's."""
    _create(
        west,
        "shop",
        imageTagMutability="IMMUTABLE",
        lifecyclePolicy=POLICY,
        repositoryPolicy='{"Version":"2012-10-17"}',
        resourceTags=[{"Key": "App", "Value": "shop"}],
        customRoleArn="arn:aws:iam::123456789012:role/templates",
    )
    _push(client, "shop/api")
    repository = west.describe_repositories()["repositories"][0]
    assert repository["imageTagMutability"] == "IMMUTABLE"
    assert west.get_lifecycle_policy(repositoryName="shop/api")["lifecyclePolicyText"] == POLICY
    assert west.get_repository_policy(repositoryName="shop/api")["policyText"] == '{"Version":"2012-10-17"}'
    tags = west.list_tags_for_resource(resourceArn=repository["repositoryArn"])["tags"]
    assert tags == [{"Key": "App", "Value": "shop"}]


def test_longest_prefix_takes_the_repository(client: ClientFactory, west: ECRClient) -> None:
    """A prefix ends at a slash; ROOT takes what no other does."""
    _create(west, "ROOT", imageTagMutability="IMMUTABLE")
    _create(west, "shop", imageTagMutability="MUTABLE")
    _create(west, "shop/api", imageTagMutability="IMMUTABLE")
    for repository in ("shop/web", "shop/api/v1", "shopping/api"):
        _push(client, repository)
    assert _mutability(west) == {"shop/web": "MUTABLE", "shop/api/v1": "IMMUTABLE", "shopping/api": "IMMUTABLE"}


def test_template_for_something_else_is_not_applied(client: ClientFactory, west: ECRClient) -> None:
    """One for pull through caches says nothing of copies."""
    _create(west, "shop", applied_for="PULL_THROUGH_CACHE", imageTagMutability="IMMUTABLE")
    _push(client, "shop/api")
    assert _mutability(west) == {"shop/api": "MUTABLE"}


def test_template_is_described_updated_and_deleted(west: ECRClient) -> None:
    """What an update leaves out stays."""
    _create(west, "shop", description="first", imageTagMutability="IMMUTABLE")
    west.update_repository_creation_template(prefix="shop", description="second")
    found = west.describe_repository_creation_templates(prefixes=["shop"])["repositoryCreationTemplates"]
    assert [(entry["description"], entry["imageTagMutability"]) for entry in found] == [("second", "IMMUTABLE")]
    west.delete_repository_creation_template(prefix="shop")
    assert west.describe_repository_creation_templates()["repositoryCreationTemplates"] == []


def test_template_that_does_not_exist_is_refused(west: ECRClient) -> None:
    """Every operation that names it says so."""
    message = (
        "The repository creation template with prefix 'shop' does not exist in the registry with id '123456789012'"
    )
    for call in (west.update_repository_creation_template, west.delete_repository_creation_template):
        with refused("TemplateNotFoundException", message):
            call(prefix="shop")
    with refused("TemplateNotFoundException", message):
        west.describe_repository_creation_templates(prefixes=["shop"])


def test_template_that_exists_is_not_created_again(west: ECRClient) -> None:
    """One a prefix."""
    _create(west, "shop")
    message = (
        "The repository creation template with prefix 'shop' already exists in the registry with id '123456789012'"
    )
    with refused("TemplateAlreadyExistsException", message):
        _create(west, "shop")


@pytest.mark.parametrize(
    "settings",
    [
        {"resourceTags": [{"Key": "App", "Value": "shop"}]},
        {"encryptionConfiguration": {"encryptionType": "KMS"}},
    ],
)
def test_tags_and_kms_need_a_role(west: ECRClient, settings: dict[str, Any]) -> None:
    """ECR takes a role of the customer's to tag and to use a key."""
    message = (
        "Invalid parameter at 'customRoleArn' failed to satisfy constraint: 'a custom role is required for resource "
        "tags and for encryption with KMS'"
    )
    with refused("InvalidParameterException", message):
        _create(west, "shop", **settings)
