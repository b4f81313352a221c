from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from latitude.sandbox.pytest_plugin import ClientFactory

pytestmark = pytest.mark.sandbox


def test_replicated_key_stays_the_primary(client: ClientFactory) -> None:
    """Primary and replica each say what they are, in whatever order they are asked, and name each other."""
    east, west = client("kms"), client("kms", region="us-west-2")
    key = east.create_key(MultiRegion=True)["KeyMetadata"]
    replica = east.replicate_key(KeyId=key["KeyId"], ReplicaRegion="us-west-2")["ReplicaKeyMetadata"]
    shown = [each.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["MultiRegionConfiguration"] for each in (west, east)]
    assert [one["MultiRegionKeyType"] for one in shown] == ["REPLICA", "PRIMARY"]
    assert {one["PrimaryKey"]["Arn"] for one in shown} == {key["Arn"]}
    assert [one["ReplicaKeys"][0]["Arn"] for one in shown] == [replica["Arn"]] * 2


def test_replicated_key_has_a_description_and_tags_of_its_own(client: ClientFactory) -> None:
    """A replica shares the key material, and nothing that is said about it."""
    east, west = client("kms"), client("kms", region="us-west-2")
    key = east.create_key(MultiRegion=True, Description="primary", Tags=[{"TagKey": "a", "TagValue": "1"}])
    key_id = key["KeyMetadata"]["KeyId"]
    east.replicate_key(
        KeyId=key_id, ReplicaRegion="us-west-2", Description="replica", Tags=[{"TagKey": "b", "TagValue": "2"}]
    )
    found = [
        (each.describe_key(KeyId=key_id)["KeyMetadata"]["Description"], each.list_resource_tags(KeyId=key_id)["Tags"])
        for each in (east, west)
    ]
    assert found == [
        ("primary", [{"TagKey": "a", "TagValue": "1"}]),
        ("replica", [{"TagKey": "b", "TagValue": "2"}]),
    ]
