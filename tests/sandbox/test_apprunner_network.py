from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from latitude.sandbox.testing import ManualClock, create_service, refused

if TYPE_CHECKING:
    from mypy_boto3_apprunner import AppRunnerClient

    from latitude.sandbox.pytest_plugin import ClientFactory

pytestmark = pytest.mark.sandbox

OPERATION_SECONDS = 0.5


@dataclass(frozen=True)
class Network:
    """A VPC with two subnets, a security group, and an endpoint for App Runner's requests."""

    vpc: str
    subnets: list[str]
    group: str
    endpoint: str

    @property
    def ingress(self) -> Any:
        """Return an IngressVpcConfiguration."""
        return {"VpcId": self.vpc, "VpcEndpointId": self.endpoint}


@pytest.fixture
def network(client: ClientFactory) -> Network:
    """Return a network of its own."""
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24")["Subnet"]["SubnetId"] for number in range(2)
    ]
    endpoint = ec2.create_vpc_endpoint(
        VpcId=vpc, ServiceName="com.amazonaws.us-east-1.apprunner.requests", VpcEndpointType="Interface"
    )["VpcEndpoint"]["VpcEndpointId"]
    group = ec2.create_security_group(GroupName="app", Description="app", VpcId=vpc)["GroupId"]
    return Network(vpc=vpc, subnets=subnets, group=group, endpoint=endpoint)


@pytest.fixture
def private_service(apprunner: AppRunnerClient, clock: ManualClock) -> str:
    """Return the ARN of a running service that is not public."""
    arn = create_service(apprunner, NetworkConfiguration={"IngressConfiguration": {"IsPubliclyAccessible": False}})
    clock.advance(OPERATION_SECONDS)
    return arn


def _connector(apprunner: AppRunnerClient, network: Network, name: str = "database") -> str:
    made = apprunner.create_vpc_connector(
        VpcConnectorName=name, Subnets=network.subnets, SecurityGroups=[network.group]
    )
    return made["VpcConnector"]["VpcConnectorArn"]


def _ingress(apprunner: AppRunnerClient, service: str, network: Network) -> str:
    made = apprunner.create_vpc_ingress_connection(
        ServiceArn=service, VpcIngressConnectionName="inside", IngressVpcConfiguration=network.ingress
    )
    return made["VpcIngressConnection"]["VpcIngressConnectionArn"]


def test_create_vpc_connector(apprunner: AppRunnerClient, network: Network) -> None:
    """A connector is ACTIVE at once, and is revision 1."""
    arn = _connector(apprunner, network)
    shown = apprunner.describe_vpc_connector(VpcConnectorArn=arn)["VpcConnector"]
    assert (shown["Status"], shown["VpcConnectorRevision"], shown["Subnets"], shown["SecurityGroups"]) == (
        "ACTIVE",
        1,
        network.subnets,
        [network.group],
    )


def test_create_vpc_connector_without_security_groups(apprunner: AppRunnerClient, network: Network) -> None:
    """It then has the default security group of the VPC."""
    made = apprunner.create_vpc_connector(VpcConnectorName="database", Subnets=network.subnets)["VpcConnector"]
    assert len(made["SecurityGroups"]) == 1
    assert made["SecurityGroups"] != [network.group]


def test_create_vpc_connector_with_another_s_subnets_and_groups(apprunner: AppRunnerClient, network: Network) -> None:
    """Two connectors cannot have the same subnets and security groups, in whatever order."""
    arn = _connector(apprunner, network)
    with refused(
        "InvalidRequestException",
        f"A VPC connector with the same subnets and security groups already exists. ARN: {arn}",
    ):
        apprunner.create_vpc_connector(
            VpcConnectorName="another", Subnets=network.subnets[::-1], SecurityGroups=[network.group]
        )


def test_create_vpc_connector_with_a_taken_name(apprunner: AppRunnerClient, network: Network) -> None:
    """App Runner supports one revision a name."""
    _connector(apprunner, network)
    with refused("InvalidRequestException", "A VPC connector with the provided name already exists: database."):
        apprunner.create_vpc_connector(VpcConnectorName="database", Subnets=network.subnets[:1])


def test_create_vpc_connector_in_a_subnet_that_does_not_exist(apprunner: AppRunnerClient) -> None:
    """Subnets are looked up in EC2."""
    with refused("InvalidRequestException", "The subnet ID 'subnet-1' does not exist"):
        apprunner.create_vpc_connector(VpcConnectorName="database", Subnets=["subnet-1"])


def test_create_vpc_connector_with_a_group_that_does_not_exist(apprunner: AppRunnerClient, network: Network) -> None:
    """Security groups are looked up in EC2."""
    with refused("InvalidRequestException", "The security group 'sg-1' does not exist"):
        apprunner.create_vpc_connector(VpcConnectorName="database", Subnets=network.subnets, SecurityGroups=["sg-1"])


def test_delete_vpc_connector(apprunner: AppRunnerClient, network: Network) -> None:
    """A deleted connector is INACTIVE and not listed; its subnets and groups are free again."""
    arn = _connector(apprunner, network)
    apprunner.delete_vpc_connector(VpcConnectorArn=arn)
    assert apprunner.describe_vpc_connector(VpcConnectorArn=arn)["VpcConnector"]["Status"] == "INACTIVE"
    assert apprunner.list_vpc_connectors()["VpcConnectors"] == []
    _connector(apprunner, network)


def test_delete_vpc_connector_in_use(apprunner: AppRunnerClient, network: Network) -> None:
    """A service holds on to its connector."""
    arn = _connector(apprunner, network)
    egress = {"EgressType": "VPC", "VpcConnectorArn": arn}
    create_service(apprunner, NetworkConfiguration={"EgressConfiguration": egress})
    with refused("InvalidRequestException", f"Provided VPC connector arn is being used by other services. ARN: {arn}"):
        apprunner.delete_vpc_connector(VpcConnectorArn=arn)


def test_create_service_with_a_vpc_and_no_connector(apprunner: AppRunnerClient) -> None:
    """Traffic into a VPC needs a connector."""
    with refused("InvalidRequestException", "VpcConnectorArn must be given when EgressType is VPC, and only then."):
        create_service(apprunner, NetworkConfiguration={"EgressConfiguration": {"EgressType": "VPC"}})


def test_vpc_ingress_connection_is_pending_then_available(
    apprunner: AppRunnerClient, clock: ManualClock, network: Network, private_service: str
) -> None:
    """Creating one takes a while; it has a domain name from the beginning."""
    arn = _ingress(apprunner, private_service, network)
    shown = apprunner.describe_vpc_ingress_connection(VpcIngressConnectionArn=arn)["VpcIngressConnection"]
    clock.advance(OPERATION_SECONDS)
    later = apprunner.describe_vpc_ingress_connection(VpcIngressConnectionArn=arn)["VpcIngressConnection"]
    assert (shown["Status"], later["Status"]) == ("PENDING_CREATION", "AVAILABLE")
    assert shown["DomainName"].endswith(".us-east-1.awsapprunner.com")


def test_create_vpc_ingress_connection_to_a_public_service(
    apprunner: AppRunnerClient, clock: ManualClock, network: Network
) -> None:
    """Only a private service takes one."""
    service = create_service(apprunner)
    clock.advance(OPERATION_SECONDS)
    with refused(
        "InvalidRequestException", f"The service is publicly accessible. Make it private first. ARN: {service}"
    ):
        _ingress(apprunner, service, network)


def test_create_vpc_ingress_connection_to_a_busy_service(apprunner: AppRunnerClient, network: Network) -> None:
    """A service in the middle of an operation takes none."""
    private = {"IngressConfiguration": {"IsPubliclyAccessible": False}}
    service = create_service(apprunner, NetworkConfiguration=private)
    with refused(
        "InvalidStateException",
        "Service cannot be given a VPC ingress connection in the current state: OPERATION_IN_PROGRESS.",
    ):
        _ingress(apprunner, service, network)


def test_create_vpc_ingress_connection_with_another_endpoint(
    apprunner: AppRunnerClient, client: ClientFactory, network: Network, private_service: str
) -> None:
    """The VPC endpoint must be one for App Runner's requests."""
    endpoint = client("ec2").create_vpc_endpoint(
        VpcId=network.vpc, ServiceName="com.amazonaws.us-east-1.s3", VpcEndpointType="Gateway"
    )["VpcEndpoint"]["VpcEndpointId"]
    with refused(
        "InvalidRequestException",
        f"The VPC endpoint {endpoint} must be in the VPC {network.vpc} and for the service "
        f"com.amazonaws.us-east-1.apprunner.requests; it is in {network.vpc} and for com.amazonaws.us-east-1.s3.",
    ):
        apprunner.create_vpc_ingress_connection(
            ServiceArn=private_service,
            VpcIngressConnectionName="inside",
            IngressVpcConfiguration={"VpcId": network.vpc, "VpcEndpointId": endpoint},
        )


def test_update_vpc_ingress_connection(
    apprunner: AppRunnerClient, clock: ManualClock, network: Network, private_service: str
) -> None:
    """It can be changed when it is available, and not before."""
    arn = _ingress(apprunner, private_service, network)
    change: Any = {"VpcIngressConnectionArn": arn, "IngressVpcConfiguration": network.ingress}
    with refused(
        "InvalidStateException", "VPC ingress connection cannot be updated in the current state: PENDING_CREATION."
    ):
        apprunner.update_vpc_ingress_connection(**change)
    clock.advance(OPERATION_SECONDS)
    assert apprunner.update_vpc_ingress_connection(**change)["VpcIngressConnection"]["Status"] == "PENDING_UPDATE"


def test_delete_vpc_ingress_connection_frees_the_service(
    apprunner: AppRunnerClient, clock: ManualClock, network: Network, private_service: str
) -> None:
    """The service cannot be deleted before its ingress connections are."""
    arn = _ingress(apprunner, private_service, network)
    clock.advance(OPERATION_SECONDS)
    listed = apprunner.list_vpc_ingress_connections(Filter={"ServiceArn": private_service})
    assert [item["VpcIngressConnectionArn"] for item in listed["VpcIngressConnectionSummaryList"]] == [arn]
    with refused(
        "InvalidRequestException",
        f"The service has VPC ingress connections. Delete them first. ARN: {private_service}",
    ):
        apprunner.delete_service(ServiceArn=private_service)
    apprunner.delete_vpc_ingress_connection(VpcIngressConnectionArn=arn)
    clock.advance(OPERATION_SECONDS)
    shown = apprunner.describe_vpc_ingress_connection(VpcIngressConnectionArn=arn)["VpcIngressConnection"]
    assert shown["Status"] == "DELETED"
    apprunner.delete_service(ServiceArn=private_service)
