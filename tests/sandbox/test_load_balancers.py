"""Load balancers are in the hosted zones of their regions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from latitude.sandbox.pytest_plugin import ClientFactory

pytestmark = pytest.mark.sandbox

_LISTENER = {"Protocol": "HTTP", "LoadBalancerPort": 80, "InstancePort": 80}


@pytest.mark.parametrize(
    ("region", "kind", "zone_id"),
    [
        ("us-east-1", "application", "Z35SXDOTRQ7X7K"),
        ("eu-west-1", "application", "Z32O12XQLNTSW2"),
        ("eu-west-1", "network", "Z2IFOLAFXWLO4F"),
    ],
)
def test_load_balancer_s_zone_is_its_region_s(client: ClientFactory, region: str, kind: str, zone_id: str) -> None:
    """Application and network load balancers have zones of their own."""
    subnets = [subnet["SubnetId"] for subnet in client("ec2", region=region).describe_subnets()["Subnets"][:2]]
    made = client("elbv2", region=region).create_load_balancer(Name="web", Subnets=subnets, Type=kind)
    assert made["LoadBalancers"][0]["CanonicalHostedZoneId"] == zone_id


def _classic(client: ClientFactory, region: str) -> dict[str, Any]:
    elb = client("elb", region=region)
    elb.create_load_balancer(LoadBalancerName="old", Listeners=[_LISTENER], AvailabilityZones=[f"{region}a"])
    described: dict[str, Any] = elb.describe_load_balancers()["LoadBalancerDescriptions"][0]
    return described


def test_classic_load_balancer_s_zone_and_name_are_its_region_s(client: ClientFactory) -> None:
    """Classic ones share the zone of application load balancers."""
    described = _classic(client, "eu-west-1")
    assert described["CanonicalHostedZoneNameID"] == "Z32O12XQLNTSW2"
    assert described["DNSName"] == "old.eu-west-1.elb.amazonaws.com"


def test_alias_to_a_load_balancer_names_the_zone_of_its_region(client: ClientFactory) -> None:
    """Another region's zone is refused, as for App Runner."""
    name = _classic(client, "eu-west-1")["DNSName"]
    route53 = client("route53")
    zone = route53.create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]["Id"]

    def alias(zone_id: str) -> None:
        target = {"HostedZoneId": zone_id, "DNSName": name, "EvaluateTargetHealth": False}
        record = {"Name": "a.example.com", "Type": "A", "AliasTarget": target}
        route53.change_resource_record_sets(
            HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}
        )

    with pytest.raises(ClientError, match="the alias target name does not lie within the target zone"):
        alias("Z35SXDOTRQ7X7K")
    alias("Z32O12XQLNTSW2")
