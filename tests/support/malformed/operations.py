"""What is asked for: operations that the Terraform provider uses for what Latitude emits, and control routes."""

from __future__ import annotations

from typing import Final

_LISTED: Final = """
application-autoscaling: DeleteScalingPolicy DeregisterScalableTarget DescribeScalableTargets DescribeScalingPolicies
    ListTagsForResource PutScalingPolicy RegisterScalableTarget TagResource
apprunner: AssociateCustomDomain CreateAutoScalingConfiguration CreateConnection CreateObservabilityConfiguration
    CreateService CreateVpcConnector CreateVpcIngressConnection DeleteService DescribeService ListServices
    ListTagsForResource PauseService StartDeployment TagResource UpdateService
dynamodb: BatchWriteItem CreateTable DeleteItem DeleteTable DescribeContinuousBackups DescribeTable DescribeTimeToLive
    GetItem ListTables ListTagsOfResource PutItem Query Scan TagResource TransactWriteItems UpdateContinuousBackups
    UpdateContributorInsights UpdateItem UpdateTable UpdateTimeToLive
ec2: AuthorizeSecurityGroupEgress CreateSecurityGroup CreateTags CreateVpcEndpoint DeleteSecurityGroup
    DescribeSecurityGroupRules DescribeSecurityGroups DescribeSubnets DescribeVpcEndpointServices DescribeVpcEndpoints
    DescribeVpcs RevokeSecurityGroupEgress
ecr: BatchGetImage CreateRepository DeleteRepository DescribeImages DescribeRegistry DescribeRepositories
    GetLifecyclePolicy GetRepositoryPolicy InitiateLayerUpload ListTagsForResource PutImage PutLifecyclePolicy
    PutReplicationConfiguration SetRepositoryPolicy TagResource UploadLayerPart
iam: AttachRolePolicy CreateOpenIDConnectProvider CreateRole DeleteRole DeleteRolePolicy DetachRolePolicy GetRole
    GetRolePolicy ListAttachedRolePolicies ListRolePolicies ListRoles PutRolePolicy TagRole UpdateAssumeRolePolicy
kms: CreateAlias CreateKey Decrypt DescribeKey EnableKeyRotation Encrypt GetKeyPolicy GetKeyRotationStatus ListAliases
    ListKeys ListResourceTags PutKeyPolicy ScheduleKeyDeletion TagResource
route53: ChangeResourceRecordSets ChangeTagsForResource CreateHealthCheck CreateHostedZone DeleteHealthCheck
    DeleteHostedZone GetChange GetHealthCheck GetHostedZone ListHostedZones ListResourceRecordSets ListTagsForResource
    UpdateHealthCheck
s3: CreateBucket DeleteBucket DeleteObject GetBucketLocation GetBucketPolicy GetBucketVersioning GetObject HeadBucket
    HeadObject ListBuckets ListObjectsV2 PutBucketEncryption PutBucketLifecycleConfiguration PutBucketOwnershipControls
    PutBucketPolicy PutBucketReplication PutBucketTagging PutBucketVersioning PutObject PutPublicAccessBlock
secretsmanager: CreateSecret DeleteSecret DescribeSecret GetSecretValue ListSecrets PutSecretValue
ssm: DeleteParameter DescribeParameters GetParameter GetParameters ListTagsForResource PutParameter
sts: AssumeRole GetCallerIdentity
wafv2: AssociateWebACL CreateWebACL DisassociateWebACL GetWebACL GetWebACLForResource ListWebACLs
"""


def _read() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in _LISTED.split():
        if word.endswith(":"):
            names = found.setdefault(word[:-1], [])
        else:
            names.append(word)
    return found


OPERATIONS: Final = _read()
ROUTES: Final = [
    "add-fault",
    "clear-faults",
    "complete-handshake",
    "network",
    "region",
    "resolve",
    "resource",
    "service-health",
    "status",
    "nothing",
]
FIELDS: Final = [
    "service_arn",
    "healthy",
    "region",
    "dark",
    "mode",
    "kind",
    "service",
    "probability",
    "seconds",
    "seed",
    "name",
    "place",
    "arn",
    "connection_arn",
    "ids",
    "vpc_id",
    "from_region_or_place",
    "provider_type",
]
