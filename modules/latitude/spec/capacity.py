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


class OnDemand(Part):
    """Billing per request (``PAY_PER_REQUEST``): no capacity to plan, and replicas need no auto scaling."""


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
