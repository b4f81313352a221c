"""The spec's words, regions, sizes and lengths of names, held to botocore."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, get_args, get_origin

import botocore.session
import pytest

from latitude.spec import Service
from latitude.spec.app_runner import APP_RUNNER
from latitude.spec.image import Image
from latitude.spec.inspection import annotation_of, models
from latitude.spec.instance import MEMORY_BY_CPU
from latitude.spec.names import MAX_APP_RUNNER_NAME_LENGTH, MAX_ROLE_NAME_LENGTH, MAX_SHORT_APP_RUNNER_NAME_LENGTH
from latitude.spec.regions import APP_RUNNER_REGIONS
from tests.unit.botocore_shapes import alternatives, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    "RepositoryStatement.effect",
}
"""Fields with words that botocore does not state: Latitude's, and the policy grammar's Allow and Deny."""


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
        ("apprunner:CreateService.ServiceName", APP_RUNNER.min_name_length, MAX_APP_RUNNER_NAME_LENGTH),
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
