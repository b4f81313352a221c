from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from latitude.commands.embedded import embedded_aws
from latitude.sandbox.server import Sandbox
from latitude.sandbox.testing import ManualClock, create_service, hold_to_model, refused

if TYPE_CHECKING:
    from mypy_boto3_apprunner import AppRunnerClient
    from mypy_boto3_apprunner.type_defs import CustomDomainTypeDef

    from latitude.sandbox.pytest_plugin import ClientFactory

pytestmark = pytest.mark.sandbox

OPERATION_SECONDS = 0.5


@pytest.fixture
def shop(apprunner: AppRunnerClient, clock: ManualClock) -> str:
    """Return the ARN of a running service."""
    arn = create_service(apprunner)
    clock.advance(OPERATION_SECONDS)
    return arn


def _associate(apprunner: AppRunnerClient, service: str, domain: str = "shop.example.com") -> CustomDomainTypeDef:
    return apprunner.associate_custom_domain(ServiceArn=service, DomainName=domain, EnableWWWSubdomain=False)[
        "CustomDomain"
    ]


def _status(apprunner: AppRunnerClient, service: str) -> str:
    return apprunner.describe_custom_domains(ServiceArn=service)["CustomDomains"][0]["Status"]


def _publish(client: ClientFactory, domain: CustomDomainTypeDef, *, count: int) -> None:
    route53 = client("route53")
    zone = route53.create_hosted_zone(Name="example.com", CallerReference=f"{count}")["HostedZone"]["Id"]
    changes = [
        {
            "Action": "CREATE",
            "ResourceRecordSet": {
                "Name": record["Name"],
                "Type": "CNAME",
                "TTL": 60,
                "ResourceRecords": [{"Value": record["Value"]}],
            },
        }
        for record in domain["CertificateValidationRecords"][:count]
    ]
    route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})


def test_associate_custom_domain_gives_two_validation_records(apprunner: AppRunnerClient, shop: str) -> None:
    """Without www there are two CNAMEs, under the domain, that are still to be seen in DNS."""
    answer = apprunner.associate_custom_domain(ServiceArn=shop, DomainName="shop.example.com", EnableWWWSubdomain=False)
    records = answer["CustomDomain"]["CertificateValidationRecords"]
    assert [(record["Type"], record["Status"]) for record in records] == [("CNAME", "PENDING_VALIDATION")] * 2
    assert all(record["Name"].endswith(".shop.example.com.") for record in records)
    assert answer["DNSTarget"] == apprunner.describe_service(ServiceArn=shop)["Service"]["ServiceUrl"]


def test_associate_custom_domain_gives_a_third_record_for_www(apprunner: AppRunnerClient, shop: str) -> None:
    """EnableWWWSubdomain is on unless told otherwise, and adds a record."""
    domain = apprunner.associate_custom_domain(ServiceArn=shop, DomainName="example.com")["CustomDomain"]
    names = [record["Name"] for record in domain["CertificateValidationRecords"]]
    assert (domain["EnableWWWSubdomain"], len(names)) == (True, 3)
    assert names[2].endswith(".www.example.com.")


def test_custom_domain_stays_pending_without_its_records(
    apprunner: AppRunnerClient, clock: ManualClock, shop: str
) -> None:
    """Time alone validates nothing."""
    _associate(apprunner, shop)
    assert _status(apprunner, shop) == "creating"
    clock.advance(3600)
    assert _status(apprunner, shop) == "pending_certificate_dns_validation"


def test_custom_domain_stays_pending_with_one_of_two_records(
    apprunner: AppRunnerClient, client: ClientFactory, clock: ManualClock, shop: str
) -> None:
    """Every record must be there."""
    _publish(client, _associate(apprunner, shop), count=1)
    clock.advance(3600)
    domain = apprunner.describe_custom_domains(ServiceArn=shop)["CustomDomains"][0]
    statuses = [record["Status"] for record in domain["CertificateValidationRecords"]]
    assert (domain["Status"], statuses) == (
        "pending_certificate_dns_validation",
        ["SUCCESS", "PENDING_VALIDATION"],
    )


def test_custom_domain_becomes_active_with_its_records(
    apprunner: AppRunnerClient, client: ClientFactory, clock: ManualClock, shop: str
) -> None:
    """With all CNAMEs in a public hosted zone the certificate is bound, and then the domain is active."""
    _publish(client, _associate(apprunner, shop), count=2)
    clock.advance(3600)
    first = _status(apprunner, shop)
    clock.advance(3600)
    assert (first, _status(apprunner, shop)) == ("binding_certificate", "active")


def test_associate_custom_domain_twice(apprunner: AppRunnerClient, shop: str) -> None:
    """A domain can be associated once in a region."""
    _associate(apprunner, shop)
    with refused(
        "InvalidRequestException", f"The domain shop.example.com is already associated with a service. ARN: {shop}"
    ):
        _associate(apprunner, shop)


def test_associate_custom_domain_in_two_regions(
    apprunner: AppRunnerClient, client: ClientFactory, clock: ManualClock, shop: str
) -> None:
    """One service in each of several regions may have the same domain; the records differ."""
    west = client("apprunner", region="us-west-2")
    hold_to_model(west)
    other = create_service(west)
    clock.advance(OPERATION_SECONDS)
    first, second = _associate(apprunner, shop), _associate(west, other)
    names = [{record["Name"] for record in domain["CertificateValidationRecords"]} for domain in (first, second)]
    assert names[0].isdisjoint(names[1])


def test_associate_custom_domain_again_gives_the_same_records(
    apprunner: AppRunnerClient, clock: ManualClock, shop: str
) -> None:
    """As with ACM, the records of a domain do not change when it is associated anew."""
    first = _associate(apprunner, shop)
    apprunner.disassociate_custom_domain(ServiceArn=shop, DomainName="shop.example.com")
    clock.advance(OPERATION_SECONDS)
    assert _associate(apprunner, shop)["CertificateValidationRecords"] == first["CertificateValidationRecords"]


def test_associate_custom_domain_with_a_wildcard_and_www(apprunner: AppRunnerClient, shop: str) -> None:
    """A wildcard has no www subdomain."""
    with refused("InvalidRequestException", "EnableWWWSubdomain must be false for a wildcard domain: *.example.com"):
        apprunner.associate_custom_domain(ServiceArn=shop, DomainName="*.example.com", EnableWWWSubdomain=True)


def test_associate_custom_domain_a_sixth(apprunner: AppRunnerClient, shop: str) -> None:
    """A service has up to five."""
    for number in range(5):
        _associate(apprunner, shop, f"shop{number}.example.com")
    with refused("InvalidRequestException", f"A service can have up to 5 custom domains. ARN: {shop}"):
        _associate(apprunner, shop)


def test_associate_custom_domain_with_a_busy_service(apprunner: AppRunnerClient) -> None:
    """A service in the middle of an operation takes none."""
    with refused(
        "InvalidStateException",
        "Service cannot be associated with a custom domain in the current state: OPERATION_IN_PROGRESS.",
    ):
        _associate(apprunner, create_service(apprunner))


def test_describe_custom_domains_in_pages(apprunner: AppRunnerClient, shop: str) -> None:
    """A page holds MaxResults domains, and its token leads to the rest."""
    for number in range(3):
        _associate(apprunner, shop, f"shop{number}.example.com")
    first = apprunner.describe_custom_domains(ServiceArn=shop, MaxResults=2)
    second = apprunner.describe_custom_domains(ServiceArn=shop, MaxResults=2, NextToken=first["NextToken"])
    found = [domain["DomainName"] for page in (first, second) for domain in page["CustomDomains"]]
    assert found == [f"shop{number}.example.com" for number in range(3)]


def test_disassociate_custom_domain_is_deleting_then_gone(
    apprunner: AppRunnerClient, clock: ManualClock, shop: str
) -> None:
    """The domain is deleting for a while, then not described."""
    _associate(apprunner, shop)
    apprunner.disassociate_custom_domain(ServiceArn=shop, DomainName="shop.example.com")
    assert _status(apprunner, shop) == "deleting"
    clock.advance(OPERATION_SECONDS)
    assert apprunner.describe_custom_domains(ServiceArn=shop)["CustomDomains"] == []


def test_disassociate_custom_domain_that_is_not_there(apprunner: AppRunnerClient, shop: str) -> None:
    """What is not associated is not found."""
    with refused("ResourceNotFoundException", f"Custom domain shop.example.com not found for the provided arn: {shop}"):
        apprunner.disassociate_custom_domain(ServiceArn=shop, DomainName="shop.example.com")


@pytest.mark.parametrize("same", [False, True])
def test_validation_records_of_two_regions_are_the_same_only_if_asked_for(same: bool) -> None:  # noqa: FBT001 - a column
    """AWS documents neither: the embedded AWS can do both, and keeps to the account and the name in each."""
    with Sandbox(same_validation=same, operation_seconds=0) as running:
        clients = embedded_aws(running).clients
        found = []
        for region in ("us-east-1", "us-west-2"):
            apprunner = clients("apprunner", region)
            records = _associate(apprunner, create_service(apprunner))["CertificateValidationRecords"]
            found.append({(record["Name"], record["Value"]) for record in records})
    assert (found[0] == found[1]) is same
    assert same or not found[0] & found[1]
