"""Where a service comes from: images, source code, connections, and the parameters that it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from latitude.spec import Connection, PublicImage, SsmParameter, TableAccess
from tests.unit.descriptions import REGIONS, application, only, service, source

if TYPE_CHECKING:
    from tests.unit.descriptions import Refusals


@pytest.mark.parametrize("given", ["neither", "both"])
def test_service_of_not_exactly_one_origin_is_refused(refusals: Refusals, given: str) -> None:
    """A service runs an image or source code."""
    origin: dict[str, Any] = (
        {"image": None} if given == "neither" else {"source": source(runtime="PYTHON_311"), "start_command": "x"}
    )
    assert only(refusals(lambda: service(**origin).checked())) == (
        f"image: exactly one of image and source must be set, got {given} (App Runner CreateService)"
    )


def test_source_without_runtime_states_nothing_of_apprunner_yaml(refusals: Refusals) -> None:
    """What ``apprunner.yaml`` states would be ignored here, silently: it is refused."""
    described = {
        "image": None,
        "source": source(build_command="make"),
        "start_command": "run",
        "environment": {"A": "1"},
        "secrets": {"B": SsmParameter(name="b")},
        "tables": [TableAccess(table="carts")],
        "port": 8080,
    }
    said = refusals(lambda: service(**described).checked())
    yaml = (
        "must be unset for a source without runtime: apprunner.yaml states it "
        "(App Runner ConfigurationSource REPOSITORY)"
    )
    assert said == [
        *(f"{field}: {yaml}" for field in ("start_command", "environment", "secrets", "tables", "port")),
        (
            "source.build_command: needs runtime: without one, apprunner.yaml states the build command "
            "(App Runner ConfigurationSource), got 'make'"
        ),
    ]


def test_source_with_runtime_needs_a_start_command(refusals: Refusals) -> None:
    """App Runner can't guess how to start code that it has built."""
    described = service(image=None, source=source(runtime="NODEJS_22"))
    assert only(refusals(described.checked)) == (
        "start_command: is required for a source with a runtime (App Runner CodeConfigurationValues)"
    )


@pytest.mark.parametrize(
    "branch", ["-x", "a b", "a..b", "a~1", "x.lock", "/x", "x/", "x.", "a@{b", "a//b", "a/.b", "a\\b"]
)
def test_branch_that_git_refuses_is_refused(refusals: Refusals, branch: str) -> None:
    """A name that git would not give to a branch can't be one."""
    assert only(refusals(lambda: source(branch=branch).checked())) == (
        f"branch: must be a name that git allows for a branch, got {branch!r} (git check-ref-format)"
    )


@pytest.mark.parametrize("branch", ["main", "release/2026.11", "fix-#12", "a@b", "x.locks"])
def test_branch_that_git_takes_is_accepted(branch: str) -> None:
    """Usual names of branches are taken."""
    assert source(branch=branch).checked().branch == branch


def test_connection_of_another_region_is_refused(refusals: Refusals) -> None:
    """Connections are regional, like the services that use them."""
    arns = dict.fromkeys(REGIONS, "arn:aws:apprunner:us-east-1:123456789012:connection/git/0123")
    described = service(image=None, source=source(connection=Connection(arns=arns)))
    assert only(refusals(lambda: application(services=[described]))) == (
        'services[0].source.connection.arns["us-west-2"]: must be the connection in us-west-2, got one in us-east-1: '
        f"'{arns['us-west-2']}' (App Runner: the connection is regional)"
    )


@pytest.mark.parametrize(
    "image", ["nginx:1", "docker.io/library/nginx:1", "public.ecr.aws/nginx:1", "public.ecr.aws/a/B:1"]
)
def test_public_image_of_another_registry_is_refused(refusals: Refusals, image: str) -> None:
    """App Runner pulls from ECR and ECR Public, and from nowhere else."""
    assert only(refusals(lambda: PublicImage(identifier=image).checked())) == (
        f"identifier: must be public.ecr.aws/ALIAS/REPOSITORY with a tag or a digest, got {image!r} "
        "(App Runner CreateService ImageIdentifier)"
    )


@pytest.mark.parametrize("name", ["aws-key", "/ssm/key", "AWS", "a/b", "/a//b", "/", "/a/", "/l" * 16, "a b"])
def test_parameter_name_that_ssm_refuses_is_refused(refusals: Refusals, name: str) -> None:
    """Reserved beginnings, unqualified hierarchies and hierarchies of 16 levels are no names."""
    assert only(refusals(lambda: SsmParameter(name=name).checked())).startswith(
        "name: must be letters, digits and _ . -, or up to 15 levels of them, each behind a /; "
        "not beginning with aws or ssm"
    )


@pytest.mark.parametrize("name", ["key", "/orders/db/password", "/l" * 15, "my-aws.key"])
def test_parameter_name_that_ssm_takes_is_accepted(name: str) -> None:
    """Plain names and hierarchies of up to 15 levels are taken."""
    assert SsmParameter(name=name).checked().name == name
