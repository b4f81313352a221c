"""What an application finds in AWS, made in the embedded one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from latitude import LocalState
from latitude.commands.embedded import embedded_aws
from latitude.trial.inventory import inventory
from latitude.trial.prerequisites import make_prerequisites
from latitude.trial.revisions import revised
from tests.support.applications import everything, example, from_source, in_cloud, own_state, three_regions

if TYPE_CHECKING:
    from latitude import Application
    from latitude.sandbox.server import Sandbox
    from latitude.trial.aws import EmbeddedAws


@pytest.fixture
def aws(sandbox: Sandbox) -> EmbeddedAws:
    """Return an embedded AWS in which nothing is."""
    return embedded_aws(sandbox)


def _made(application: Application, aws: EmbeddedAws) -> frozenset[str]:
    before = inventory(aws.clients, application.regions)
    make_prerequisites(application, aws)
    return inventory(aws.clients, application.regions) - before


def test_prerequisites_of_the_example(aws: EmbeddedAws) -> None:
    """Its buckets, its zone, its parameter and its subnets are there; what its own stacks make is not."""
    made = _made(example(), aws)
    buckets = {bucket["Name"] for bucket in aws.clients("s3", "us-east-1").list_buckets()["Buckets"]}
    assert buckets == {"orders-terraform-state-us-east-1", "orders-terraform-state-us-west-2"}
    for region, last in (("us-east-1", 1), ("us-west-2", 3)):
        versioning = aws.clients("s3", region).get_bucket_versioning(Bucket=f"orders-terraform-state-{region}")
        assert versioning["Status"] == "Enabled"
        parameter = aws.clients("ssm", region).get_parameter(Name="/orders/payment-key")["Parameter"]
        assert parameter["Type"] == "SecureString"
        subnets = [f"subnet-0a1b2c3d4e5f6000{last}", f"subnet-0a1b2c3d4e5f6000{last + 1}"]
        assert len(aws.clients("ec2", region).describe_subnets(SubnetIds=subnets)["Subnets"]) == 2
    assert {name.partition(" /hostedzone/")[0] for name in made} == {
        "us-east-1 route53",
        "route53 NS example.com.",
        "route53 SOA example.com.",
    }


def test_prerequisites_by_arn_id_and_name(aws: EmbeddedAws) -> None:
    """Keys, secrets, web ACLs, networks and a zone are what the description states; repositories have their images."""
    application = everything()
    make_prerequisites(application, aws)
    front, foreign, _, _, built = application.services
    assert aws.clients("route53", "us-east-1").get_hosted_zone(Id="Z0123456789ABCDEFGHIJ")["HostedZone"]
    for region in application.regions:
        assert front.encryption is not None
        assert front.encryption.arns is not None
        key = front.encryption.arns[region]
        assert aws.clients("kms", region).describe_key(KeyId=key)["KeyMetadata"]["Arn"] == key
        arn = f"arn:aws:secretsmanager:{region}:123456789012:secret:token-AbCdEf"
        manager = aws.clients("secretsmanager", region)
        assert manager.describe_secret(SecretId="token")["ARN"] == arn
        assert manager.describe_secret(SecretId="all/token")["Name"] == "all/token"
        assert aws.clients("ssm", region).get_parameter(Name="/all/p")["Parameter"]
        listed = aws.clients("wafv2", region).list_web_acls(Scope="REGIONAL")["WebACLs"]
        assert front.web_acl_arns is not None
        assert [each["ARN"] for each in listed] == [front.web_acl_arns[region]]
        ec2 = aws.clients("ec2", region)
        assert foreign.private_ingress is not None
        assert built.private_ingress is not None
        ingress, other = foreign.private_ingress[region], built.private_ingress[region]
        (endpoint,) = ec2.describe_vpc_endpoints(VpcEndpointIds=[ingress.vpc_endpoint_id])["VpcEndpoints"]
        (group,) = ec2.describe_security_groups(GroupIds=list(other.security_group_ids or ()))["SecurityGroups"]
        (subnet,) = ec2.describe_subnets(SubnetIds=list(other.subnet_ids or ()))["Subnets"]
        assert {each["VpcId"] for each in (endpoint, group, subnet)} == {ingress.vpc_id} == {other.vpc_id}
        ecr = aws.clients("ecr", region)
        images = {
            name: [image.get("imageTag") for image in ecr.list_images(repositoryName=name)["imageIds"]]
            for name in (each["repositoryName"] for each in ecr.describe_repositories()["repositories"])
        }
        # The image of the first is stated by its digest: whoever has it pushes it.
        assert images == {"platform/base": [], "platform/sibling": ["stable"]}


def test_prerequisites_of_services_from_source(aws: EmbeddedAws) -> None:
    """A connection that is given can be used; one that the application makes is not there before it."""
    application = from_source()
    make_prerequisites(application, aws)
    for region in application.regions:
        (connection,) = aws.clients("apprunner", region).list_connections()["ConnectionSummaryList"]
        source = application.services[1].source
        assert source is not None
        assert source.connection.arns is not None
        assert (connection["ConnectionArn"], connection["Status"]) == (source.connection.arns[region], "AVAILABLE")


def test_prerequisites_of_a_pipeline(aws: EmbeddedAws) -> None:
    """The policies of the account and its OIDC provider are there; AWS's own policies were."""
    make_prerequisites(own_state(), aws)
    make_prerequisites(in_cloud(), aws)
    iam = aws.clients("iam", "us-east-1")
    assert {policy["Arn"] for policy in iam.list_policies(Scope="Local")["Policies"]} == {
        "arn:aws:iam::123456789012:policy/own-apply",
        "arn:aws:iam::123456789012:policy/site/apply",
    }
    assert {provider["Arn"] for provider in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]} == {
        "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
        "arn:aws:iam::123456789012:oidc-provider/tfe.acme.example",
    }


def test_prerequisites_leave_to_the_application_what_it_makes(aws: EmbeddedAws) -> None:
    """Buckets that ``latitude bootstrap`` makes, and zones, keys and repositories of stacks, would be in the way."""
    assert _made(revised(three_regions(), state=own_state().state), aws) == {
        # The catalog's keys are given.
        *(key for keys in [three_regions().tables[1].encryption] if keys and keys.arns for key in keys.arns.values())
    }
    assert aws.clients("s3", "us-east-1").list_buckets()["Buckets"] == []


def test_prerequisites_made_again_leave_what_exists(aws: EmbeddedAws) -> None:
    """The values of secrets, and the image behind a tag, stay as their owner has set them since."""
    application = everything()
    make_prerequisites(application, aws)
    ssm, manager, ecr = (aws.clients(service, "eu-west-1") for service in ("ssm", "secretsmanager", "ecr"))
    ssm.put_parameter(Name="/all/p", Value="mine", Type="SecureString", Overwrite=True)
    manager.put_secret_value(SecretId="all/token", SecretString="mine")
    digest = aws.push_image(ecr, repository="platform/sibling", tag="stable", content=b"mine")
    before = inventory(aws.clients, application.regions)

    make_prerequisites(application, aws)
    assert inventory(aws.clients, application.regions) == before
    assert ssm.get_parameter(Name="/all/p", WithDecryption=True)["Parameter"]["Value"] == "mine"
    assert manager.get_secret_value(SecretId="all/token")["SecretString"] == "mine"
    image = ecr.batch_get_image(repositoryName="platform/sibling", imageIds=[{"imageTag": "stable"}])["images"][0]
    assert image["imageId"]["imageDigest"] == digest


def test_prerequisites_of_an_application_without_any(aws: EmbeddedAws) -> None:
    """Nothing is made for who needs nothing, and a repository of another account is left to that account."""
    application = everything()
    foreign = application.services[1]
    elsewhere = revised(foreign, private_ingress=None, image=revised(foreign.image, registry_id="210987654321"))  # type: ignore[type-var]
    stated = revised(application, services=(elsewhere,), tables=(), state=LocalState())
    assert _made(stated, aws) == frozenset()
