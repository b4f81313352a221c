"""Resources with the ARNs that a description states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from latitude.sandbox.control import Control, ControlError

if TYPE_CHECKING:
    from latitude.sandbox.pytest_plugin import ClientFactory

_UUID = "11111111-2222-4333-8444-555555555555"
_KEY = f"arn:aws:kms:eu-west-1:123456789012:key/{_UUID}"
_SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/token-AbCdEf"  # noqa: S105  an ARN
_WEB_ACL = f"arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/{_UUID}"
_CONNECTION = f"arn:aws:apprunner:eu-west-1:123456789012:connection/site/{'a' * 32}"
_ZONE = "Z0123456789ABCDEFGHIJ"


def test_key_by_its_arn_encrypts(control: Control, client: ClientFactory) -> None:
    """The key has the ARN asked for; a second request leaves it, and what it encrypted, as it was."""
    control.make_resource(_KEY)
    kms = client("kms", region="eu-west-1")
    assert kms.describe_key(KeyId=_KEY)["KeyMetadata"]["Arn"] == _KEY
    sealed = kms.encrypt(KeyId=_KEY, Plaintext=b"plain")["CiphertextBlob"]
    control.make_resource(_KEY)
    assert kms.decrypt(CiphertextBlob=sealed)["Plaintext"] == b"plain"


def test_multi_region_key_by_its_arn(control: Control, client: ClientFactory) -> None:
    """The key knows that it is one, and is its own primary."""
    arn = f"arn:aws:kms:eu-west-1:123456789012:key/mrk-{'0' * 32}"
    control.make_resource(arn)
    about = client("kms", region="eu-west-1").describe_key(KeyId=arn)["KeyMetadata"]
    assert about["MultiRegion"] is True
    assert about["MultiRegionConfiguration"]["PrimaryKey"] == {"Arn": arn, "Region": "eu-west-1"}


def test_secret_by_its_arn_can_be_read(control: Control, client: ClientFactory) -> None:
    """It is found by the ARN and by the name that is in it; a second request leaves its value alone."""
    control.make_resource(_SECRET)
    manager = client("secretsmanager", region="eu-west-1")
    assert manager.describe_secret(SecretId="shop/token")["ARN"] == _SECRET
    manager.put_secret_value(SecretId=_SECRET, SecretString="mine")
    control.make_resource(_SECRET)
    assert manager.get_secret_value(SecretId=_SECRET)["SecretString"] == "mine"


def test_web_acl_by_its_arn_filters_a_service(control: Control, client: ClientFactory) -> None:
    """It takes a resource, and lets go of none when it is asked for again."""
    control.make_resource(_WEB_ACL)
    waf = client("wafv2", region="eu-west-1")
    service = f"arn:aws:apprunner:eu-west-1:123456789012:service/shop-web/{'b' * 32}"
    waf.associate_web_acl(WebACLArn=_WEB_ACL, ResourceArn=service)
    control.make_resource(_WEB_ACL)
    found = waf.get_web_acl_for_resource(ResourceArn=service)["WebACL"]
    assert (found["ARN"], found["Id"], found["Name"]) == (_WEB_ACL, _UUID, "shop")


def test_connection_by_its_arn_needs_no_handshake(control: Control, client: ClientFactory) -> None:
    """Somebody has completed the handshake: services can use it."""
    for _ in range(2):
        control.make_resource(_CONNECTION, provider_type="BITBUCKET")
    (found,) = client("apprunner", region="eu-west-1").list_connections()["ConnectionSummaryList"]
    assert (found["ConnectionArn"], found["ConnectionName"]) == (_CONNECTION, "site")
    assert (found["ProviderType"], found["Status"]) == ("BITBUCKET", "AVAILABLE")


def test_hosted_zone_by_its_id_takes_records(control: Control, client: ClientFactory) -> None:
    """It has the id asked for, once, and the records of a zone; the next zone of the name gets an id of its own."""
    for _ in range(2):
        control.make_resource(f"arn:aws:route53:::hostedzone/{_ZONE}", name="example.net")
    route53 = client("route53")
    (zone,) = route53.list_hosted_zones()["HostedZones"]
    assert (zone["Id"], zone["Name"]) == (f"/hostedzone/{_ZONE}", "example.net.")
    records = route53.list_resource_record_sets(HostedZoneId=_ZONE)["ResourceRecordSets"]
    assert [each["Type"] for each in records] == ["NS", "SOA"]
    other = route53.create_hosted_zone(Name="example.net", CallerReference="2")["HostedZone"]["Id"]
    assert other != zone["Id"]


@pytest.mark.parametrize("arn", ["arn:aws:s3:::bucket", "bucket", f"arn:aws:kms:eu-west-1:123456789012:alias/{_UUID}"])
def test_resource_of_another_kind_is_refused(control: Control, arn: str) -> None:
    """The message names the kinds, and what was given."""
    with pytest.raises(ControlError) as caught:
        control.make_resource(arn)
    assert str(caught.value) == (
        "arn: must be the ARN of one of kms key, apprunner connection, secretsmanager secret, wafv2 regional, "
        f"route53 hostedzone, got {arn!r}"
    )
