"""The resource policy of a table, which each replica has for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability
from latitude.constructs.identity.policy_document import document
from latitude.spec.iam import IamStatement

if TYPE_CHECKING:
    from latitude.spec import Table


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
