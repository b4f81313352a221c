"""Customer-managed KMS keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from latitude.spec.arns import KeyArn, regional_faults
from latitude.spec.base import Part, rule
from latitude.spec.limits import Range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.application import Application
    from latitude.spec.faults import Fault


class CustomerManagedKey(Part):
    """A customer-managed KMS key in each region: given by ARN, or made here with rotation where none is given.

    Without one, AWS encrypts with a key of its own.
    """

    arns: dict[str, KeyArn] | None = None
    """The key's ARN per region; unset: a key and an alias are made in each region (KMS keys are regional)."""
    deletion_window_days: Annotated[
        int,
        Range(
            minimum=7,
            maximum=30,
            source="KMS ScheduleKeyDeletion",
            shape="kms:ScheduleKeyDeletion.PendingWindowInDays",
        ),
    ] = 30
    """Days between the destruction of a key made here and the loss of what it encrypted."""

    @rule
    def _regions(self, application: Application) -> Iterator[Fault]:
        """Give a key of its own for each region of the application, if any."""
        if self.arns is not None:
            yield from regional_faults("arns", self.arns, application, what="the KMS key")
