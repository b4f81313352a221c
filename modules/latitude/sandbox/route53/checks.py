"""The configuration of health checks: defaults, bounds and changes."""

from __future__ import annotations

from typing import Any

from moto.route53.exceptions import InvalidInput
from moto.route53.models import HealthCheck

DEFAULT_PORTS = {"HTTP": 80, "HTTP_STR_MATCH": 80, "HTTPS": 443, "HTTPS_STR_MATCH": 443}
ENDPOINT_TYPES = (*DEFAULT_PORTS, "TCP")
INTERVALS_SECONDS = (10, 30)
THRESHOLDS = range(1, 11)
RESETTABLE = ("FullyQualifiedDomainName", "Regions", "ResourcePath", "ChildHealthChecks")


class ConfiguredHealthCheck(HealthCheck):
    """moto's health check, which answers with its whole configuration."""

    def __init__(self, *, health_check_id: str, caller_reference: str, config: dict[str, Any]) -> None:
        super().__init__(health_check_id, caller_reference, {"type": config["Type"]})
        self.config = config

    @property
    def health_check_config(self) -> dict[str, Any]:
        """The configuration as Route 53 returns it: defaults filled in, what does not apply left out."""
        return self.config


def complete(given: dict[str, Any]) -> dict[str, Any]:
    """Return the configuration ``given`` with Route 53's defaults. Raises ``InvalidInput``.

    Source: HealthCheckConfig in Route 53's API reference. An unset port comes back as 80 or 443, so Terraform, where
    the port has no computed value, sees drift until it is set.
    """
    kind = given["Type"]
    config = {"Inverted": False, "Disabled": False, **given}
    if kind in ENDPOINT_TYPES:
        config = {"RequestInterval": 30, "FailureThreshold": 3, "MeasureLatency": False} | config
        config.setdefault("EnableSNI", kind.startswith("HTTPS"))
        if kind in DEFAULT_PORTS:
            config.setdefault("Port", DEFAULT_PORTS[kind])
    elif kind == "CLOUDWATCH_METRIC":
        config.setdefault("InsufficientDataHealthStatus", "LastKnownStatus")
    check(config)
    return config


def check(config: dict[str, Any]) -> None:
    """Raise ``InvalidInput`` for a configuration that Route 53 refuses; the words after the field's name are ours."""
    kind = config["Type"]
    if kind in ENDPOINT_TYPES:
        _check_endpoint(config)
    if kind == "CALCULATED" and "HealthThreshold" not in config:
        raise InvalidInput("Invalid parameter: HealthThreshold is required for a CALCULATED health check")
    if kind == "CLOUDWATCH_METRIC" and "AlarmIdentifier" not in config:
        raise InvalidInput("Invalid parameter: AlarmIdentifier is required for a CLOUDWATCH_METRIC health check")


def _check_endpoint(config: dict[str, Any]) -> None:
    kind = config["Type"]
    if not config.get("IPAddress") and not config.get("FullyQualifiedDomainName"):
        raise InvalidInput("Invalid parameter: either IPAddress or FullyQualifiedDomainName is required")
    if kind == "TCP" and "Port" not in config:
        raise InvalidInput("Invalid parameter: Port is required for a TCP health check")
    if kind.endswith("STR_MATCH") and not config.get("SearchString"):
        raise InvalidInput(f"Invalid parameter: SearchString is required for a {kind} health check")
    if config["RequestInterval"] not in INTERVALS_SECONDS:
        raise InvalidInput(f"Invalid parameter: RequestInterval must be 10 or 30, got {config['RequestInterval']}")
    if config["FailureThreshold"] not in THRESHOLDS:
        raise InvalidInput(f"Invalid parameter: FailureThreshold must be 1 to 10, got {config['FailureThreshold']}")


def changed(config: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
    """Return ``config`` after the UpdateHealthCheck ``request``. Raises ``InvalidInput``."""
    ignored = ("HealthCheckId", "HealthCheckVersion", "ResetElements")
    updated = config | {name: value for name, value in request.items() if name not in ignored and value is not None}
    for name in request.get("ResetElements", []):
        if name in RESETTABLE:
            updated.pop(name, None)
    check(updated)
    return updated
