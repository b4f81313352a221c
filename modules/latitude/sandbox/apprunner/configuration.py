"""A service's configuration: App Runner's defaults, and what it refuses at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.sandbox.apprunner.exceptions import InvalidRequestException

if TYPE_CHECKING:
    from collections.abc import Mapping

# https://docs.aws.amazon.com/apprunner/latest/api/API_InstanceConfiguration.html
_CPU_UNITS = {"0.25": "256", "0.5": "512", "1": "1024", "2": "2048", "4": "4096"}
_GB_IN_MB = {"0.5": "512"} | {str(gb): str(gb * 1024) for gb in range(1, 13)}
# https://docs.aws.amazon.com/apprunner/latest/dg/architecture.html#architecture.vcpu-memory
_MEMORY_FOR_CPU = {
    "256": ("512", "1024"),
    "512": ("1024",),
    "1024": ("2048", "3072", "4096"),
    "2048": ("4096", "6144"),
    "4096": ("8192", "10240", "12288"),
}
_HEALTH_CHECK = {
    "Protocol": "TCP",
    "Path": "/",
    "Interval": 5,
    "Timeout": 2,
    "HealthyThreshold": 1,
    "UnhealthyThreshold": 5,
}


def complete(request: Mapping[str, Any], *, current: Mapping[str, Any]) -> dict[str, Any]:
    """Return the configuration after a Create or Update request: what it gives, over what is there, over defaults.

    Raises ``InvalidRequestException``.
    """
    return {
        "SourceConfiguration": (
            _source(request["SourceConfiguration"])
            if "SourceConfiguration" in request
            else current["SourceConfiguration"]
        ),
        "InstanceConfiguration": _instance(_given("InstanceConfiguration", request, current)),
        "HealthCheckConfiguration": _HEALTH_CHECK | _given("HealthCheckConfiguration", request, current),
        "NetworkConfiguration": _network(_given("NetworkConfiguration", request, current)),
        "ObservabilityConfiguration": request.get(
            "ObservabilityConfiguration", current.get("ObservabilityConfiguration")
        ),
        "EncryptionConfiguration": request.get("EncryptionConfiguration", current.get("EncryptionConfiguration")),
    }


def references(configuration: Mapping[str, Any]) -> dict[str, str]:
    """Return the ARNs of the resources that a service with this configuration uses, by member name."""
    found = {
        "AutoScalingConfigurationArn": configuration.get("AutoScalingConfigurationArn"),
        "ConnectionArn": configuration["SourceConfiguration"]
        .get("AuthenticationConfiguration", {})
        .get("ConnectionArn"),
        "VpcConnectorArn": configuration["NetworkConfiguration"]["EgressConfiguration"].get("VpcConnectorArn"),
        "ObservabilityConfigurationArn": (configuration.get("ObservabilityConfiguration") or {}).get(
            "ObservabilityConfigurationArn"
        ),
    }
    return {name: arn for name, arn in found.items() if arn is not None}


def secrets(source: Mapping[str, Any]) -> dict[str, str]:
    """Return the runtime environment secrets: variable name to ARN or parameter name."""
    image = source.get("ImageRepository", {}).get("ImageConfiguration", {})
    code = source.get("CodeRepository", {}).get("CodeConfiguration", {}).get("CodeConfigurationValues", {})
    found: dict[str, str] = image.get("RuntimeEnvironmentSecrets", {}) | code.get("RuntimeEnvironmentSecrets", {})
    return found


def _given(name: str, request: Mapping[str, Any], current: Mapping[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = request.get(name, current.get(name, {}))
    return given


def _source(given: Mapping[str, Any]) -> dict[str, Any]:
    if ("CodeRepository" in given) == ("ImageRepository" in given):
        msg = "SourceConfiguration must have exactly one of CodeRepository and ImageRepository."
        raise InvalidRequestException(msg)
    source = {"AutoDeploymentsEnabled": True, **given}
    if "ImageRepository" in given:
        image = given["ImageRepository"]
        if image["ImageRepositoryType"] == "ECR_PUBLIC" and source["AutoDeploymentsEnabled"]:
            msg = "AutoDeploymentsEnabled must be false for an image in ECR Public."
            raise InvalidRequestException(msg)
        if "ImageConfiguration" in image:
            source["ImageRepository"] = image | {"ImageConfiguration": {"Port": "8080"} | image["ImageConfiguration"]}
        _require_own_names(source)
        return source
    code = given["CodeRepository"].get("CodeConfiguration", {"ConfigurationSource": "REPOSITORY"})
    if code["ConfigurationSource"] == "API" and "CodeConfigurationValues" not in code:
        msg = "CodeConfigurationValues must be given when ConfigurationSource is API."
        raise InvalidRequestException(msg)
    _require_own_names(source)
    return source


def _require_own_names(source: Mapping[str, Any]) -> None:
    image = source.get("ImageRepository", {}).get("ImageConfiguration", {})
    code = source.get("CodeRepository", {}).get("CodeConfiguration", {}).get("CodeConfigurationValues", {})
    names = {*secrets(source)}
    for part in (image, code):
        names |= {*part.get("RuntimeEnvironmentVariables", {})}
    reserved = sorted(name for name in names if name == "PORT" or name.startswith("AWSAPPRUNNER"))
    if reserved:
        msg = f"Runtime environment variable names PORT and AWSAPPRUNNER* are reserved: {', '.join(reserved)}"
        raise InvalidRequestException(msg)


def _instance(given: Mapping[str, Any]) -> dict[str, Any]:
    cpu = given.get("Cpu", "1024").removesuffix(" vCPU")
    memory = given.get("Memory", "2048").removesuffix(" GB")
    cpu, memory = _CPU_UNITS.get(cpu, cpu), _GB_IN_MB.get(memory, memory)
    if memory not in _MEMORY_FOR_CPU[cpu]:
        allowed = ", ".join(_MEMORY_FOR_CPU[cpu])
        msg = f"Memory {memory} isn't supported with Cpu {cpu}. Supported values: {allowed}"
        raise InvalidRequestException(msg)
    role = {"InstanceRoleArn": given["InstanceRoleArn"]} if "InstanceRoleArn" in given else {}
    return {"Cpu": cpu, "Memory": memory, **role}


def _network(given: Mapping[str, Any]) -> dict[str, Any]:
    egress = {"EgressType": "DEFAULT"} | given.get("EgressConfiguration", {})
    if (egress["EgressType"] == "VPC") != ("VpcConnectorArn" in egress):
        msg = "VpcConnectorArn must be given when EgressType is VPC, and only then."
        raise InvalidRequestException(msg)
    # The boolean is a primitive in the model, and Go's SDK leaves out a false one: left out of the block, it is false.
    ingress = {"IsPubliclyAccessible": "IngressConfiguration" not in given} | given.get("IngressConfiguration", {})
    return {
        "EgressConfiguration": egress,
        "IngressConfiguration": ingress,
        "IpAddressType": given.get("IpAddressType", "IPV4"),
    }
