"""What an application expects to exist already: in AWS it is there before Latitude, in the emulator it is made here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.spec import S3State, SecretsManagerSecret

if TYPE_CHECKING:
    from latitude.demo.emulator import Clients, Emulator
    from latitude.spec import Application

_BUCKET_S_DEFAULT_REGION = "us-east-1"


def make_prerequisites(application: Application, emulator: Emulator) -> None:
    """Make state buckets, hosted zones, secrets and subnets; what exists is left as it is."""
    make_state_buckets(application, emulator.clients)
    make_surroundings(application, emulator)


def make_surroundings(application: Application, emulator: Emulator) -> None:
    """Make hosted zones, secrets and subnets; what exists is left as it is."""
    _make_hosted_zones(application, emulator.clients)
    _make_secrets(application, emulator.clients)
    for service in application.services:
        for region, access in ({} if service.vpc is None else service.vpc).items():
            emulator.control.make_subnets(region, access.subnet_ids)


def make_state_buckets(application: Application, clients: Clients) -> None:
    """Make the buckets of the application's state: versioned and encrypted, as the state requires."""
    state = application.state
    if not isinstance(state, S3State):
        return
    buckets = {state.bucket_in(region): state.region_for(region, application) for region in application.regions}
    for bucket, region in buckets.items():
        s3 = clients("s3", region)
        if bucket in {found["Name"] for found in s3.list_buckets()["Buckets"]}:
            continue
        # Its own default region is the one that S3 does not take as a constraint (Amazon S3 CreateBucket).
        where = {} if region == _BUCKET_S_DEFAULT_REGION else {"LocationConstraint": region}
        s3.create_bucket(Bucket=bucket, **({"CreateBucketConfiguration": where} if where else {}))
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
        s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [rule]})


def _make_hosted_zones(application: Application, clients: Clients) -> None:
    route53 = clients("route53", application.home_region)
    known = {zone["Name"].rstrip(".") for zone in route53.list_hosted_zones()["HostedZones"]}
    for zone in application.hosted_zones:
        if not zone.create and zone.name not in known:
            route53.create_hosted_zone(Name=zone.name, CallerReference=zone.name)


def _make_secrets(application: Application, clients: Clients) -> None:
    for secret in (secret for service in application.services for secret in service.secrets.values()):
        for region in application.regions if secret.name is not None else ():
            if isinstance(secret, SecretsManagerSecret):
                manager = clients("secretsmanager", region)
                if secret.name not in {found["Name"] for found in manager.list_secrets()["SecretList"]}:
                    manager.create_secret(Name=secret.name, SecretString="{}")
            else:
                clients("ssm", region).put_parameter(
                    Name=secret.name, Value="of the demonstration", Type="SecureString", Overwrite=True
                )
