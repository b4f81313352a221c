"""Replication of a bucket of state to another region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.bindings import Construct, aws
from latitude.constructs.capability import Capability
from latitude.constructs.identity.policy_document import document
from latitude.constructs.identity.role import make_role
from latitude.spec.iam import IamStatement

if TYPE_CHECKING:
    from latitude.constructs.state.bucket import TerraformStateBucket
    from latitude.spec import RoleSettings


class StateReplication(Capability):
    """Copies what is written to a bucket of state, and its delete markers, to a bucket in another region.

    S3 decrypts with the one bucket's key and encrypts with the other's. Only what is written after the rule exists is
    copied (Amazon S3 User Guide, replicating encrypted objects).
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        provider: Any,
        role_name: str,
        settings: RoleSettings,
        source: TerraformStateBucket,
        destination: TerraformStateBucket,
    ) -> None:
        super().__init__(scope, id, provider=provider)
        trust = IamStatement(actions=["sts:AssumeRole"], principal_type="Service", principals=["s3.amazonaws.com"])
        role = make_role(self, name=role_name, trust=trust, settings=settings)
        policy = self.make(
            aws.iam_role_policy.IamRolePolicy,
            name="replicate",
            role=role.name,
            policy=document(self, "replicate", _statements(source, destination)),
        )
        module = aws.s3_bucket_replication_configuration
        criteria = module.S3BucketReplicationConfigurationRuleSourceSelectionCriteria(
            sse_kms_encrypted_objects=module.S3BucketReplicationConfigurationRuleSourceSelectionCriteriaSseKmsEncryptedObjects(
                status="Enabled"
            )
        )
        target = module.S3BucketReplicationConfigurationRuleDestination(
            bucket=destination.arn,
            storage_class="STANDARD",
            encryption_configuration=module.S3BucketReplicationConfigurationRuleDestinationEncryptionConfiguration(
                replica_kms_key_id=destination.key_arn
            ),
        )
        rule = module.S3BucketReplicationConfigurationRule(
            id="state",
            status="Enabled",
            priority=0,
            filter=module.S3BucketReplicationConfigurationRuleFilter(prefix=""),
            delete_marker_replication={"status": "Enabled"},
            source_selection_criteria=criteria,
            destination=target,
        )
        self.make(
            module.S3BucketReplicationConfigurationA,
            bucket=source.name,
            role=role.arn,
            rule=[rule],
            depends_on=[source.versioning, destination.versioning, policy],
        )


def _statements(source: TerraformStateBucket, destination: TerraformStateBucket) -> list[IamStatement]:
    return [
        IamStatement(actions=["s3:GetReplicationConfiguration", "s3:ListBucket"], resources=[source.arn]),
        IamStatement(
            actions=["s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"],
            resources=[f"{source.arn}/*"],
        ),
        IamStatement(
            actions=["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
            resources=[f"{destination.arn}/*"],
        ),
        IamStatement(actions=["kms:Decrypt"], resources=[source.key_arn]),
        IamStatement(actions=["kms:Encrypt", "kms:GenerateDataKey"], resources=[destination.key_arn]),
    ]
