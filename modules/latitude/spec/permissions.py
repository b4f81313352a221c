"""What the code of a service may do in AWS: its tables, and whatever else is stated."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Final, Literal

from latitude.spec.base import Part, fault, rule
from latitude.spec.environment import VariableName, is_reserved
from latitude.spec.limits import Length, Pattern
from latitude.spec.names import TableName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from latitude.spec.application import Application
    from latitude.spec.faults import Fault

_GRAMMAR: Final = "IAM policy grammar"
_SOME: Final = Length(minimum=1, maximum=1000, unit="entries", source=_GRAMMAR)
_PLACEHOLDER: Final = re.compile(r"(?<!\$)\{([^{}]*)\}")
_PLACEHOLDERS: Final = ("region", "account_id")

Entries = Annotated[tuple[str, ...], _SOME]
Actions = Annotated[
    tuple[
        Annotated[
            str,
            Pattern(
                regex=r"\*|[a-z0-9-]+:[A-Za-z0-9*?]+",
                words="an IAM action, SERVICE:ACTION, or *",
                source=f"{_GRAMMAR}, Action",
            ),
        ],
        ...,
    ],
    _SOME,
]
Resources = Annotated[
    tuple[Annotated[str, Pattern(regex=r"\*|arn:.+", words="an ARN or *", source=f"{_GRAMMAR}, Resource")], ...],
    _SOME,
]
Sid = Annotated[str, Pattern(regex=r"[A-Za-z0-9]+", words="letters and digits", source=f"{_GRAMMAR}, Sid")]


class TableAccess(Part):
    """A service's access to a table of the application: always to the replica in the service's own region."""

    table: TableName
    """The table's name in the description."""
    access: Literal["read", "write", "read_write"] = "read_write"
    """``read`` gets, queries and scans the table and its indexes; ``write`` puts, updates and deletes items."""
    variable: VariableName | None = None
    """The environment variable that has the table's name in AWS; unset: TABLE_TABLE, as in ``ORDERS_TABLE``."""

    @property
    def variable_name(self) -> str:
        """The environment variable that has the table's name."""
        if self.variable is not None:
            return self.variable
        return "".join(letter if letter.isalnum() else "_" for letter in self.table).upper() + "_TABLE"

    @rule
    def _table(self, application: Application) -> Iterator[Fault]:
        """Name a table of the application."""
        names = [table.name for table in application.tables]
        if self.table not in names:
            known = ", ".join(names) if names else "none"
            yield fault("table", message=f"must be a table of the application ({known}), got {self.table!r} (Latitude)")

    @rule
    def _variable_allowed(self) -> Iterator[Fault]:
        """Set ``variable`` where the one that follows from the table's name is reserved by App Runner."""
        if self.variable is None and is_reserved(self.variable_name):
            yield fault(
                "variable",
                message=f"must be set, since {self.variable_name!r}, from the table's name, is reserved "
                "(App Runner Developer Guide, environment variables)",
            )


class Condition(Part):
    """A condition of an IAM statement."""

    test: Annotated[
        str,
        Pattern(
            regex=r"(?:ForAllValues:|ForAnyValue:)?(?:String(?:Not)?(?:Equals(?:IgnoreCase)?|Like)|"
            r"Numeric(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?)|Date(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?)|"
            r"Bool|BinaryEquals|(?:Not)?IpAddress|Arn(?:Not)?(?:Equals|Like))(?:IfExists)?|Null",
            words="an operator of IAM, such as StringEquals, with or without ForAllValues:, ForAnyValue: and IfExists",
            source="IAM User Guide, condition operators",
        ),
    ]
    """The operator, such as ``StringEquals``."""
    variable: Annotated[
        str,
        Pattern(
            regex=r"[A-Za-z0-9.-]+:\S+",
            words="a condition key, such as aws:SourceVpc",
            source="IAM User Guide, condition keys",
        ),
    ]
    """The condition key, such as ``aws:SourceVpc``."""
    values: Entries
    """The values compared with."""


class Statement(Part):
    """A statement of the instance role's policy: what the service's code may also do.

    ``{region}`` and ``{account_id}`` in ``resources`` become the region of the service and the account.
    """

    actions: Actions
    """IAM actions, such as ``sqs:SendMessage``."""
    resources: Resources
    """ARNs, or ``*``."""
    effect: Literal["Allow", "Deny"] = "Allow"
    """Whether the actions are allowed or denied."""
    conditions: tuple[Condition, ...] = ()
    """Conditions that must all hold."""
    sid: Sid | None = None
    """The statement's identifier."""

    @rule
    def _placeholders(self) -> Iterator[Fault]:
        """Use no other placeholders than ``{region}`` and ``{account_id}`` in ``resources``; ``${…}`` is IAM's own."""
        for index, resource in enumerate(self.resources):
            for name in _PLACEHOLDER.findall(resource):
                if name not in _PLACEHOLDERS:
                    yield fault(
                        "resources",
                        index,
                        message=f"must have no other placeholders than {{region}} and {{account_id}}, got {{{name}}} "
                        f"in {resource!r} (Latitude)",
                    )


def sid_faults(field: str, sids: Iterable[str | None]) -> Iterator[Fault]:
    """Yield a fault for each statement identifier that a policy would have more than once."""
    for sid, count in Counter(sid for sid in sids if sid is not None).items():
        if count > 1:
            yield fault(field, message=f"must have sids of their own, got {sid!r} {count} times ({_GRAMMAR}, Sid)")
