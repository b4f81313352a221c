from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sandbox.pytest_plugin import ClientFactory

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
