"""What App Runner runs: an image, or source code that it builds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.constructs.compute.app_runner.origin import Origin
    from latitude.spec import Service, Source


def source_configuration(
    spec: Service, origin: Origin, *, variables: Mapping[str, str], secrets: Mapping[str, str]
) -> dict[str, Any]:
    """Return App Runner's source configuration; ``auto_deployments_enabled`` is set, for AWS's default is true."""
    runtime: dict[str, Any] = {
        "port": str(spec.port),
        "start_command": spec.start_command,
        "runtime_environment_variables": dict(variables) or None,
        "runtime_environment_secrets": dict(secrets) or None,
    }
    configuration: dict[str, Any] = {"auto_deployments_enabled": spec.auto_deployments}
    if spec.source is not None:
        return configuration | {
            "authentication_configuration": {"connection_arn": origin.connection_arn},
            "code_repository": _code_repository(spec.source, runtime),
        }
    if origin.access_role_arn is not None:
        configuration["authentication_configuration"] = {"access_role_arn": origin.access_role_arn}
    return configuration | {
        "image_repository": {
            "image_identifier": origin.image_identifier,
            "image_repository_type": origin.image_repository_type,
            "image_configuration": runtime,
        }
    }


def _code_repository(source: Source, runtime: dict[str, Any]) -> dict[str, Any]:
    code: dict[str, Any] = {"configuration_source": "REPOSITORY"}
    if source.runtime is not None:
        values = runtime | {"runtime": source.runtime, "build_command": source.build_command}
        code = {"configuration_source": "API", "code_configuration_values": values}
    return {
        "repository_url": source.repository_url,
        "source_directory": source.source_directory,
        # BRANCH is the only type of version that App Runner knows (SourceCodeVersion).
        "source_code_version": {"type": "BRANCH", "value": source.branch},
        "code_configuration": code,
    }
