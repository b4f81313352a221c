"""What each replica of a table has for itself: contributor insights and the resource policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability
from latitude.constructs.identity.policy_document import document
from latitude.spec.iam import IamStatement
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


class TablePolicy(Capability):
    """Attaches a resource policy to a table in one region; DynamoDB does not replicate it."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: Table,
        provider: Any,
        table_arn: str,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        statements = [
            IamStatement(
                sid=statement.sid,
                effect=statement.effect,
                principal_type="AWS",
                principals=statement.principals,
                actions=statement.actions,
                resources=[table_arn, f"{table_arn}/index/*"]
                if spec.global_indexes or spec.local_indexes
                else [table_arn],
                conditions=statement.conditions,
            )
            for statement in spec.resource_policy
        ]
        self.make(
            aws.dynamodb_resource_policy.DynamodbResourcePolicy,
            resource_arn=table_arn,
            policy=document(self, "document", statements),
        )
