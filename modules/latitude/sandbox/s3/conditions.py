"""The conditions of a bucket policy's statements, as IAM evaluates them for the keys that a request has here."""

from __future__ import annotations

import fnmatch
import re
from typing import TYPE_CHECKING, Any

from flask import request

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADERS = (
    "x-amz-server-side-encryption",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-customer-algorithm",
)
_IF_EXISTS = "IfExists"


def hold(conditions: Mapping[str, Mapping[str, Any]], account_id: str) -> bool:
    """Say whether all conditions hold for the request that is being answered."""
    context = _context(account_id)
    return all(
        _holds(operator, context.get(key.lower()), _texts(values))
        for operator, entries in conditions.items()
        for key, values in entries.items()
    )


def _texts(values: Any) -> list[str]:
    # Numbers and booleans may stand without quotes (IAM User Guide, Grammar of the IAM JSON policy language).
    listed = values if isinstance(values, list) else [values]
    return [str(value).lower() if isinstance(value, bool) else str(value) for value in listed]


def _holds(operator: str, actual: str | None, expected: list[str]) -> bool:
    name = operator.removesuffix(_IF_EXISTS)
    if name == "Null":
        return (actual is None) is (expected[0].lower() == "true")
    negated = "Not" in name
    if actual is None:
        # A key that the request lacks matches nothing, so that what must not match holds (IAM User Guide).
        return negated or operator.endswith(_IF_EXISTS)
    if name == "Bool":
        return actual == expected[0].lower()
    wild = "Like" in name or name.startswith("Arn")
    matches = any(fnmatch.fnmatchcase(actual, value) if wild else actual == value for value in expected)
    return matches is not negated


def _context(account_id: str) -> dict[str, str]:
    # Clients reach the sandbox by plain HTTP on loopback; a policy that wants TLS is met.
    context = {"aws:securetransport": "true", "aws:principalarn": _principal(account_id)}
    for header in _HEADERS:
        if header in request.headers:
            context[f"s3:{header}"] = request.headers[header]
    return context


def _principal(account_id: str) -> str:
    from moto.sts.models import sts_backends  # noqa: PLC0415 - importing moto takes a third of a second

    found = re.search(r"Credential=([^/]+)/", request.headers.get("Authorization", ""))
    role = (
        None if found is None else sts_backends[account_id]["global"].get_assumed_role_from_access_key(found.group(1))
    )
    return f"arn:aws:iam::{account_id}:user/moto" if role is None else str(role.role_arn)
