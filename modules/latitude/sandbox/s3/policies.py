"""Bucket policies whose conditions count, for versions and for buckets too.

moto takes a statement without its conditions, and asks no policy when a bucket or a version is deleted.
"""

from __future__ import annotations

import functools
import json
from typing import Any

from moto.iam.access_control import IAMPolicyStatement, PermissionResult
from moto.s3.exceptions import BucketAccessDeniedError, S3AccessDeniedError
from moto.s3.models import FakeBucket
from moto.s3.responses import S3Response

from latitude.sandbox.s3 import conditions

_delete_bucket = S3Response.delete_bucket
_delete_object = S3Response.delete_object


def _get_permission(self: FakeBucket, action: str, resource: str) -> PermissionResult:
    if self.policy is None:
        return PermissionResult.NEUTRAL
    # HeadObject is no action of IAM: reading an object's headers is reading it.
    asked = "s3:GetObject" if action == "s3:HeadObject" else action
    statements = json.loads(self.policy)["Statement"]
    results = {
        IAMPolicyStatement(statement).is_action_permitted(asked, resource)
        for statement in (
            {key: value for key, value in stated.items() if key != "Condition"}
            for stated in (statements if isinstance(statements, list) else [statements])
            if conditions.hold(stated.get("Condition", {}), self.account_id)
        )
    }
    for result in (PermissionResult.DENIED, PermissionResult.PERMITTED):
        if result in results:
            return result
    return PermissionResult.NEUTRAL


@functools.wraps(_delete_bucket)
def _guarded_delete_bucket(self: S3Response) -> Any:
    bucket = self.backend.get_bucket(self.bucket_name)
    if bucket.get_permission("s3:DeleteBucket", bucket.arn) == PermissionResult.DENIED:
        raise BucketAccessDeniedError(bucket=self.bucket_name)
    return _delete_bucket(self)


@functools.wraps(_delete_object)
def _guarded_delete_object(self: S3Response) -> Any:
    if self._get_param("versionId") is not None:
        bucket = self.backend.get_bucket(self.bucket_name)
        resource = f"{bucket.arn}/{self.parse_key_name()}"
        if bucket.get_permission("s3:DeleteObjectVersion", resource) == PermissionResult.DENIED:
            raise S3AccessDeniedError
    return _delete_object(self)


def install() -> None:
    """Let moto's S3 ask the policies."""
    FakeBucket.get_permission = _get_permission  # type: ignore[method-assign] # moto has no hook
    S3Response.delete_bucket = _guarded_delete_bucket  # type: ignore[method-assign] # the same
    S3Response.delete_object = _guarded_delete_object  # type: ignore[method-assign] # the same
