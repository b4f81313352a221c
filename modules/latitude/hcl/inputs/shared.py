"""Variables that several modules have."""

from __future__ import annotations

from typing import Any, Final

from latitude.hcl.fields import REQUIRED, Field, OrNull, Shape, from_spec
from latitude.spec import Application, Service
from latitude.spec.arns import RoleArn
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
FORCE_DELETE: Final = from_spec(Service, "force_delete")[0]


def arn(annotation: Any, what: str) -> OrNull:
    """Return an object with an ARN: that it is given is known at plan, even where the ARN is not yet."""
    return OrNull(Shape((Field("arn", annotation, REQUIRED, f"The ARN of {what}."),)))


def named(annotation: Any, what: str) -> Field:
    """Return the name of something whose key in a map names it otherwise."""
    return Field("name", OrNull(annotation), None, f"The {what}'s name; unset: its key in the map.")


INSTANCE_ROLE: Final = Field(
    "instance_role",
    arn(RoleArn, "the role"),
    None,
    "A role that exists already, for the service's code; unset: one is made. It has to allow the service's tables, "
    "secrets and traces itself.",
)
