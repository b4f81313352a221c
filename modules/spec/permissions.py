"""What the code of a service may do in AWS: its tables, and whatever else is stated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from modules.spec.base import Part, fault, rule
from modules.spec.environment import VariableName
from modules.spec.limits import Length, Pattern
from modules.spec.names import TableName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from modules.spec.application import Application
    from modules.spec.faults import Fault

Entries = Annotated[tuple[str, ...], Length(minimum=1, maximum=1000, unit="entries", source="IAM policy grammar")]
Sid = Annotated[str, Pattern(regex=r"[A-Za-z0-9]+", words="letters and digits", source="IAM policy grammar, Sid")]


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
        names = [table.name for table in application.tables]
        if self.table not in names:
            known = ", ".join(names) if names else "none"
            yield fault("table", message=f"must be a table of the application ({known}), got {self.table!r} (Latitude)")


class Condition(Part):
    """A condition of an IAM statement."""

    test: str
    """The operator, such as ``StringEquals``."""
    variable: str
    """The condition key, such as ``aws:SourceVpc``."""
    values: Entries
    """The values compared with."""


class Statement(Part):
    """A statement of the instance role's policy: what the service's code may also do.

    ``{region}`` and ``{account_id}`` in ``resources`` become the region of the service and the account.
    """

    actions: Entries
    """IAM actions, such as ``sqs:SendMessage``."""
    resources: Entries
    """ARNs, or ``*``."""
    effect: Literal["Allow", "Deny"] = "Allow"
    """Whether the actions are allowed or denied."""
    conditions: tuple[Condition, ...] = ()
    """Conditions that must all hold."""
    sid: Sid | None = None
    """The statement's identifier."""
