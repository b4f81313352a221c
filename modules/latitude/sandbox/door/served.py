"""The one list of the services that are served: what Latitude emits needs them, and nothing else is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Service:
    """A service of AWS.

    ``model`` is botocore's name of it, ``package`` moto's. ``resources`` say what needs it: how types of the Terraform
    provider begin, or, in parentheses, what else.
    """

    model: str
    package: str
    resources: tuple[str, ...]


SERVED: Final[dict[str, tuple[Service, ...]]] = {
    "application-autoscaling": (
        Service(model="application-autoscaling", package="applicationautoscaling", resources=("aws_appautoscaling_",)),
    ),
    "apprunner": (Service(model="apprunner", package="apprunner", resources=("aws_apprunner_",)),),
    "dynamodb": (
        Service(model="dynamodb", package="dynamodb", resources=("aws_dynamodb_",)),
        Service(model="dynamodbstreams", package="dynamodbstreams", resources=("(an application's own reading)",)),
    ),
    "ec2": (Service(model="ec2", package="ec2", resources=("aws_security_group", "aws_subnet", "aws_vpc_")),),
    "ecr": (Service(model="ecr", package="ecr", resources=("aws_ecr_",)),),
    "elasticloadbalancing": (
        Service(model="elb", package="elb", resources=("(the target of an alias record)",)),
        Service(model="elbv2", package="elbv2", resources=("(the target of an alias record)",)),
    ),
    "iam": (Service(model="iam", package="iam", resources=("aws_iam_",)),),
    "kms": (Service(model="kms", package="kms", resources=("aws_kms_",)),),
    "monitoring": (
        Service(model="cloudwatch", package="cloudwatch", resources=("(the alarm that a health check goes by)",)),
    ),
    "route53": (Service(model="route53", package="route53", resources=("aws_route53_",)),),
    "s3": (
        Service(model="s3", package="s3", resources=("aws_s3_",)),
        Service(model="s3control", package="s3control", resources=("(the provider's tags of a bucket, from 6 on)",)),
    ),
    "secretsmanager": (Service(model="secretsmanager", package="secretsmanager", resources=("aws_secretsmanager_",)),),
    "ssm": (Service(model="ssm", package="ssm", resources=("(a service's parameters)",)),),
    "sts": (Service(model="sts", package="sts", resources=("aws_caller_identity",)),),
    "wafv2": (Service(model="wafv2", package="wafv2", resources=("aws_wafv2_",)),),
}
"""By the name that requests are signed for. Whoever emits a resource of another service adds the service here."""
