"""Applications that are planned in Python and in HCL, so that each branch of the modules is in one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude import (
    Application,
    CustomerManagedKey,
    Domain,
    GlobalIndex,
    HostedZone,
    Image,
    LocalIndex,
    OnDemand,
    PolicyStatement,
    Provisioned,
    PublicImage,
    Registry,
    ScaledCapacity,
    SecretsManagerSecret,
    Service,
    SsmParameter,
    Statement,
    Table,
    TableAccess,
    Timeouts,
    VpcAccess,
)
from tests.support.applications import example, from_source
from tests.support.applications.everything import ACCOUNT, KEY, REGIONS, everything

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_THREE: Final = ("eu-west-1", "eu-central-1", "us-east-1")
_KEYS: Final = {region: f"arn:aws:kms:{region}:{ACCOUNT}:key/11111111-2222-4333-8444-555555555555" for region in _THREE}


def _three_regions() -> Application:
    """Return an application in three regions, with what ``main.py`` states among the rest."""
    stated = example()
    checkout = stated.services[0].model_copy(
        update={
            "name": "checkout",
            "domain": Domain(name="checkout.example.com", hosted_zone=HostedZone(name="example.com")),
            "vpc": {
                region: VpcAccess(subnet_ids=(f"subnet-{letter * 17}", f"subnet-{letter * 16}0"))
                for region, letter in zip(_THREE, "abc", strict=True)
            },
        }
    )
    return Application(
        name="shop",
        regions=_THREE,
        services=(
            Service(
                name="web",
                image=Image(tag="2024.1"),
                domain=Domain(name="shop.example.com", hosted_zone=HostedZone(name="example.com"), www=True),
                ip_address_type="DUAL_STACK",
                tables=(TableAccess(table="carts", access="read"),),
                tracing=True,
            ),
            Service(
                name="api",
                image=Image(tag="7"),
                cpu=256,
                memory=512,
                instance_role_arn=f"arn:aws:iam::{ACCOUNT}:role/teams/shop/api",
                force_delete=True,
                environment={"STAGE": "prod"},
                regional_environment={"us-east-1": {"STAGE": "prod-us", "CURRENCY": "USD"}},
            ),
            checkout,
        ),
        tables=(
            Table(
                name="carts",
                hash_key="user",
                range_key="item",
                attributes={"user": "S", "item": "S", "shop": "S"},
                global_indexes=(GlobalIndex(name="by-shop", hash_key="shop", projection="KEYS_ONLY"),),
                ttl_attribute="expires",
                table_class="STANDARD_INFREQUENT_ACCESS",
                contributor_insights=True,
                billing=OnDemand(max_read_units=500, max_write_units=100),
                recovery_days=7,
                timeouts=Timeouts(create_minutes=90),
            ),
            Table(
                name="stock",
                hash_key="sku",
                attributes={"sku": "S", "shop": "S"},
                global_indexes=(GlobalIndex(name="by-shop", hash_key="shop"),),
                billing=Provisioned(read=ScaledCapacity(max_units=20), write=ScaledCapacity(min_units=2, max_units=10)),
            ),
            *stated.tables,
        ),
        registry=Registry(
            encryption=CustomerManagedKey(arns=_KEYS),
            push_principals=("arn:aws:iam::210987654321:role/ci",),
        ),
        draining=frozenset({"eu-central-1"}),
        layout="single",
    )


def _most() -> Application:
    """Return what uses nearly all there is, as far as HCL has it: secrets by name there, and services from source."""
    whole = everything()
    front = whole.services[0].model_copy(
        update={
            "secrets": {
                "SECRET": SecretsManagerSecret(name="all/token", json_key="b", kms_key_arns=KEY),
                "PLAIN": SecretsManagerSecret(name="all/plain"),
                "MANAGED": SecretsManagerSecret(name="rds!cluster-all", version_stage="AWSPREVIOUS"),
                "PINNED": SecretsManagerSecret(name="all/token", json_key="d", version_id="0123456789abcdef" * 2),
                "GIVEN": whole.services[0].secrets["TOKEN_A"],
                "PARAMETER": SsmParameter(name="/all/parameter", kms_key_arns=KEY),
                "OTHER": SsmParameter(name="other"),
            },
            "tables": (*whole.services[0].tables, TableAccess(table="plain", access="read")),
            "statements": (
                *whole.services[0].statements,
                Statement(actions=("sqs:SendMessage",), resources=("arn:aws:sqs:{region}:{account_id}:${x}",)),
            ),
        }
    )
    tables = (
        *(table.model_copy(update={"encryption": CustomerManagedKey(arns=KEY)}) for table in whole.tables),
        Table(
            name="plain",
            hash_key="id",
            attributes={"id": "S"},
            encryption=CustomerManagedKey(),
            resource_policy=(PolicyStatement(principals=(ACCOUNT,), actions=("dynamodb:GetItem",)),),
        ),
        Table(
            name="bulk",
            hash_key="id",
            range_key="at",
            attributes={"id": "S", "at": "N", "kind": "S"},
            local_indexes=(LocalIndex(name="by-kind", range_key="kind"),),
            encryption=CustomerManagedKey(),
            ttl_attribute="expires",
            billing=Provisioned(read=ScaledCapacity(max_units=5), write=ScaledCapacity(max_units=5)),
        ),
    )
    # A name that App Runner would not take as it is for what scales and connects a service.
    long = Service(
        name="quarterly-reports-for-accounting",
        image=PublicImage(identifier="public.ecr.aws/nginx/nginx:stable"),
        vpc={region: VpcAccess(subnet_ids=(f"subnet-{letter * 8}",)) for region, letter in zip(KEY, "ab", strict=True)},
    )
    # So long that the name of its connection is shortened, with the provider's behind it, and its own is not.
    built = whole.services[-1].model_copy(update={"name": "quarterly-figures-built"})
    services = (front, *whole.services[1:-1], built, long, *from_source(REGIONS).services)
    given = {"services": services, "tables": tables, "layout": "single", "former_regions": (), "pipeline": None}
    return whole.model_copy(update=given)


def _tables_alone() -> Application:
    """Return an application without services, with names that only just fit."""
    return Application(
        name="data-of-all-that-shops-have",
        regions=("us-east-1", "us-west-2"),
        tables=(
            Table(
                name="t" * 226,
                hash_key="id",
                attributes={"id": "S", "kind": "S"},
                global_indexes=(GlobalIndex(name="by-kind", hash_key="kind"),),
                encryption=CustomerManagedKey(),
                billing=Provisioned(read=ScaledCapacity(max_units=5), write=ScaledCapacity(max_units=5)),
            ),
        ),
        layout="single",
    )


def _services_alone() -> Application:
    """Return an application without tables, whose repositories are as ECR makes them."""
    return Application(
        name="site",
        regions=("us-east-1", "us-west-2"),
        services=(Service(name="web", image=Image(tag="1")),),
        registry=Registry(immutable=False),
        layout="single",
    )


CASES: Final[Mapping[str, Callable[[], Application]]] = {
    "three_regions": _three_regions,
    "most": _most,
    "tables_alone": _tables_alone,
    "services_alone": _services_alone,
}
