"""Variables that several modules have."""

from __future__ import annotations

from typing import Any, Final

from latitude.hcl.fields import REQUIRED, Field, OrNull, Shape, from_spec
from latitude.spec import Application
from latitude.spec.tags import Tags

APPLICATION: Final = Field(
    "application", from_spec(Application, "name")[0].annotation, REQUIRED, "The application's name."
)
TAGS: Final = Field("tags", Tags, {}, "Tags of all that is made here, beside the provider's default_tags.")
ROLES: Final = Field(
    "roles",
    Shape(
        (
            Field("path", OrNull(str), None, "The path of the roles, such as /teams/orders/; unset: /."),
            Field("permissions_boundary_arn", OrNull(str), None, "The policy that bounds what the roles may do."),
        )
    ),
    {},
    "What the account demands of the roles that are made here.",
)
POLICIES: Final = Field(
    "policy_arns",
    dict[str, str],
    {},
    "Managed policies for the role that the service's code has, by names of your own.",
)
FORCE_DELETE: Final = Field(
    "force_delete",
    OrNull(bool),
    None,
    "Whether this service's repository can be destroyed while it has images; unset: as for the others. Destroying uses "
    "what was applied last: set it and apply before the service goes.",
)


def arn(annotation: Any, what: str) -> OrNull:
    """Return an object with an ARN: that it is given is known at plan, even where the ARN is not yet."""
    return OrNull(Shape((Field("arn", annotation, REQUIRED, f"The ARN of {what}."),)))


def named(annotation: Any, what: str) -> Field:
    """Return the name of something whose key in a map names it otherwise."""
    return Field("name", OrNull(annotation), None, f"The {what}'s name; unset: its key in the map.")
