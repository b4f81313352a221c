"""IAM policy documents, as Terraform's own data source writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import aws

if TYPE_CHECKING:
    from collections.abc import Iterable

    from latitude.constructs.capability import Capability
    from latitude.spec import Condition
    from latitude.spec.iam import IamStatement


def document(capability: Capability, role: str, statements: Iterable[IamStatement]) -> str:
    """Return the JSON of a policy document with the statements, as a reference to ``aws_iam_policy_document``."""
    module = aws.data_aws_iam_policy_document
    made_of = [
        module.DataAwsIamPolicyDocumentStatement(
            sid=statement.sid,
            effect=statement.effect,
            actions=list(statement.actions),
            resources=list(statement.resources) or None,
            principals=None
            if statement.principal_type is None
            else [
                module.DataAwsIamPolicyDocumentStatementPrincipals(
                    type=statement.principal_type, identifiers=list(statement.principals)
                )
            ],
            condition=[_condition(condition) for condition in statement.conditions] or None,
        )
        for statement in statements
    ]
    made: Any = capability.make(module.DataAwsIamPolicyDocument, role, statement=made_of)
    text: str = made.json
    return text


def _condition(condition: Condition) -> Any:
    return aws.data_aws_iam_policy_document.DataAwsIamPolicyDocumentStatementCondition(
        test=condition.test,
        variable=condition.variable,
        values=list(condition.values),
    )
