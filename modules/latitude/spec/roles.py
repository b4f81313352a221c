"""What an organization demands of every IAM role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from latitude.spec.arns import account_of
from latitude.spec.base import Part, fault, rule
from latitude.spec.limits import Length, Pattern
from latitude.spec.partition import ANY_IAM_ARN
from latitude.spec.tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.application import Application
    from latitude.spec.faults import Fault

_SOURCE: Final = "IAM CreateRole"
_AWS_S_OWN: Final = "aws"

RolePath = Annotated[
    str,
    Pattern(
        regex=r"/(?:[A-Za-z0-9_+=,.@-]+/)*",
        words="/, or names between slashes such as /teams/orders/, of letters, digits and _ + = , . @ -",
        source=_SOURCE,
        shape="iam:CreateRole.Path",
    ),
    Length(minimum=1, maximum=512, source=_SOURCE, shape="iam:CreateRole.Path"),
]
PolicyArn = Annotated[
    str,
    Pattern(
        regex=rf"{ANY_IAM_ARN}(?:aws|[0-9]{{12}}):policy/[A-Za-z0-9_+=,.@/-]+",
        words="the ARN of a managed IAM policy",
        source="IAM User Guide, ARNs",
    ),
]


class RoleSettings(Part):
    """What every role has that Latitude makes: of services, of what pulls images, of pipelines and of replication.

    State them before the first apply: another path makes the roles anew under the same names, and what uses them goes
    without until the next stacks have been applied. A boundary changes in place.
    """

    path: RolePath = "/"
    """The roles' path, such as ``/teams/orders/``; ARNs have it before the name."""
    permissions_boundary_arn: (
        Annotated[
            PolicyArn,
            Length(minimum=20, maximum=2048, source=_SOURCE, shape="iam:CreateRole.PermissionsBoundary"),
        ]
        | None
    ) = None
    """The managed policy that bounds what the roles may do, whatever their own policies allow; unset: none does."""

    def in_account(self, account_id: str) -> RoleSettings:
        """Return the same for roles of another account: IAM bounds a role by a policy of its own account, or of AWS."""
        arn = self.permissions_boundary_arn
        if arn is None or is_token(arn) or account_of(arn) == _AWS_S_OWN:
            return self
        there = arn.replace(f"::{account_of(arn)}:", f"::{account_id}:")
        return RoleSettings(path=self.path, permissions_boundary_arn=there)

    @rule
    def _boundary_is_the_accounts(self, application: Application) -> Iterator[Fault]:
        """Bound roles by a policy of their own account, or one of AWS."""
        arn, account = self.permissions_boundary_arn, application.account
        if arn is None or account is None or is_token(arn) or is_token(account.id):
            return
        if account_of(arn) not in {account.id, _AWS_S_OWN}:
            yield fault(
                "permissions_boundary_arn",
                message=f"must be a policy of the account {account.id}, or of AWS, got {arn!r} (IAM User Guide, "
                "permissions boundaries)",
            )
