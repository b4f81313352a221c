"""Amazon Resource Names in a description, given per Region where what they name is regional."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from latitude.spec.base import fault
from latitude.spec.limits import Length, Pattern
from latitude.spec.partition import ANY_IAM_ARN, ANY_PARTITION
from latitude.spec.tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from latitude.spec.application import Application
    from latitude.spec.faults import Fault

_ARN_REGION: Final = 3
_ARN_ACCOUNT: Final = 4


SECRET_NAME: Final = r"(?:[a-z-]+!)?[A-Za-z0-9/_+=.@\-]+"  # noqa: S105  a pattern
"""A secret's name; one that a service of AWS manages has the service in front of it, as in ``rds!db-…``."""
MULTI_REGION_KEY: Final = ":key/mrk-"
"""What the ARN of a multi-Region KMS key has in it."""


def _arn(service: str, resource: str, words: str, source: str, shape: str | None = None) -> Pattern:
    regex = rf"arn:{ANY_PARTITION}:{service}:[a-z0-9-]+:[0-9]{{12}}:{resource}"
    return Pattern(regex=regex, words=f"the full ARN of {words}", source=source, shape=shape)


KeyArn = Annotated[
    str,
    _arn(
        "kms",
        r"key/(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|mrk-[0-9a-f]{32})",
        "a KMS key (not of an alias)",
        "KMS Developer Guide, key ARN",
    ),
]
ConnectionArn = Annotated[
    str,
    _arn(
        "apprunner",
        r"connection/[A-Za-z0-9_/\-]+",
        "an App Runner connection",
        "App Runner CreateService",
        "apprunner:CreateService.SourceConfiguration.AuthenticationConfiguration.ConnectionArn",
    ),
]
SecretArn = Annotated[
    str,
    _arn(
        "secretsmanager",
        rf"secret:{SECRET_NAME}-[A-Za-z0-9]{{6}}",
        "a secret, with the six characters that Secrets Manager puts behind its name (its JSON key is json_key)",
        "Secrets Manager User Guide, secret ARN; App Runner Developer Guide, environment",
    ),
]
ParameterArn = Annotated[
    str, _arn("ssm", r"parameter/[A-Za-z0-9_./\-]+", "a parameter", "App Runner Developer Guide, environment")
]
RoleArn = Annotated[
    str,
    Pattern(
        regex=rf"{ANY_IAM_ARN}[0-9]{{12}}:role/[\x21-\x7e]+",
        words="the full ARN of a role",
        source="IAM User Guide, IAM ARNs",
    ),
    Length(
        minimum=29,
        maximum=1024,
        source="App Runner CreateService",
        shape="apprunner:CreateService.InstanceConfiguration.InstanceRoleArn",
    ),
]
WebAclArn = Annotated[str, _arn("wafv2", "regional/webacl/.+", "a regional web ACL", "WAFv2 AssociateWebACL")]


def region_of(arn: str) -> str:
    """Return the Region that an ARN names."""
    return arn.split(":")[_ARN_REGION]


def account_of(arn: str) -> str:
    """Return the id of the account that an ARN names; of a policy of AWS's own ``aws``."""
    return arn.split(":")[_ARN_ACCOUNT]


def regional_faults(
    field: str, arns: Mapping[str, str], application: Application, *, what: str, complete: bool = True
) -> Iterator[Fault]:
    """Yield a fault for each ARN under the wrong Region, and for each Region of the application without one."""
    for region, arn in arns.items():
        if not is_token(arn) and region_of(arn) != region:
            yield fault(
                field,
                region,
                message=f"must be {what} in {region}, got one in {region_of(arn)}: {arn!r} "
                f"(App Runner: {what} is regional)",
            )
    yield from region_faults(field, arns, application, complete=complete)


def region_faults(
    field: str, entries: Mapping[str, object], application: Application, *, complete: bool = True
) -> Iterator[Fault]:
    """Yield a fault for each entry of a Region that the application is not in, and for each that is missing."""
    for region in entries:
        if region not in application.regions:
            yield fault(
                field,
                region,
                message=f"must be a region of the application ({', '.join(application.regions)}), got {region!r} "
                "(Latitude)",
            )
    missing = [region for region in application.regions if region not in entries]
    if complete and missing:
        yield fault(
            field,
            message=f"must have an entry for each region of the application, none for {', '.join(missing)} (Latitude)",
        )
