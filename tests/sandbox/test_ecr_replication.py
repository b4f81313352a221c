from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from latitude.sandbox import settings
from latitude.sandbox.ecr.push import push_image
from latitude.sandbox.ecr.rules import limit
from latitude.sandbox.testing import ManualClock, hold_to_model, refused

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

    from latitude.sandbox.pytest_plugin import ClientFactory

pytestmark = pytest.mark.sandbox

ACCOUNT = "123456789012"
DELAY_SECONDS = 3.0


def _rule(*regions: str, prefix: str | None = "shop/") -> dict[str, Any]:
    rule: dict[str, Any] = {"destinations": [{"region": region, "registryId": ACCOUNT} for region in regions]}
    if prefix is not None:
        rule["repositoryFilters"] = [{"filter": prefix, "filterType": "PREFIX_MATCH"}]
    return rule


def _replicate(ecr: ECRClient, *rules: dict[str, Any]) -> None:
    asked: Any = {"rules": list(rules)}
    ecr.put_replication_configuration(replicationConfiguration=asked)


@pytest.fixture
def east(client: ClientFactory) -> ECRClient:
    """Return us-east-1 with two repositories."""
    made: ECRClient = client("ecr")
    hold_to_model(made)
    for name in ("shop/api", "other/api"):
        made.create_repository(repositoryName=name)
    return made


@pytest.fixture
def west(client: ClientFactory) -> ECRClient:
    """Return us-west-2, without repositories."""
    made: ECRClient = client("ecr", region="us-west-2")
    hold_to_model(made)
    return made


def _digests(ecr: ECRClient, repository: str = "shop/api") -> dict[str, list[str]]:
    details = ecr.describe_images(repositoryName=repository)["imageDetails"]
    return {detail["imageDigest"]: detail.get("imageTags", []) for detail in details}


def _repositories(ecr: ECRClient) -> list[str]:
    return [repository["repositoryName"] for repository in ecr.describe_repositories()["repositories"]]


def test_image_pushed_after_the_rule_is_copied(east: ECRClient, west: ECRClient) -> None:
    """The copy has the same digest and tag, and its layers."""
    _replicate(east, _rule("us-west-2"))
    digest = push_image(east, repository="shop/api", tag="v1", content=b"one")
    assert _digests(west) == {digest: ["v1"]}
    answer = west.batch_get_image(repositoryName="shop/api", imageIds=[{"imageTag": "v1"}])
    assert answer["images"][0]["imageManifest"]


def test_image_pushed_before_the_rule_is_not_copied(east: ECRClient, west: ECRClient) -> None:
    """Replication does not look back."""
    push_image(east, repository="shop/api", tag="v0", content=b"zero")
    _replicate(east, _rule("us-west-2"))
    assert _repositories(west) == []
    digest = push_image(east, repository="shop/api", tag="v1", content=b"one")
    assert _digests(west) == {digest: ["v1"]}


def test_filter_is_a_prefix_of_the_repository_name(east: ECRClient, west: ECRClient) -> None:
    """What no filter takes stays; without filters everything goes."""
    _replicate(east, _rule("us-west-2"))
    push_image(east, repository="other/api", tag="v1", content=b"one")
    assert _repositories(west) == []
    _replicate(east, _rule("us-west-2", prefix=None))
    push_image(east, repository="other/api", tag="v2", content=b"two")
    assert _repositories(west) == ["other/api"]


def test_several_rules_hold_at_once(client: ClientFactory, east: ECRClient, west: ECRClient) -> None:
    """Each rule has its own filters and destinations; moto knows one rule."""
    _replicate(east, _rule("us-west-2"), _rule("eu-west-1", prefix="other/"))
    push_image(east, repository="shop/api", tag="v1", content=b"one")
    push_image(east, repository="other/api", tag="v1", content=b"one")
    assert _repositories(west) == ["shop/api"]
    assert _repositories(client("ecr", region="eu-west-1")) == ["other/api"]


def test_copies_are_not_copied_on(client: ClientFactory, east: ECRClient, west: ECRClient) -> None:
    """Replication is not chained."""
    _replicate(west, _rule("eu-west-1"))
    _replicate(east, _rule("us-west-2"))
    push_image(east, repository="shop/api", tag="v1", content=b"one")
    assert _repositories(west) == ["shop/api"]
    assert _repositories(client("ecr", region="eu-west-1")) == []


def test_deletions_are_not_copied(east: ECRClient, west: ECRClient) -> None:
    """The copy outlives its original."""
    _replicate(east, _rule("us-west-2"))
    digest = push_image(east, repository="shop/api", tag="v1", content=b"one")
    assert _digests(west) == {digest: ["v1"]}
    east.batch_delete_image(repositoryName="shop/api", imageIds=[{"imageDigest": digest}])
    east.delete_repository(repositoryName="shop/api", force=True)
    assert _digests(west) == {digest: ["v1"]}


def test_tag_moves_in_the_copy_as_well(east: ECRClient, west: ECRClient) -> None:
    """The image that had the tag stays in both regions."""
    _replicate(east, _rule("us-west-2"))
    old = push_image(east, repository="shop/api", tag="v1", content=b"old")
    new = push_image(east, repository="shop/api", tag="v1", content=b"new")
    assert _digests(west) == {old: [], new: ["v1"]}


def test_copy_arrives_after_the_delay(clock: ManualClock, east: ECRClient, west: ECRClient) -> None:
    """Until then the status is IN_PROGRESS and the destination has nothing."""
    settings.use(dataclasses.replace(settings.get(), replication_delay_seconds=DELAY_SECONDS))
    _replicate(east, _rule("us-west-2"))
    digest = push_image(east, repository="shop/api", tag="v1", content=b"one")

    def statuses() -> list[tuple[str, str]]:
        answer = east.describe_image_replication_status(repositoryName="shop/api", imageId={"imageDigest": digest})
        return [(status["region"], status["status"]) for status in answer["replicationStatuses"]]

    clock.advance(DELAY_SECONDS - 0.1)
    assert _repositories(west) == []
    assert statuses() == [("us-west-2", "IN_PROGRESS")]
    clock.advance(0.1)
    assert statuses() == [("us-west-2", "COMPLETE")]
    assert _digests(west) == {digest: ["v1"]}


def test_status_of_an_image_without_copies_is_empty(east: ECRClient) -> None:
    """An image from before the rule has none to report; one that is not there is an error."""
    push_image(east, repository="shop/api", tag="v0", content=b"zero")
    answer = east.describe_image_replication_status(repositoryName="shop/api", imageId={"imageTag": "v0"})
    assert answer["replicationStatuses"] == []
    message = (
        "The image with imageId {imageDigest:'null', imageTag:'v9'} does not exist within the repository with name "
        f"'shop/api' in the registry with id '{ACCOUNT}'"
    )
    with refused("ImageNotFoundException", message):
        east.describe_image_replication_status(repositoryName="shop/api", imageId={"imageTag": "v9"})


def test_copy_does_not_take_an_immutable_tag(east: ECRClient, west: ECRClient) -> None:
    """Where the destination froze the tag for another image the copy fails, and says so at the source."""
    west.create_repository(repositoryName="shop/api", imageTagMutability="IMMUTABLE")
    held = push_image(west, repository="shop/api", tag="v1", content=b"theirs")
    _replicate(east, _rule("us-west-2"))
    push_image(east, repository="shop/api", tag="v1", content=b"ours")
    assert _digests(west) == {held: ["v1"]}
    answer = east.describe_image_replication_status(repositoryName="shop/api", imageId={"imageTag": "v1"})
    assert answer["replicationStatuses"] == [
        {"region": "us-west-2", "registryId": ACCOUNT, "status": "FAILED", "failureCode": "ImageTagAlreadyExists"}
    ]


def test_existing_repository_keeps_its_settings(east: ECRClient, west: ECRClient) -> None:
    """Replication creates what is missing and changes nothing else."""
    west.create_repository(repositoryName="shop/api", imageTagMutability="IMMUTABLE")
    _replicate(east, _rule("us-west-2"))
    push_image(east, repository="shop/api", tag="v1", content=b"one")
    assert west.describe_repositories()["repositories"][0]["imageTagMutability"] == "IMMUTABLE"


def test_configuration_is_described_and_replaced(east: ECRClient) -> None:
    """There is one configuration a registry: the last one holds."""
    assert east.describe_registry()["replicationConfiguration"] == {"rules": []}
    _replicate(east, _rule("us-west-2"))
    _replicate(east, _rule("eu-west-1"))
    assert east.describe_registry()["replicationConfiguration"] == {"rules": [_rule("eu-west-1")]}
    _replicate(east)
    assert east.describe_registry()["replicationConfiguration"] == {"rules": []}


def test_registry_is_not_its_own_destination(east: ECRClient) -> None:
    """Not in any rule."""
    message = (
        "Invalid parameter at 'replicationConfiguration' failed to satisfy constraint: 'Replication destination cannot "
        "be the same as the source registry'"
    )
    with refused("InvalidParameterException", message):
        _replicate(east, _rule("us-west-2"), _rule("us-east-1"))


def test_destination_that_is_no_region_is_refused(east: ECRClient) -> None:
    """A misspelt region is found here, and not when nothing arrives."""
    message = (
        "Invalid parameter at 'replicationConfiguration' failed to satisfy constraint: 'Invalid destination region: "
        "us-wset-2'"
    )
    with refused("InvalidParameterException", message):
        _replicate(east, _rule("us-wset-2"))


def test_rules_up_to_the_limit_are_taken(east: ECRClient) -> None:
    """One more than botocore's model allows is refused."""
    most = limit("ReplicationRuleList")
    _replicate(east, *[_rule("us-west-2", prefix=f"r{number}") for number in range(most)])
    message = (
        "Invalid parameter at 'replicationConfiguration.rules' failed to satisfy constraint: 'Member must have length "
        f"less than or equal to {most}'"
    )
    with refused("InvalidParameterException", message):
        _replicate(east, *[_rule("us-west-2", prefix=f"r{number}") for number in range(most + 1)])


def test_filters_up_to_the_limit_are_taken(east: ECRClient) -> None:
    """One more than botocore's model allows is refused."""
    most = limit("RepositoryFilterList")
    rule = _rule("us-west-2")
    rule["repositoryFilters"] = [{"filter": f"r{number}", "filterType": "PREFIX_MATCH"} for number in range(most)]
    _replicate(east, rule)
    rule["repositoryFilters"].append({"filter": "more", "filterType": "PREFIX_MATCH"})
    message = (
        "Invalid parameter at 'replicationConfiguration.rules.repositoryFilters' failed to satisfy constraint: 'Member "
        f"must have length less than or equal to {most}'"
    )
    with refused("InvalidParameterException", message):
        _replicate(east, rule)


def test_destinations_are_counted_over_all_rules_and_once_each(east: ECRClient) -> None:
    """The limit is on different destinations: accounts and regions."""
    most = limit("ReplicationDestinationList")

    def rule(accounts: range) -> dict[str, Any]:
        return {"destinations": [{"region": "us-west-2", "registryId": f"{number:012}"} for number in accounts]}

    _replicate(east, rule(range(most)), rule(range(2)))
    message = (
        "Invalid parameter at 'replicationConfiguration.rules.destinations' failed to satisfy constraint: 'Member must "
        f"have length less than or equal to {most}'"
    )
    with refused("InvalidParameterException", message):
        _replicate(east, rule(range(most)), rule(range(most, most + 1)))


def test_other_account_needs_a_registry_policy(east: ECRClient) -> None:
    """Without the destination's permission the copy fails."""
    other: Any = {"rules": [{"destinations": [{"region": "us-west-2", "registryId": "210987654321"}]}]}
    east.put_replication_configuration(replicationConfiguration=other)
    push_image(east, repository="shop/api", tag="v1", content=b"one")
    answer = east.describe_image_replication_status(repositoryName="shop/api", imageId={"imageTag": "v1"})
    assert answer["replicationStatuses"] == [
        {"region": "us-west-2", "registryId": "210987654321", "status": "FAILED", "failureCode": "AccessDenied"}
    ]
