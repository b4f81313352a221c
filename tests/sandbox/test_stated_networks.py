"""Networks with the ids that a description states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from latitude.sandbox.control import Control, ControlError

if TYPE_CHECKING:
    from latitude.sandbox.pytest_plugin import ClientFactory

_SUBNETS = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
_VPC = "vpc-0a1b2c3d4e5f60001"
_GROUP = "sg-0a1b2c3d4e5f60001"
_ENDPOINT = "vpce-0a1b2c3d4e5f60001"
_ALL = [*_SUBNETS, _GROUP, _ENDPOINT]


def test_subnets_have_the_ids_asked_for_in_one_vpc_and_two_zones(control: Control, client: ClientFactory) -> None:
    """Subnets come with the given ids, in the region's one VPC and in different Availability Zones of the region."""
    control.make_network("us-west-2", _SUBNETS)
    found = client("ec2", region="us-west-2").describe_subnets(SubnetIds=_SUBNETS)["Subnets"]
    assert sorted(subnet["SubnetId"] for subnet in found) == _SUBNETS
    assert len({subnet["VpcId"] for subnet in found}) == 1
    assert sorted(subnet["AvailabilityZone"] for subnet in found) == ["us-west-2a", "us-west-2b"]


def test_network_asked_for_twice_exists_once(control: Control, client: ClientFactory) -> None:
    """A second request for the same ids leaves everything as it is."""
    ec2 = client("ec2", region="eu-west-1")
    before = len(ec2.describe_subnets()["Subnets"])
    for _ in range(2):
        control.make_network("eu-west-1", _ALL, vpc_id=_VPC)
        assert len(ec2.describe_subnets()["Subnets"]) == before + len(_SUBNETS)
        assert len(ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [_VPC]}])["SecurityGroups"]) == 2
        assert len(ec2.describe_vpc_endpoints(VpcEndpointIds=[_ENDPOINT])["VpcEndpoints"]) == 1


def test_network_in_a_vpc_by_its_id(control: Control, client: ClientFactory) -> None:
    """The VPC, its subnets, groups and endpoint have the ids asked for; the endpoint is for App Runner's requests."""
    control.make_network("us-west-2", _ALL, vpc_id=_VPC)
    ec2 = client("ec2", region="us-west-2")
    assert ec2.describe_vpcs(VpcIds=[_VPC])["Vpcs"][0]["IsDefault"] is False
    assert {each["VpcId"] for each in ec2.describe_subnets(SubnetIds=_SUBNETS)["Subnets"]} == {_VPC}
    (group,) = ec2.describe_security_groups(GroupIds=[_GROUP])["SecurityGroups"]
    (endpoint,) = ec2.describe_vpc_endpoints(VpcEndpointIds=[_ENDPOINT])["VpcEndpoints"]
    assert (group["VpcId"], endpoint["VpcId"]) == (_VPC, _VPC)
    assert endpoint["ServiceName"] == "com.amazonaws.us-west-2.apprunner.requests"


def test_network_without_a_vpc_joins_what_it_has_in_common(control: Control, client: ClientFactory) -> None:
    """Subnets asked for together with one that exists are made in the VPC of that one, and not in the default VPC."""
    control.make_network("us-west-2", _SUBNETS[:1], vpc_id=_VPC)
    control.make_network("us-west-2", [*_SUBNETS, _GROUP])
    ec2 = client("ec2", region="us-west-2")
    assert {each["VpcId"] for each in ec2.describe_subnets(SubnetIds=_SUBNETS)["Subnets"]} == {_VPC}
    assert ec2.describe_security_groups(GroupIds=[_GROUP])["SecurityGroups"][0]["VpcId"] == _VPC


def test_subnets_serve_a_vpc_connector(control: Control, client: ClientFactory) -> None:
    """App Runner takes the subnets and the group for a connector."""
    control.make_network("us-east-1", [*_SUBNETS, _GROUP])
    made = client("apprunner").create_vpc_connector(
        VpcConnectorName="orders-web", Subnets=_SUBNETS, SecurityGroups=[_GROUP]
    )
    assert made["VpcConnector"]["Subnets"] == _SUBNETS


@pytest.mark.parametrize(
    ("region", "ids", "message"),
    [
        ("moon-1", _SUBNETS, "region: must be a region that EC2 has, got 'moon-1'"),
        ("us-east-1", ["rtb-1", *_SUBNETS], "ids: must begin with subnet-, sg-, vpce-, got 'rtb-1'"),
    ],
)
def test_network_that_cannot_be_is_refused(control: Control, region: str, ids: list[str], message: str) -> None:
    """A region that EC2 does not have, and an id of another kind, are refused and named."""
    with pytest.raises(ControlError) as caught:
        control.make_network(region, ids)
    assert str(caught.value) == message


@pytest.mark.parametrize("region", ["us-east-1", "eu-west-1"])
def test_endpoint_services_have_app_runner_s(client: ClientFactory, region: str) -> None:
    """Its requests' and its API's are listed, with the region's zones; what does not exist is refused."""
    ec2 = client("ec2", region=region)
    wanted = f"com.amazonaws.{region}.apprunner.requests"
    listed = ec2.describe_vpc_endpoint_services()["ServiceNames"]
    assert {wanted, f"com.amazonaws.{region}.apprunner", f"com.amazonaws.{region}.dynamodb"} <= set(listed)
    (found,) = ec2.describe_vpc_endpoint_services(ServiceNames=[wanted])["ServiceDetails"]
    assert found["ServiceType"] == [{"ServiceType": "Interface"}]
    assert all(zone.startswith(region) for zone in found["AvailabilityZones"])
