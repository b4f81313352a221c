"""App Runner as a description sees it: its Regions, its names, and what it refuses to combine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude.spec.arns import MULTI_REGION_KEY
from latitude.spec.base import fault
from latitude.spec.compute import ComputeRules
from latitude.spec.image import EcrImage, PublicImage
from latitude.spec.instance import MEMORY_BY_CPU
from latitude.spec.names import MAX_APP_RUNNER_NAME_LENGTH
from latitude.spec.regions import APP_RUNNER_REGIONS
from latitude.spec.tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.faults import Fault
    from latitude.spec.service import Service

_DEPLOYMENTS: Final = "App Runner Developer Guide, deployment methods: not for another account's images"
_REPOSITORY: Final = "App Runner ConfigurationSource REPOSITORY"


def cpu_and_memory(service: Service, /) -> Iterator[Fault]:
    """Take a size of ``memory`` that goes with ``cpu``.

    256 with 512 or 1024; 512 with 1024; 1024 with 2048, 3072 or 4096; 2048 with 4096 or 6144; 4096 with 8192,
    10240 or 12288.
    """
    if is_token(service.cpu) or is_token(service.memory):
        return
    if service.memory not in MEMORY_BY_CPU[service.cpu]:
        allowed = " or ".join(str(memory) for memory in MEMORY_BY_CPU[service.cpu])
        yield fault(
            "memory",
            message=f"must be {allowed} with cpu {service.cpu}, got {service.memory} "
            "(App Runner Developer Guide, vCPU and memory configurations)",
        )


def auto_deployments(service: Service, /) -> Iterator[Fault]:
    """Leave ``auto_deployments`` off with a ``PublicImage``, a digest, and the registry of another account."""
    image = service.image
    if not service.auto_deployments or image is None:
        return
    if isinstance(image, PublicImage):
        yield fault(
            "auto_deployments",
            message="must be False with a PublicImage, got True (App Runner: not for ECR Public)",
        )
    elif image.digest is not None:
        yield fault(
            "auto_deployments",
            message=f"must be False with a digest, which never means another image, got True with {image.digest} "
            "(ECR ImageDigest)",
        )
    elif isinstance(image, EcrImage) and image.registry_id is not None:
        yield fault(
            "auto_deployments",
            message=f"must be False with another account's registry, got True with registry_id {image.registry_id!r} "
            f"({_DEPLOYMENTS})",
        )


def source_without_runtime(service: Service, /) -> Iterator[Fault]:
    """Leave command, port and environment to ``apprunner.yaml`` with a source without ``runtime``."""
    if service.source is None or service.source.runtime is not None:
        return
    stated = {
        "start_command": service.start_command is not None,
        "environment": bool(service.environment or service.regional_environment),
        "secrets": bool(service.secrets),
        "tables": bool(service.tables),
        "port": "port" in service.model_fields_set,
    }
    for field, given in stated.items():
        if given:
            yield fault(
                field,
                message=f"must be unset for a source without runtime: apprunner.yaml states it ({_REPOSITORY})",
            )


def start_command(service: Service, /) -> Iterator[Fault]:
    """Give a ``start_command`` with a source that has a ``runtime``."""
    if service.source is not None and service.source.runtime is not None and service.start_command is None:
        yield fault(
            "start_command", message="is required for a source with a runtime (App Runner CodeConfigurationValues)"
        )


def key_of_one_region(service: Service, /) -> Iterator[Fault]:
    """Give no multi-Region key as a service's KMS key."""
    if service.encryption is None or service.encryption.arns is None:
        return
    for region, arn in service.encryption.arns.items():
        if not is_token(arn) and MULTI_REGION_KEY in arn:
            yield fault(
                "encryption",
                "arns",
                region,
                message=f"must not be a multi-Region key, got {arn!r} (App Runner CreateService KmsKey)",
            )


APP_RUNNER: Final = ComputeRules(
    name="App Runner",
    regions=APP_RUNNER_REGIONS,
    regions_source="App Runner endpoints",
    min_name_length=4,
    max_name_length=MAX_APP_RUNNER_NAME_LENGTH,
    name_source="App Runner CreateService",
    combinations=(auto_deployments, cpu_and_memory, key_of_one_region, source_without_runtime, start_command),
)
