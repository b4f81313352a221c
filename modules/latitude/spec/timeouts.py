"""How long Terraform waits for AWS."""

from __future__ import annotations

from typing import Annotated, Final

from latitude.spec.base import Part
from latitude.spec.limits import Range

_MINUTES: Final = Range(minimum=1, maximum=1440, source="Latitude: a day")


class Timeouts(Part):
    """Minutes after which Terraform gives up waiting; unset: as the AWS provider's documentation of the resource says.

    DynamoDB goes on by itself; a larger table, or an index added to one, takes longer.
    """

    create_minutes: Annotated[int, _MINUTES] | None = None
    """For a table or a replica that is made."""
    update_minutes: Annotated[int, _MINUTES] | None = None
    """For a change, such as an index more."""
    delete_minutes: Annotated[int, _MINUTES] | None = None
    """For a table or a replica that goes."""
