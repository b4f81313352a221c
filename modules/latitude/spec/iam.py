"""IAM statements as data, and how long the policy is that they make."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from latitude.spec.permissions import Condition

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MAX_INLINE_POLICY_LENGTH: Final = 10240
"""Characters of a role's inline policies together, white space not counted (IAM and STS quotas)."""
MAX_TRUST_POLICY_LENGTH: Final = 2048
"""Characters of a role's trust policy, white space not counted (IAM and STS quotas; AWS raises it on request)."""


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


def oidc_trust(
    *, issuer_arn: str, hostname: str, audience: str, subjects: Sequence[str], conditions: Sequence[Condition] = ()
) -> IamStatement:
    """Return the statement that trusts jobs whose token is for the audience and has one of the subjects, whole."""
    claims = {"aud": (audience,), "sub": tuple(subjects)}
    return IamStatement(
        actions=["sts:AssumeRoleWithWebIdentity"],
        principal_type="Federated",
        principals=[issuer_arn],
        conditions=[
            *(
                Condition(test="StringEquals", variable=f"{hostname}:{claim}", values=values)
                for claim, values in claims.items()
            ),
            *conditions,
        ],
    )


def policy_length(statements: Iterable[IamStatement], *, white_space: bool = False) -> int:
    """Return the number of characters of the policy as ``aws_iam_policy_document`` writes it.

    Without ``white_space`` none of that counts, as it does not for IAM.
    """
    document = {"Version": "2012-10-17", "Statement": [_document(statement) for statement in statements]}
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return len(text if white_space else "".join(text.split()))


def _document(statement: IamStatement) -> Mapping[str, object]:
    stated = {
        "Sid": statement.sid,
        "Effect": statement.effect,
        "Principal": {statement.principal_type: _one_or_all(statement.principals)} if statement.principals else None,
        "Action": _one_or_all(statement.actions),
        "Resource": _one_or_all(statement.resources) if statement.resources else None,
        "Condition": _conditions(statement.conditions),
    }
    return {name: value for name, value in stated.items() if value}


def _conditions(conditions: Sequence[Condition]) -> Mapping[str, Mapping[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for condition in conditions:
        found.setdefault(condition.test, {})[condition.variable] = _one_or_all(condition.values)
    return found


def _one_or_all(values: Sequence[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)
