"""By what Terraform imports each kind of resource: a name that Latitude gave, or what is found by that name.

The formats are those of the AWS provider's documentation of each resource, section Import.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from latitude.operate import look_ups
from latitude.operate.stack_values import StackValues, UnknownIdError

DOMAIN_ASSOCIATION: Final = "aws_apprunner_custom_domain_association"
"""What has no ``dns_target`` after an import (the provider's documentation): its service's URL is the same."""
Made = Callable[[StackValues, Mapping[str, Any]], str]
"""Returns an id, for the values of a stack and the block of a resource in it."""

_BUCKET: Final = look_ups.by("bucket")
_KINDS: Final[dict[str, Made]] = {
    "aws_appautoscaling_policy": look_ups.by("service_namespace", "resource_id", "scalable_dimension", "name"),
    "aws_appautoscaling_target": look_ups.by("service_namespace", "resource_id", "scalable_dimension"),
    "aws_apprunner_auto_scaling_configuration_version": look_ups.latest(
        "list-auto-scaling-configurations",
        "--auto-scaling-configuration-name",
        "AutoScalingConfigurationSummaryList",
        "AutoScalingConfigurationArn",
        "auto_scaling_configuration_name",
    ),
    "aws_apprunner_connection": look_ups.by("connection_name"),
    "aws_apprunner_custom_domain_association": look_ups.by("domain_name", "service_arn", between=","),
    "aws_apprunner_observability_configuration": look_ups.latest(
        "list-observability-configurations",
        "--observability-configuration-name",
        "ObservabilityConfigurationSummaryList",
        "ObservabilityConfigurationArn",
        "observability_configuration_name",
    ),
    "aws_apprunner_service": look_ups.service_arn,
    "aws_apprunner_vpc_connector": look_ups.connector,
    "aws_apprunner_vpc_ingress_connection": look_ups.ingress,
    "aws_dynamodb_contributor_insights": look_ups.insights,
    "aws_dynamodb_resource_policy": look_ups.by("resource_arn"),
    "aws_dynamodb_table": look_ups.by("name"),
    "aws_dynamodb_table_replica": look_ups.replica,
    "aws_ecr_lifecycle_policy": look_ups.by("repository"),
    "aws_ecr_replication_configuration": lambda _, __: "$account",
    "aws_ecr_repository": look_ups.by("name"),
    "aws_ecr_repository_policy": look_ups.by("repository"),
    "aws_iam_openid_connect_provider": look_ups.oidc,
    "aws_iam_role": look_ups.by("name"),
    "aws_iam_role_policy": look_ups.by("role", "name", between=":"),
    "aws_iam_role_policy_attachment": look_ups.by("role", "policy_arn"),
    "aws_kms_alias": look_ups.by("name"),
    "aws_kms_key": look_ups.key,
    "aws_route53_health_check": look_ups.health_check,
    "aws_route53_record": look_ups.record,
    "aws_route53_zone": look_ups.zone,
    "aws_s3_bucket": _BUCKET,
    "aws_s3_bucket_lifecycle_configuration": _BUCKET,
    "aws_s3_bucket_logging": _BUCKET,
    "aws_s3_bucket_ownership_controls": _BUCKET,
    "aws_s3_bucket_policy": _BUCKET,
    "aws_s3_bucket_public_access_block": _BUCKET,
    "aws_s3_bucket_replication_configuration": _BUCKET,
    "aws_s3_bucket_server_side_encryption_configuration": _BUCKET,
    "aws_s3_bucket_versioning": _BUCKET,
    "aws_security_group": look_ups.security_group,
    "aws_vpc_endpoint": look_ups.endpoint,
    "aws_vpc_security_group_egress_rule": look_ups.egress,
    "aws_wafv2_web_acl_association": look_ups.by("web_acl_arn", "resource_arn", between=","),
    "tfe_workspace": look_ups.by("organization", "name"),
}
_ATTRIBUTES: Final[dict[tuple[str, str], Made]] = {
    ("aws_apprunner_service", "arn"): look_ups.service_arn,
    ("aws_apprunner_service", "service_url"): look_ups.service_url,
    ("aws_dynamodb_table", "arn"): look_ups.table_arn,
    ("aws_dynamodb_table", "id"): look_ups.by("name"),
    ("aws_dynamodb_table_replica", "arn"): look_ups.replica_arn,
    ("aws_iam_role", "arn"): look_ups.role_arn,
    ("aws_iam_role", "id"): look_ups.by("name"),
    ("aws_kms_key", "arn"): look_ups.key_arn,
    ("aws_kms_key", "key_id"): look_ups.key,
    ("aws_route53_zone", "zone_id"): look_ups.zone,
    ("aws_s3_bucket", "id"): _BUCKET,
    ("aws_security_group", "id"): look_ups.security_group,
    ("aws_vpc_endpoint", "id"): look_ups.endpoint,
    ("data.aws_route53_zone", "id"): look_ups.zone,
    ("data.aws_route53_zone", "zone_id"): look_ups.zone,
}


@dataclass(frozen=True, kw_only=True)
class Ids(StackValues):
    """The ids of one synthesized stack's resources, as words of a shell in double quotes."""

    attributes: Mapping[tuple[str, str], Made] = field(default_factory=lambda: _ATTRIBUTES)

    def of(self, kind: str, name: str) -> str:
        """Return the id by which ``terraform import`` takes a resource.

        Raises:
            UnknownIdError: there is none, or none that is known.

        """
        if kind == "terraform_data":
            raise UnknownIdError("it is nothing in AWS, and made by the next apply")
        made = _KINDS.get(kind)
        if made is None:
            raise UnknownIdError("no id is known for this kind of resource")
        return made(self, self.block(kind, name))
