"""The spec's limits, held to the service models that AWS publishes in botocore."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latitude.spec.inspection import limits
from latitude.spec.limits import Length, Limit, OneOf, Pattern, Range
from tests.unit.botocore_shapes import alternatives, shape_of

_CODE: Final = "apprunner:CreateService.SourceConfiguration.CodeRepository"
_IMAGE: Final = "apprunner:CreateService.SourceConfiguration.ImageRepository"

Statement = tuple[Any, ...]

DIFFERENCES: Final[dict[tuple[str, str], tuple[Statement, str]]] = {
    ("iam:CreateRole.Tags", "Length"): ((None, 50), "five are kept for Latitude's own; none is allowed"),
    ("iam:CreateRole.Path", "Pattern"): (
        (r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)",),
        "names as IAM allows them for roles: no wildcard, no empty part",
    ),
    ("ecr:BatchGetImage.imageIds[].imageTag", "Length"): ((1, 300), "the OCI specification allows 128"),
    ("ecr:CreateRepository.repositoryName", "Pattern"): (
        (r"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*",),
        "App Runner's ImageIdentifier has no double separators",
    ),
    (f"{_IMAGE}.ImageIdentifier", "Pattern"): (
        (
            (
                r"([0-9]{12}.dkr.ecr.[a-z\-]+-[0-9]{1}.amazonaws.com\/((?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-]"
                r"[a-z0-9]+)*)(:([\w\d+\-=._:\/@])+|@([\w\d\:]+))?)|(^public\.ecr\.aws\/.+\/((?:[a-z0-9]+(?:[._-][a-z0-9]+)"
                r"*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*)(:([\w\d+\-=._:\/@])+|@([\w\d\:]+))?)"
            ),
        ),
        "a PublicImage is of ECR Public",
    ),
    (f"{_CODE.removesuffix('.CodeRepository')}.AuthenticationConfiguration.ConnectionArn", "Pattern"): (
        (r"arn:aws(-[\w]+)*:[a-z0-9-\\.]{0,63}:[a-z0-9-\\.]{0,63}:[0-9]{12}:(\w|\/|-){1,1011}",),
        "the pattern is every App Runner ARN's",
    ),
    ("apprunner:CreateAutoScalingConfiguration.MaxSize", "Range"): ((1, None), "25 is the default quota"),
    ("route53:CreateHealthCheck.HealthCheckConfig.ResourcePath", "Length"): ((None, 255), "a path begins with /"),
    ("ssm:PutParameter.Name", "Length"): ((1, 2048), "its documentation: 1037 are reserved"),
    ("apprunner:AssociateCustomDomain.DomainName", "Pattern"): (
        ("[A-Za-z0-9*.-]{1,255}",),
        "RFC 1035; a wildcard has no health check",
    ),
    ("apprunner:AssociateCustomDomain.DomainName", "Length"): ((1, 255), "RFC 1035: 253 without the last dot"),
    ("route53:GetHostedZone.Id", "Length"): ((None, 32), "an id is Z and more"),
    ("kms:ScheduleKeyDeletion.PendingWindowInDays", "Range"): ((1, 365), "its documentation: between 7 and 30"),
    ("dynamodb:CreateTable.TableName", "Length"): ((1, 1024), "that of an ARN; a name has 3 to 255"),
    ("dynamodb:CreateTable.GlobalSecondaryIndexes[].Projection.NonKeyAttributes", "Length"): (
        (1, 20),
        "none is unset",
    ),
    ("dynamodb:UpdateTable.ProvisionedThroughput.ReadCapacityUnits", "Range"): ((1, None), "40000 is the quota"),
}
"""Where the spec differs on purpose: what botocore states, and why the spec does not. Stale entries fail."""

STRICTER: Final[dict[str, Statement]] = {
    "iam:CreateRole.Tags": (0, 45),
    "ecr:BatchGetImage.imageIds[].imageTag": (1, 128),
    "apprunner:CreateAutoScalingConfiguration.MaxSize": (1, 25),
    "route53:CreateHealthCheck.HealthCheckConfig.ResourcePath": (1, 255),
    "ssm:PutParameter.Name": (1, 1011),
    "apprunner:AssociateCustomDomain.DomainName": (1, 253),
    "route53:GetHostedZone.Id": (2, 32),
    "kms:ScheduleKeyDeletion.PendingWindowInDays": (7, 30),
    "dynamodb:CreateTable.TableName": (1, 226),
    "dynamodb:CreateTable.GlobalSecondaryIndexes[].Projection.NonKeyAttributes": (0, 20),
    "dynamodb:UpdateTable.ProvisionedThroughput.ReadCapacityUnits": (1, 40000),
}
"""The numbers of the spec where they differ on purpose: a slip of the pen is no purpose."""


def botocores(path: str, limit: Limit) -> Statement:
    """Return what botocore states about what the limit bounds, in the form of ``ours``."""
    shape: Any = shape_of(path)
    if isinstance(limit, Pattern):
        return (shape.metadata.get("pattern"),)
    if isinstance(limit, OneOf) and getattr(shape, "enum", None):
        return tuple(sorted(shape.enum))
    if isinstance(limit, OneOf) and "pattern" in shape.metadata:
        return tuple(sorted(int(word) for word in alternatives(shape) if word.isdecimal()))
    return (shape.metadata.get("min"), shape.metadata.get("max"))


def ours(limit: Limit) -> Statement:
    """Return what the spec states."""
    if isinstance(limit, Range | Length):
        return (limit.minimum, limit.maximum)
    if isinstance(limit, Pattern):
        return (limit.regex,)
    assert isinstance(limit, OneOf)
    return tuple(sorted(limit.values, key=lambda value: (str(type(value)), value)))


def cited() -> dict[tuple[str, str], Limit]:
    """Return each limit that cites a shape, once."""
    return {
        (limit.shape, type(limit).__name__): limit
        for found in limits().values()
        for limit in found
        if limit.shape is not None
    }


@pytest.mark.parametrize(("shape", "kind"), sorted(cited()), ids=" ".join)
def test_spec_limits_match_botocore(shape: str, kind: str) -> None:
    """A limit is botocore's own, or differs from exactly what botocore states now for a reason that is written down."""
    limit = cited()[shape, kind]
    expected, _ = DIFFERENCES.get((shape, kind), (ours(limit), ""))
    assert botocores(shape, limit) == expected
    assert ((shape, kind) in DIFFERENCES) == (botocores(shape, limit) != ours(limit))


def test_spec_numbers_that_differ_are_the_ones_meant() -> None:
    """Where a bound is not botocore's, it is the one that the documentation or the quota names."""
    differing = {shape: ours(limit) for (shape, kind), limit in cited().items() if (shape, kind) in DIFFERENCES}
    numbers = {shape: stated for shape, stated in differing.items() if not isinstance(stated[0], str)}
    assert numbers == STRICTER


def test_spec_names_leave_room_for_each_other() -> None:
    """The longest application's and the longest table's name are 255 characters together, DynamoDB's longest."""
    application, table = (
        next(limit.maximum for limit in limits()[f"{model}.name"] if isinstance(limit, Length))
        for model in ("Application", "Table")
    )
    assert application + len("-") + table == 255


def test_spec_differences_are_all_in_use() -> None:
    """No difference is excused for a limit that is gone."""
    assert set(DIFFERENCES) <= set(cited())


def test_spec_names_of_shapes_are_stated_once() -> None:
    """Two limits of the same kind that cite the same shape state the same bound."""
    statements: dict[tuple[str, str], set[Statement]] = {}
    for found in limits().values():
        for limit in found:
            if limit.shape is not None:
                statements.setdefault((limit.shape, type(limit).__name__), set()).add(ours(limit))
    assert {shape for shape, stated in statements.items() if len(stated) > 1} == set()


NARROWER: Final = sorted(shape for shape, kind in DIFFERENCES if kind == "Pattern" and not shape.startswith("iam:"))


@pytest.mark.parametrize("shape", NARROWER)
@settings(max_examples=15)
@given(data=st.data())
def test_spec_pattern_narrower_than_botocores_stays_within_it(shape: str, data: st.DataObject) -> None:
    """Whatever a pattern of the spec allows, AWS's own pattern allows too."""
    limit = cited()[shape, "Pattern"]
    assert isinstance(limit, Pattern)
    text = data.draw(
        st.from_regex(re.compile(limit.regex, re.ASCII), fullmatch=True).filter(lambda text: len(text) < 200)
    )
    assert re.fullmatch(str(botocores(shape, limit)[0]), text), text
