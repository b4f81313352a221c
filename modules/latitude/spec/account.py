"""The AWS account that an application lives in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from latitude.spec.arns import account_of
from latitude.spec.base import Part, fault, rule
from latitude.spec.image import AccountId
from latitude.spec.limits import Length, Pattern
from latitude.spec.partition import ANY_IAM_ARN
from latitude.spec.tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.faults import Fault

_ASSUME: Final = "STS AssumeRole"
RoleArn = Annotated[
    str,
    Pattern(
        regex=rf"{ANY_IAM_ARN}[0-9]{{12}}:role/[A-Za-z0-9_+=,.@/-]+",
        words="the ARN of an IAM role",
        source="IAM User Guide, ARNs",
    ),
]
ExternalId = Annotated[
    str,
    Pattern(
        regex=r"[\w+=,.@:\/-]*",
        words="letters, digits and + = , . @ : / - _",
        source=_ASSUME,
        shape="sts:AssumeRole.ExternalId",
    ),
    Length(minimum=2, maximum=1224, source=_ASSUME, shape="sts:AssumeRole.ExternalId"),
]


class Account(Part):
    """The AWS account of an application, and the role that Terraform takes there.

    Credentials of another account end at plan, before anything is read or made: every provider is told the id
    (``allowed_account_ids``).
    """

    id: AccountId
    """The account's id."""
    role_arn: RoleArn | None = None
    """The role in the account that every provider assumes; unset: Terraform's credentials are the account's own."""
    external_id: ExternalId | None = None
    """What the role's trust policy asks for as ``sts:ExternalId``."""
    session_name: (
        Annotated[
            str,
            Pattern(
                regex=r"[\w+=,.@-]*",
                words="letters, digits and + = , . @ - _",
                source=_ASSUME,
                shape="sts:AssumeRole.RoleSessionName",
            ),
            Length(minimum=2, maximum=64, source=_ASSUME, shape="sts:AssumeRole.RoleSessionName"),
        ]
        | None
    ) = None
    """The session's name, which CloudTrail shows; unset: the provider makes one up in each run."""

    @rule
    def _role_is_the_accounts(self) -> Iterator[Fault]:
        """Assume a role of this account."""
        if self.role_arn is None or is_token(self.role_arn) or is_token(self.id):
            return
        if account_of(self.role_arn) != self.id:
            yield fault(
                "role_arn", message=f"must be a role of the account {self.id}, got {self.role_arn!r} (Latitude)"
            )

    @rule
    def _session_is_a_roles(self) -> Iterator[Fault]:
        """State ``external_id`` and ``session_name`` only with a role."""
        for field in ("external_id", "session_name"):
            value = getattr(self, field)
            if value is not None and self.role_arn is None:
                yield fault(field, message=f"must be unset without role_arn, got {value!r} ({_ASSUME})")
