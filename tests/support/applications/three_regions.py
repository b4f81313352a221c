"""Three regions, two services, two tables, and a hosted zone of its own."""

from __future__ import annotations

from typing import Literal

from latitude import (
    Application,
    Condition,
    CustomerManagedKey,
    Domain,
    GlobalIndex,
    HealthCheck,
    HostedZone,
    Image,
    LocalIndex,
    PolicyStatement,
    Provisioned,
    RegionHealthCheck,
    Registry,
    ScaledCapacity,
    Service,
    Statement,
    Table,
    TableAccess,
)
from tests.support.images import DIGEST

REGIONS = ("eu-west-1", "eu-central-1", "us-east-1")
KEYS = {region: f"arn:aws:kms:{region}:123456789012:key/0000000{n}-0000-4000-8000-000000000000"
        for n, region in enumerate(REGIONS)}  # fmt: skip


def three_regions(*, layout: Literal["cells", "single"] = "cells") -> Application:
    """Return the application."""
    return Application(
        name="shop",
        regions=REGIONS,
        services=(_web(), _api()),
        tables=(_carts(), _catalog()),
        registry=Registry(expire_untagged_days=30, also_replicates={"billing/": ("eu-west-2",)}),
        tags={"Team": "retail"},
        layout=layout,
    )


def _web() -> Service:
    return Service(
        name="web",
        image=Image(tag="2024.1"),
        health_check=HealthCheck(path="/healthz", interval_seconds=5, timeout_seconds=2),
        domain=Domain(
            name="shop.example.org",
            hosted_zone=HostedZone(name="shop.example.org", create=True),
            www=True,
            health_check=RegionHealthCheck(path="/deep", interval_seconds=30, failure_threshold=2),
        ),
        ip_address_type="DUAL_STACK",
        tables=(TableAccess(table="catalog", access="read"), TableAccess(table="carts")),
    )


def _api() -> Service:
    return Service(
        name="api",
        image=Image(digest=DIGEST),
        cpu="0.25 vCPU",
        memory="0.5 GB",
        environment={"STAGE": "prod"},
        regional_environment={"us-east-1": {"STAGE": "prod-us", "CURRENCY": "USD"}},
        tables=(TableAccess(table="catalog", access="write", variable="CATALOG"),),
        statements=(
            Statement(
                sid="Queue",
                actions=("sqs:SendMessage",),
                resources=("arn:aws:sqs:{region}:{account_id}:jobs-${aws:PrincipalTag/team}",),
                conditions=(Condition(test="Bool", variable="aws:SecureTransport", values=("true",)),),
            ),
        ),
    )


def _carts() -> Table:
    return Table(
        name="carts",
        hash_key="user",
        range_key="item",
        attributes={"user": "S", "item": "S", "shop": "S", "price": "N"},
        global_indexes=(
            GlobalIndex(name="by-shop", hash_key="shop", range_key="price", projection="KEYS_ONLY"),
            GlobalIndex(name="by-item", hash_key="item", projection="INCLUDE", non_key_attributes=("amount",)),
        ),
        local_indexes=(LocalIndex(name="by-price", range_key="price"),),
        ttl_attribute="expires",
        billing=Provisioned(
            read=ScaledCapacity(min_units=5, max_units=50),
            write=ScaledCapacity(min_units=2, max_units=20, target_percent=60),
        ),
        encryption=CustomerManagedKey(deletion_window_days=7),
        contributor_insights=True,
        resource_policy=(PolicyStatement(sid="Analytics", principals=("210987654321",), actions=("dynamodb:Query",)),),
        tags={"Data": "personal"},
    )


def _catalog() -> Table:
    return Table(
        name="catalog",
        hash_key="sku",
        attributes={"sku": "S"},
        table_class="STANDARD_INFREQUENT_ACCESS",
        point_in_time_recovery=False,
        deletion_protection=False,
        encryption=CustomerManagedKey(arns=KEYS),
    )
