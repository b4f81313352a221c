"""The bucket that keeps Terraform's state in one region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from latitude.bindings import Construct, aws, cdktf
from latitude.constructs.capability import Capability
from latitude.constructs.identity.encryption_key import EncryptionKey
from latitude.constructs.identity.policy_document import document
from latitude.constructs.state.bucket_policy import guards
from latitude.spec import CustomerManagedKey
from latitude.spec.state_bucket import REGION_PLACEHOLDER

if TYPE_CHECKING:
    from latitude.spec import StateBucket

_UNFINISHED_UPLOAD_DAYS: Final = 7


class TerraformStateBucket(Capability):
    """Makes a bucket for state, with a KMS key of its own: versioned, closed to the public, and not to be destroyed.

    Its default encryption names the key: the backend's ``encrypt`` without a key would ask S3 for AES256 instead
    (Terraform, S3 backend, client.go), which the bucket's policy denies.
    """

    def __init__(
        self, scope: Construct, id: str, *, spec: StateBucket, provider: Any, region: str, name: str, key_alias: str
    ) -> None:
        super().__init__(scope, id, provider=provider)
        self.region, self.bucket_name = region, name
        key = EncryptionKey(
            self,
            "key",
            spec=CustomerManagedKey(),
            provider=provider,
            alias=key_alias,
            description=f"Terraform state in {name}",
            prevent_destroy=True,
        )
        self.key_arn = key.arn
        self.bucket = self.make(
            aws.s3_bucket.S3Bucket,
            bucket=name,
            force_destroy=False,
            lifecycle=cdktf.TerraformResourceLifecycle(prevent_destroy=True),
        )
        self.name: str = self.bucket.id
        self.arn: str = self.bucket.arn
        self.versioning = self.make(
            aws.s3_bucket_versioning.S3BucketVersioningA,
            bucket=self.name,
            versioning_configuration={"status": "Enabled"},
        )
        self._encrypt()
        access = self._close()
        self._expire(spec)
        self._log_access(spec)
        self.make(
            aws.s3_bucket_policy.S3BucketPolicy,
            bucket=self.name,
            policy=document(self, "guards", guards(spec, self.arn, key_arn=self.key_arn)),
            # S3 refuses two changes of a bucket's access at the same time (OperationAborted).
            depends_on=[access],
        )

    def _encrypt(self) -> None:
        module = aws.s3_bucket_server_side_encryption_configuration
        default = module.S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA(
            sse_algorithm="aws:kms", kms_master_key_id=self.key_arn
        )
        self.make(
            module.S3BucketServerSideEncryptionConfigurationA,
            bucket=self.name,
            rule=[
                module.S3BucketServerSideEncryptionConfigurationRuleA(
                    apply_server_side_encryption_by_default=default, bucket_key_enabled=True
                )
            ],
        )

    def _close(self) -> Any:
        owned = self.make(
            aws.s3_bucket_ownership_controls.S3BucketOwnershipControls,
            bucket=self.name,
            rule={"object_ownership": "BucketOwnerEnforced"},
        )
        return self.make(
            aws.s3_bucket_public_access_block.S3BucketPublicAccessBlock,
            bucket=self.name,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            depends_on=[owned],
        )

    def _log_access(self, spec: StateBucket) -> None:
        if spec.access_log_bucket is not None:
            self.make(
                aws.s3_bucket_logging.S3BucketLoggingA,
                bucket=self.name,
                target_bucket=spec.access_log_bucket.replace(REGION_PLACEHOLDER, self.region),
                target_prefix=f"{self.bucket_name}/",
            )

    def _expire(self, spec: StateBucket) -> None:
        module = aws.s3_bucket_lifecycle_configuration
        rule = module.S3BucketLifecycleConfigurationRule(
            id="old-versions",
            status="Enabled",
            filter=[module.S3BucketLifecycleConfigurationRuleFilter(prefix="")],
            noncurrent_version_expiration=[
                module.S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(
                    noncurrent_days=spec.noncurrent_days, newer_noncurrent_versions=spec.noncurrent_versions
                )
            ],
            # A lock that is given up leaves a marker behind.
            expiration=[module.S3BucketLifecycleConfigurationRuleExpiration(expired_object_delete_marker=True)],
            abort_incomplete_multipart_upload=[
                module.S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload(
                    days_after_initiation=_UNFINISHED_UPLOAD_DAYS
                )
            ],
        )
        self.make(module.S3BucketLifecycleConfiguration, bucket=self.name, rule=[rule], depends_on=[self.versioning])
