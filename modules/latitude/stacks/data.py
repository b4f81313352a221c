"""The application's tables, in every region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.bindings import Construct
from latitude.constructs.data.global_table import GlobalTable
from latitude.spec.addresses import beginning
from latitude.stacks.stack import AWS_PROVIDER_VERSION, AWS_PROVIDER_VERSION_FOR_STRONG_TABLES, LatitudeStack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.spec import Application
    from latitude.stacks.outputs import Outputs


def provider_version(application: Application) -> str:
    """Return the provider constraint that the application's tables need."""
    strong = any(table.consistency == "strong" for table in application.tables)
    return AWS_PROVIDER_VERSION_FOR_STRONG_TABLES if strong else AWS_PROVIDER_VERSION


class DataStack(LatitudeStack):
    """The stack ``NAME-data``: apart from the cells, for a table with its replicas is one thing that spans regions."""

    def __init__(self, scope: Construct, id: str, *, application: Application) -> None:
        super().__init__(
            scope,
            id,
            application=application,
            regions=application.regions,
            former_regions=sorted(application.former_regions),
            aws_provider_version=provider_version(application),
        )
        account_id = self.account_id(self.providers[application.home_region])
        self.outputs(table_outputs(application, make_tables(self, account_id)))


def table_outputs(application: Application, tables: Mapping[str, GlobalTable]) -> Outputs:
    """Return the tables' outputs."""
    arns = {region: {name: table.arns[region] for name, table in tables.items()} for region in application.regions}
    return {"table_arns": (arns, "The ARN of each table's replica, by region")} if tables else {}


def make_tables(stack: LatitudeStack, account_id: str) -> dict[str, GlobalTable]:
    """Make the application's tables."""
    scope = Construct(stack, "tables")
    return {
        table.name: GlobalTable(
            scope,
            beginning(table.name),
            spec=table,
            providers=stack.providers,
            name=stack.application.aws_names.table(table),
            account_id=account_id,
        )
        for table in stack.application.tables
    }
