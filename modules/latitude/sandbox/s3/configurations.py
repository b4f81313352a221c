"""What moto drops of a bucket's lifecycle and replication: Terraform reads back what it wrote, and waits for it."""

from __future__ import annotations

import functools
from typing import Any

from moto.core.responses import ActionResult
from moto.s3.exceptions import ReplicationConfigurationNotFoundError
from moto.s3.models import FakeBucket
from moto.s3.responses import S3Response

_set_lifecycle = FakeBucket.set_lifecycle
_get_lifecycle = S3Response.get_bucket_lifecycle


@functools.wraps(_set_lifecycle)
def _set_whole_lifecycle(self: FakeBucket, rules: list[dict[str, Any]]) -> None:
    _set_lifecycle(self, rules)
    for kept, given in zip(self.rules, rules, strict=True):
        newer = given.get("NoncurrentVersionExpiration", {}).get("NewerNoncurrentVersions")
        vars(kept)["newer_noncurrent_versions"] = newer


@functools.wraps(_get_lifecycle)
def _get_whole_lifecycle(self: S3Response) -> Any:
    serialized = self.serialized

    def complete(action: Any) -> Any:
        rules = self.backend.get_bucket_lifecycle(self.bucket_name)
        for kept, answered in zip(rules, action.result["Rules"], strict=True):
            newer = vars(kept).get("newer_noncurrent_versions")
            if newer is not None:
                answered["NoncurrentVersionExpiration"]["NewerNoncurrentVersions"] = newer
        return serialized(action)

    self.serialized = complete  # type: ignore[assignment,method-assign] # for this answer
    try:
        return _get_lifecycle(self)
    finally:
        del self.serialized


def _get_whole_replication(self: S3Response) -> Any:
    self.data["Action"] = "GetBucketReplication"
    replication = self.backend.get_bucket_replication(self.bucket_name)
    if not replication:
        raise ReplicationConfigurationNotFoundError(bucket_name=self.bucket_name)
    rules = [{"DeleteMarkerReplication": {"Status": "Disabled"}, **rule} for rule in replication["Rule"]]
    for rule in rules:
        prefix = (rule.get("Filter") or {}).get("Prefix")
        rule["Filter"] = {"Prefix": "" if prefix is None else prefix}
    return self.serialized(ActionResult({"ReplicationConfiguration": {"Role": replication["Role"], "Rules": rules}}))


def install() -> None:
    """Let moto's S3 answer with all that it was given."""
    FakeBucket.set_lifecycle = _set_whole_lifecycle  # type: ignore[method-assign] # moto has no hook
    S3Response.get_bucket_lifecycle = _get_whole_lifecycle  # type: ignore[method-assign] # the same
    S3Response.get_bucket_replication = _get_whole_replication  # type: ignore[method-assign] # the same
