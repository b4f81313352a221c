"""Bucket policies that are none are refused when they are put: moto keeps whatever comes."""

from __future__ import annotations

import functools
import json
from typing import Any

from moto.s3.exceptions import S3ClientError
from moto.s3.models import S3Backend

_put_bucket_policy = S3Backend.put_bucket_policy


@functools.wraps(_put_bucket_policy)
def _put_well_formed(self: S3Backend, bucket_name: str, policy: bytes) -> None:
    if not _is_policy(policy):
        msg = "Policies must be valid JSON and the first byte must be '{'"
        raise S3ClientError("MalformedPolicy", msg)
    _put_bucket_policy(self, bucket_name, policy)


def _is_policy(text: bytes) -> bool:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return False
    stated = document.get("Statement") if isinstance(document, dict) else None
    statements = stated if isinstance(stated, list) else [stated]
    return all(_is_statement(statement) for statement in statements)


def _is_statement(statement: Any) -> bool:
    if not isinstance(statement, dict) or statement.get("Effect") not in ("Allow", "Deny"):
        return False
    conditions = statement.get("Condition", {})
    texts = [statement.get(name, []) for name in ("Action", "NotAction", "Resource", "NotResource")]
    if not isinstance(conditions, dict) or not all(isinstance(entries, dict) for entries in conditions.values()):
        return False
    return all(_are_texts(text) for text in (*texts, *(text for each in conditions.values() for text in each.values())))


def _are_texts(value: Any) -> bool:
    # A condition's number or boolean is read as text (IAM User Guide, Grammar of the IAM JSON policy language).
    return all(isinstance(text, str | int | float) for text in (value if isinstance(value, list) else [value]))


def install() -> None:
    """Let moto's S3 take policies only."""
    S3Backend.put_bucket_policy = _put_well_formed  # type: ignore[method-assign] # moto has no hook
