"""The variables of ``latency-routing``."""

from __future__ import annotations

from typing import Final

from latitude.hcl.fields import REQUIRED, Field, Shape, from_spec
from latitude.hcl.inputs.module import Module
from latitude.hcl.inputs.shared import TAGS
from latitude.spec import Domain, Service

_SERVICE: Final = Shape(
    (
        Field("name", str, REQUIRED, "The service's name in AWS."),
        Field("arn", str, REQUIRED, "Its ARN in this region."),
        Field("host", str, REQUIRED, "The host of its own URL in this region, which the health check asks."),
    )
)


def latency_routing() -> Module:
    """Return the module: one region's part of a name that all regions answer for."""
    return Module(
        folder="modules/latency-routing",
        fields=[
            *from_spec(Domain, "name"),
            Field("zone_id", str, REQUIRED, "The hosted zone that the name is in."),
            Field("service", _SERVICE, REQUIRED, "The service in this region."),
            *from_spec(Domain, "www", "health_check", "region_name"),
            *from_spec(Service, "ip_address_type"),
            Field(
                "latency_records",
                bool,
                True,  # noqa: FBT003  a default
                "Whether the latency records are made here; else something else leads users to the region, such as a "
                "root that needs no region.",
            ),
            Field("draining", bool, False, "Whether this region is taken out of DNS; all else goes on."),  # noqa: FBT003  # a default
            TAGS,
        ],
    )
