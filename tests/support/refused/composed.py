"""Arguments of ``multi-region-service`` that only a rule of more than one field refuses."""

from __future__ import annotations

from typing import Final

from latitude.spec import (
    Connection,
    ExpiringTags,
    HealthCheck,
    HostedZone,
    PrivateIngress,
    Registry,
    SecretsManagerSecret,
    Source,
    SsmParameter,
    TableAccess,
    VpcAccess,
)
from tests.support.refused.base import (
    A_REGION,
    ACL,
    CONNECTION,
    DOMAIN,
    EACH_REGION,
    INGRESS,
    KEY,
    REGIONS,
    SOURCE,
    URL,
    VPC,
    Refused,
    application,
    domain,
    everywhere,
    image,
    of_all,
    source,
)

COMPOSED: Final = (
    of_all(
        {"auto_deployments": True},
        lambda: application(image(auto_deployments=True)),
        "an immutable tag never means another image than the first",
    ),
    of_all(
        {},
        lambda: application(image(), registry=Registry(expiring_tags=(ExpiringTags(prefix="1", keep=5),))),
        "prefix: must not begin the tag of an image that runs",
        registry={"expiring_tags": [{"prefix": "1", "keep": 5}]},
    ),
    of_all(
        {},
        lambda: application(image(), registry=Registry(immutable=False, expire_untagged_days=3)),
        "expire_untagged_days: must be unset while immutable is",
        registry={"immutable": False, "expire_untagged_days": 3},
    ),
    of_all(
        {"tables": {"other": {}}},
        lambda: application(image(tables=(TableAccess(table="other"),))),
        "must be a table of the application",
    ),
    of_all(
        {"vpc": {"us-east-1": VPC}},
        lambda: application(image(vpc={"us-east-1": VpcAccess(**VPC)})),
        f"vpc: {EACH_REGION}",
    ),
    of_all(
        {"vpc": {**dict.fromkeys(REGIONS, VPC), "eu-west-1": VPC}},
        lambda: application(image(vpc=dict.fromkeys((*REGIONS, "eu-west-1"), VpcAccess(**VPC)))),
        A_REGION,
    ),
    of_all(
        {"regional_environment": {"eu-west-1": {"A": "1"}}},
        lambda: application(image(regional_environment={"eu-west-1": {"A": "1"}})),
        A_REGION,
    ),
    of_all(
        {"web_acl_arns": everywhere(ACL)},
        lambda: application(image(web_acl_arns=everywhere(ACL))),
        "(App Runner: the web ACL is regional)",
    ),
    of_all(
        {"secrets": {"A": {"name": "a", "kms_key_arns": everywhere(KEY)}}},
        lambda: application(image(secrets={"A": SecretsManagerSecret(name="a", kms_key_arns=everywhere(KEY))})),
        "(App Runner: the KMS key is regional)",
    ),
    of_all(
        {"parameters": {"A": {"name": "a", "kms_key_arns": {"us-east-1": KEY}}}},
        lambda: application(image(secrets={"A": SsmParameter(name="a", kms_key_arns={"us-east-1": KEY})})),
        f"kms_key_arns: {EACH_REGION}",
    ),
    of_all(
        {"source_code": {**SOURCE, "connection_arns": everywhere(CONNECTION)}},
        lambda: application(
            source(source=Source(repository_url=URL, connection=Connection(arns=everywhere(CONNECTION))))
        ),
        "(App Runner: the connection is regional)",
    ),
    of_all(
        {"private_ingress": dict.fromkeys(REGIONS, INGRESS), "domain": DOMAIN},
        lambda: application(image(private_ingress=dict.fromkeys(REGIONS, PrivateIngress(**INGRESS)), domain=domain())),
        "domain: must be unset with private_ingress: Route 53's health checkers can't reach a private service",
    ),
    of_all(
        {"health_check": {"protocol": "TCP"}, "domain": DOMAIN},
        lambda: application(image(health_check=HealthCheck(protocol="TCP"), domain=domain())),
        "domain.health_check.path: must be set, since the service's own health check is TCP and asks no path",
    ),
    of_all(
        {"domain": {**DOMAIN, "hosted_zone": {"name": "example.org"}}},
        lambda: domain(hosted_zone=HostedZone(name="example.org")),
        "hosted zone",
    ),
    of_all(
        {},
        lambda: application(image(), draining=REGIONS),
        "draining: must leave a region that serves, got all of us-east-1, us-west-2",
        draining=list(REGIONS),
    ),
    of_all(
        {},
        lambda: application(image(), draining=("eu-west-1",)),
        "draining: must be regions of the application (us-east-1, us-west-2)",
        draining=["eu-west-1"],
    ),
    Refused(
        module="latency-routing",
        arguments={"region_name": "eu.{domain}"},
        python=lambda: domain(region_name="eu.{domain}"),
        words="region_name: must have {region} in it once",
    ),
    Refused(
        module="multi-region-service",
        arguments={
            "services": {
                "web": {"image": {"tag": "1"}, "domain": DOMAIN},
                "api": {
                    "image": {"tag": "1"},
                    "domain": {**DOMAIN, "hosted_zone": {"name": "example.com", "zone": {"id": "Z1"}}},
                },
            }
        },
        python=lambda: application(
            image(domain=domain()),
            image(name="api", domain=domain(hosted_zone=HostedZone(name="example.com", zone_id="Z1"))),
        ),
        words="must be stated as for the other domains in ",
        also=("services: must have domains of their own (Route 53)",),
    ),
    Refused(
        module="multi-region-service",
        arguments={"services": {"w" * 34: {"image": {"tag": "1"}}}},
        python=lambda: application(image(name="w" * 34)),
        words="must make APPLICATION-SERVICE 4 to 40 characters",
    ),
    *(
        Refused(
            module="multi-region-service",
            arguments={kind: {"web": thing, "api": {**thing, "name": "web"}}},
            python=None,
            words=f"{kind}: must have names of their own",
        )
        for kind, thing in (
            ("services", {"image": {"tag": "1"}}),
            ("tables", {"hash_key": "id", "attributes": {"id": "S"}}),
        )
    ),
)
