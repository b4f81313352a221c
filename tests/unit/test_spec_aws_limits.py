"""The spec's limits, held to the service models that AWS publishes in botocore."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, get_args, get_origin

import botocore.session
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modules.spec import Service
from modules.spec.application import _MIN_APP_RUNNER_NAME_LENGTH
from modules.spec.image import Image
from modules.spec.inspection import annotation_of, limits, models
from modules.spec.instance import MEMORY_BY_CPU
from modules.spec.limits import Length, Limit, OneOf, Pattern, Range
from modules.spec.names import MAX_APP_RUNNER_NAME_LENGTH, MAX_ROLE_NAME_LENGTH, MAX_SHORT_APP_RUNNER_NAME_LENGTH
from modules.spec.regions import APP_RUNNER_REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from botocore.model import ServiceModel, Shape

_CODE: Final = "apprunner:CreateService.SourceConfiguration.CodeRepository"
_IMAGE: Final = "apprunner:CreateService.SourceConfiguration.ImageRepository"

Statement = tuple[Any, ...]

DIFFERENCES: Final[dict[tuple[str, str], tuple[Statement, str]]] = {
    ("iam:CreateRole.Tags", "Length"): ((None, 50), "five are kept for Latitude's own; none is allowed"),
    ("iam:CreateRole.Tags[].Key", "Pattern"): (
        (r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+",),
        "neither Python nor Terraform has \\p{Z}: what IAM refuses is stated instead; aws: is reserved",
    ),
    ("iam:CreateRole.Tags[].Value", "Pattern"): ((r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*",), "the same"),
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

LITERALS: Final = {
    "HealthCheck.protocol": "apprunner:CreateService.HealthCheckConfiguration.Protocol",
    "Service.ip_address_type": "apprunner:CreateService.NetworkConfiguration.IpAddressType",
    "Connection.provider_type": "apprunner:CreateConnection.ProviderType",
    "Table.table_class": "dynamodb:CreateTable.TableClass",
    "Table.attributes": "dynamodb:CreateTable.AttributeDefinitions[].AttributeType",
    "Table.consistency": "dynamodb:UpdateTable.MultiRegionConsistency",
    "GlobalIndex.projection": "dynamodb:CreateTable.GlobalSecondaryIndexes[].Projection.ProjectionType",
    "LocalIndex.projection": "dynamodb:CreateTable.LocalSecondaryIndexes[].Projection.ProjectionType",
}
"""Fields with AWS's own words."""

LATITUDES_WORDS: Final = {
    "Application.layout",
    "TableAccess.access",
    "Registry.replication",
    "Statement.effect",
    "PolicyStatement.effect",
}
"""Fields with words that botocore does not state: Latitude's, and the policy grammar's Allow and Deny."""


@cache
def service_model(name: str) -> ServiceModel:
    """Return botocore's model of a service."""
    return botocore.session.get_session().get_service_model(name)


def shape_of(path: str) -> Shape:
    """Return the shape that a ``Limit.shape`` names."""
    service, _, members = path.partition(":")
    operation, *steps = re.findall(r"\w+|\[\]|\{key\}|\{value\}", members)
    shape: Any = service_model(service).operation_model(operation).input_shape
    for step in steps:
        if step == "[]":
            shape = shape.member
        elif step in {"{key}", "{value}"}:
            shape = getattr(shape, step.strip("{}"))
        else:
            shape = shape.members[step]
    found: Shape = shape
    return found


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


def alternatives(shape: Any) -> Iterator[str]:
    """Yield every word that the pattern of App Runner's Cpu or Memory allows."""
    numbers, _, words = str(shape.metadata["pattern"]).partition("|(")
    yield from numbers.split("|")
    inner, _, unit = words.partition(")")
    yield from (f"{number}{unit}" for number in inner.split("|"))


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


@pytest.mark.parametrize("field", sorted(LITERALS))
def test_spec_words_match_botocore(field: str) -> None:
    """A field with AWS's words has all of them and no other, in AWS's spelling or, where it reads better, lower."""
    name, _, member = field.partition(".")
    model = next(model for model in models() if model.__name__ == name)
    stated = {word for literal in literals_in(annotation_of(model, member)) for word in get_args(literal)}
    shape: Any = shape_of(LITERALS[field])
    assert {word.upper() for word in stated} == set(shape.enum)


def test_spec_words_of_every_field_have_an_owner() -> None:
    """Each field that is a choice of words is held to botocore, or listed as Latitude's own."""
    found = {
        f"{model.__name__}.{field}"
        for model in models()
        for field in model.model_fields
        if any(literals_in(annotation_of(model, field)))
    }
    assert found == set(LITERALS) | LATITUDES_WORDS


def literals_in(annotation: Any) -> Iterator[Any]:
    """Yield each ``Literal`` in an annotation."""
    if get_origin(annotation) is Literal:
        yield annotation
    else:
        for argument in get_args(annotation):
            yield from literals_in(argument)


def test_spec_regions_match_botocores_endpoints() -> None:
    """The regions with App Runner are those for which botocore has an endpoint."""
    assert botocore.session.get_session().get_available_regions("apprunner") == sorted(APP_RUNNER_REGIONS)


@pytest.mark.parametrize(
    ("field", "units"),
    [("Cpu", tuple(MEMORY_BY_CPU)), ("Memory", (512, *sorted({1024, 12288})))],
    ids=["cpu", "memory"],
)
def test_spec_instance_words_are_botocores(field: str, units: tuple[int, ...]) -> None:
    """Every word that App Runner's pattern allows is read as the number that the pattern allows too."""
    words = list(alternatives(shape_of(f"apprunner:CreateService.InstanceConfiguration.{field}")))
    numbers = [int(word) for word in words if word.isdecimal()]
    spelled = [word for word in words if not word.isdecimal()]
    read = [
        getattr(Service(**{"name": "web", "image": Image(tag="1"), field.lower(): word}), field.lower())
        for word in spelled
    ]
    assert read == numbers
    assert set(units) <= set(numbers)


def test_spec_memory_of_every_cpu_is_botocores() -> None:
    """The table of pairs has every size that App Runner's patterns allow, and no other."""
    cpu, memory = (
        {
            int(word)
            for word in alternatives(shape_of(f"apprunner:CreateService.InstanceConfiguration.{field}"))
            if word.isdecimal()
        }
        for field in ("Cpu", "Memory")
    )
    assert set(MEMORY_BY_CPU) == cpu
    assert {size for sizes in MEMORY_BY_CPU.values() for size in sizes} == memory


@pytest.mark.parametrize(
    ("shape", "minimum", "maximum"),
    [
        ("apprunner:CreateService.ServiceName", _MIN_APP_RUNNER_NAME_LENGTH, MAX_APP_RUNNER_NAME_LENGTH),
        ("apprunner:CreateVpcConnector.VpcConnectorName", 4, MAX_APP_RUNNER_NAME_LENGTH),
        ("apprunner:CreateVpcIngressConnection.VpcIngressConnectionName", 4, MAX_APP_RUNNER_NAME_LENGTH),
        ("apprunner:CreateAutoScalingConfiguration.AutoScalingConfigurationName", 4, MAX_SHORT_APP_RUNNER_NAME_LENGTH),
        (
            "apprunner:CreateObservabilityConfiguration.ObservabilityConfigurationName",
            4,
            MAX_SHORT_APP_RUNNER_NAME_LENGTH,
        ),
        ("apprunner:CreateConnection.ConnectionName", 4, MAX_SHORT_APP_RUNNER_NAME_LENGTH),
        ("iam:CreateRole.RoleName", 1, MAX_ROLE_NAME_LENGTH),
    ],
)
def test_spec_lengths_of_derived_names_match_botocore(shape: str, minimum: int, maximum: int) -> None:
    """Names that Latitude derives are as long as AWS allows."""
    metadata = shape_of(shape).metadata
    assert (metadata["min"], metadata["max"]) == (minimum, maximum)


def test_spec_regions_fit_one_replication_rule() -> None:
    """All regions but the home region fit into the destinations of one ECR replication rule."""
    rules = "ecr:PutReplicationConfiguration.replicationConfiguration.rules"
    assert len(APP_RUNNER_REGIONS) - 1 <= shape_of(f"{rules}[].destinations").metadata["max"]
