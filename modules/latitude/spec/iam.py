"""IAM statements as data, and how long the policy is that they make."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from latitude.spec.permissions import Condition

MAX_INLINE_POLICY_LENGTH: Final = 10240
"""Characters of a role's inline policies together, white space not counted (IAM and STS quotas)."""


@dataclass(frozen=True, kw_only=True)
class IamStatement:
    """One statement of a policy document."""

    sid: str | None = None
    actions: Sequence[str]
    resources: Sequence[str] = ()
    effect: str = "Allow"
    principal_type: str | None = None
    principals: Sequence[str] = ()
    conditions: Sequence[Condition] = ()


def merged(statements: Iterable[IamStatement]) -> list[IamStatement]:
    """Return the statements with those as one that differ in their resources alone; none has a ``sid``.

    A policy is shorter so, and no identifier can be another statement's: those that users state stay theirs.
    """
    found: dict[IamStatement, dict[str, None]] = {}
    for statement in statements:
        alike = replace(
            statement,
            sid=None,
            resources=(),
            actions=tuple(statement.actions),
            principals=tuple(statement.principals),
            conditions=tuple(statement.conditions),
        )
        found.setdefault(alike, {}).update(dict.fromkeys(statement.resources))
    return [replace(alike, resources=tuple(resources)) for alike, resources in found.items()]


def policy_length(statements: Iterable[IamStatement]) -> int:
    """Return the number of characters of the policy as ``aws_iam_policy_document`` writes it, without white space."""
    document = {"Version": "2012-10-17", "Statement": [_document(statement) for statement in statements]}
    return len("".join(json.dumps(document, ensure_ascii=False).split()))


def _document(statement: IamStatement) -> Mapping[str, object]:
    stated = {
        "Sid": statement.sid,
        "Effect": statement.effect,
        "Principal": {statement.principal_type: _one_or_all(statement.principals)} if statement.principals else None,
        "Action": _one_or_all(statement.actions),
        "Resource": _one_or_all(statement.resources) if statement.resources else None,
        "Condition": {
            condition.test: {condition.variable: _one_or_all(condition.values)} for condition in statement.conditions
        },
    }
    return {name: value for name, value in stated.items() if value}


def _one_or_all(values: Sequence[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)
