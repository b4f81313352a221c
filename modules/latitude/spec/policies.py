"""Statements of resource policies: who else may use a table or a repository."""

from __future__ import annotations

from typing import Annotated, Literal

from latitude.spec.base import Part
from latitude.spec.limits import Length, Pattern
from latitude.spec.partition import ANY_IAM_ARN
from latitude.spec.permissions import Condition, Sid

Principals = Annotated[
    tuple[
        Annotated[
            str,
            Pattern(
                regex=rf"[0-9]{{12}}|{ANY_IAM_ARN}[0-9]{{12}}:(root|role/.+|user/.+)",
                words="an account id of 12 digits, or the ARN of an account's root, a role or a user",
                source="IAM policy grammar, Principal",
            ),
        ],
        ...,
    ],
    Length(minimum=1, maximum=100, unit="principals", source="IAM policy grammar"),
]
TableActions = Annotated[
    tuple[
        Annotated[
            str,
            Pattern(
                regex=r"dynamodb:[A-Za-z*?]+",
                words="an action of DynamoDB, dynamodb:ACTION",
                source="DynamoDB Developer Guide, resource-based policies",
            ),
        ],
        ...,
    ],
    Length(minimum=1, maximum=1000, unit="actions", source="IAM policy grammar"),
]


RepositoryActions = Annotated[
    tuple[
        Annotated[
            str,
            Pattern(
                regex=r"ecr:[A-Za-z*?]+",
                words="an action of Amazon ECR, ecr:ACTION",
                source="ECR User Guide, private repository policies",
            ),
        ],
        ...,
    ],
    Length(minimum=1, maximum=1000, unit="actions", source="IAM policy grammar"),
]


class RepositoryStatement(Part):
    """A statement of the policy of every repository, in each region."""

    principals: Principals
    """Accounts, roles and users."""
    actions: RepositoryActions
    """ECR actions, such as ``ecr:BatchGetImage``."""
    effect: Literal["Allow", "Deny"] = "Allow"
    """Whether the actions are allowed or denied."""
    conditions: tuple[Condition, ...] = ()
    """Conditions that must all hold."""
    sid: Sid | None = None
    """The statement's identifier."""


class PolicyStatement(Part):
    """A statement of a table's resource policy; its resource is the table, in each region, and the table's indexes."""

    principals: Principals
    """Accounts, roles and users."""
    actions: TableActions
    """DynamoDB actions, such as ``dynamodb:GetItem``."""
    effect: Literal["Allow", "Deny"] = "Allow"
    """Whether the actions are allowed or denied."""
    conditions: tuple[Condition, ...] = ()
    """Conditions that must all hold."""
    sid: Sid | None = None
    """The statement's identifier."""
