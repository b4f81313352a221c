from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from latitude.sandbox.control import Control, ControlError

if TYPE_CHECKING:
    from latitude.sandbox.pytest_plugin import ClientFactory

_IDS = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]


def test_subnets_have_the_ids_asked_for_in_one_vpc_and_two_zones(control: Control, client: ClientFactory) -> None:
    """Subnets come with the given ids, in the region's one VPC and in different Availability Zones of the region."""
    control.make_subnets("us-west-2", _IDS)
    found = client("ec2", region="us-west-2").describe_subnets(SubnetIds=_IDS)["Subnets"]
    assert sorted(subnet["SubnetId"] for subnet in found) == _IDS
    assert len({subnet["VpcId"] for subnet in found}) == 1
    assert sorted(subnet["AvailabilityZone"] for subnet in found) == ["us-west-2a", "us-west-2b"]


def test_subnets_asked_for_twice_exist_once(control: Control, client: ClientFactory) -> None:
    """A second request for the same id leaves the subnet as it is."""
    ec2 = client("ec2", region="eu-west-1")
    before = len(ec2.describe_subnets()["Subnets"])
    control.make_subnets("eu-west-1", _IDS)
    control.make_subnets("eu-west-1", _IDS)
    assert len(ec2.describe_subnets()["Subnets"]) == before + len(_IDS)


def test_subnets_serve_a_vpc_connector(control: Control, client: ClientFactory) -> None:
    """App Runner takes the subnets for a connector."""
    control.make_subnets("us-east-1", _IDS)
    made = client("apprunner").create_vpc_connector(VpcConnectorName="orders-web", Subnets=_IDS)
    assert made["VpcConnector"]["Subnets"] == _IDS


def test_subnets_in_an_unknown_region_are_refused(control: Control) -> None:
    """A region that EC2 does not have is refused, and named."""
    with pytest.raises(ControlError) as caught:
        control.make_subnets("moon-1", _IDS)
    assert str(caught.value) == "region: must be a region that EC2 has, got 'moon-1'"
