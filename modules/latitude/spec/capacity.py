"""How a DynamoDB table is paid for: per request, or by provisioned capacity that follows the load."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Discriminator, Tag

from latitude.spec.base import Part, fault, rule
from latitude.spec.limits import Range
from latitude.spec.tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.faults import Fault

_UNITS: Final = Range(
    minimum=1,
    maximum=40000,
    quota=True,
    source="DynamoDB default quota per table",
    shape="dynamodb:UpdateTable.ProvisionedThroughput.ReadCapacityUnits",
)

_LIMIT: Final = Range(
    minimum=1,
    maximum=40000,
    quota=True,
    source="DynamoDB default quota per table",
)


class OnDemand(Part):
    """Billing per request (``PAY_PER_REQUEST``): no capacity to plan, and replicas need no auto scaling.

    DynamoDB throttles what is beyond a limit. It keeps a limit that is no longer stated, and the plan then says so.
    """

    max_read_units: Annotated[int, _LIMIT] | None = None
    """Read request units a second at most, of the table and of each global index; unset: as many as DynamoDB gives."""
    max_write_units: Annotated[int, _LIMIT] | None = None
    """Write request units a second at most; both limits are set, or none is."""

    @rule
    def _both(self) -> Iterator[Fault]:
        """Set both limits or none: the provider sends the other as 0, which DynamoDB refuses (provider issue 39760)."""
        if (self.max_read_units is None) != (self.max_write_units is None):
            unset = "max_read_units" if self.max_read_units is None else "max_write_units"
            yield fault(
                unset,
                message="must be set with the other limit, max_read_units and max_write_units or neither, got None "
                "(AWS provider, aws_dynamodb_table on_demand_throughput)",
            )


class ScaledCapacity(Part):
    """Capacity units between two bounds, held near a utilization by Application Auto Scaling."""

    min_units: Annotated[int, _UNITS] = 1
    """Units at least."""
    max_units: Annotated[int, _UNITS]
    """Units at most."""
    target_percent: Annotated[
        int, Range(minimum=20, maximum=90, source="DynamoDB UpdateTableReplicaAutoScaling, target utilization")
    ] = 70
    """Consumed units, in percent of the provisioned ones, that scaling aims at."""

    @rule
    def _bounds(self) -> Iterator[Fault]:
        """Keep ``min_units`` at most ``max_units``."""
        if is_token(self.min_units) or is_token(self.max_units):
            return
        if self.min_units > self.max_units:
            yield fault(
                "min_units",
                message=f"must be at most max_units, {self.max_units}, got {self.min_units} (Application Auto Scaling)",
            )


class Provisioned(Part):
    """Billing by provisioned units (``PROVISIONED``), scaled in every region for the table and its global indexes.

    A replica can be added only to a table whose write capacity is scaled (DynamoDB Developer Guide, global tables).
    """

    read: ScaledCapacity
    """Read capacity units."""
    write: ScaledCapacity
    """Write capacity units; each region takes the writes of all."""


Billing = Annotated[
    Annotated[OnDemand, Tag("<OnDemand>")] | Annotated[Provisioned, Tag("<Provisioned>")],
    Discriminator(lambda value: f"<{type(value).__name__}>"),
]
