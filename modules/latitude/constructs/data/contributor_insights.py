"""CloudWatch Contributor Insights of a table, which each replica has for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability
from latitude.spec.names import terraform_name

if TYPE_CHECKING:
    from latitude.spec import Table


class ContributorInsights(Capability):
    """Turns on CloudWatch Contributor Insights for a table and its global indexes in one region."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: Table,
        provider: Any,
        name: str,
        after: list[Any],
    ) -> None:
        super().__init__(scope, id, provider=provider)
        kind = aws.dynamodb_contributor_insights.DynamodbContributorInsights
        self.make(kind, table_name=name, depends_on=after)
        for index in spec.global_indexes:
            self.make(kind, terraform_name(index.name), table_name=name, index_name=index.name, depends_on=after)
