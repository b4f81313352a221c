"""What the sandbox can do to App Runner that AWS cannot be asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
from moto.core.models import DEFAULT_ACCOUNT_ID

from latitude.sandbox.apprunner.exceptions import ResourceNotFoundException
from latitude.sandbox.apprunner.models import AppRunnerBackend, apprunner_backends
from latitude.sandbox.control import registry
from latitude.sandbox.control.members import TEXT, TRUTH, require_types

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def service_statuses() -> list[dict[str, Any]]:
    """Return every service that is not deleted: its status, its health, and why its last operation failed."""
    return [
        {
            "arn": service.arn,
            "name": service.name,
            "region": backend.region_name,
            "url": service.url,
            "status": service.status(),
            "healthy": service.healthy,
            "failure": service.failure,
        }
        for backend in _backends()
        for service in backend.register.live()
    ]


def _backends() -> Iterator[AppRunnerBackend]:
    for regional in list(apprunner_backends.values()):
        yield from list(regional.values())


def _backend_of(arn: str) -> AppRunnerBackend:
    for backend in _backends():
        if arn.startswith(f"arn:{backend.partition}:apprunner:{backend.region_name}:{backend.account_id}:"):
            return backend
    raise ResourceNotFoundException(what="Resource", arn=arn)


def _service_health(request: Mapping[str, Any]) -> dict[str, Any]:
    require_types(request, service_arn=TEXT, healthy=TRUTH)
    backend, unhealthy = _backend_of(request["service_arn"]), not request["healthy"]
    with backend.lock:
        backend.register.get(request["service_arn"]).unhealthy = unhealthy
    return {}


def _image_health(request: Mapping[str, Any]) -> dict[str, Any]:
    require_types(request, digest=TEXT, region=TEXT, healthy=TRUTH)
    if request["region"] not in boto3.Session().get_available_regions("apprunner"):
        msg = f"region: must be a region that App Runner has, got {request['region']!r}"
        raise ValueError(msg)
    backend = apprunner_backends[DEFAULT_ACCOUNT_ID][request["region"]]
    with backend.lock:
        change = backend.register.failing_images.discard if request["healthy"] else backend.register.failing_images.add
        change(request["digest"])
    return {}


def _complete_handshake(request: Mapping[str, Any]) -> dict[str, Any]:
    require_types(request, connection_arn=TEXT)
    backend = _backend_of(request["connection_arn"])
    with backend.lock:
        backend.connections.complete_handshake(request["connection_arn"])
    return {}


def _domain_wavering(request: Mapping[str, Any]) -> dict[str, Any]:
    require_types(request, domain_name=TEXT, region=TEXT, wavers=TRUTH)
    for backend in _backends():
        if backend.region_name == request["region"]:
            with backend.lock:
                backend.domains.waver(name=request["domain_name"], wavers=request["wavers"])
    return {}


registry.add("domain-wavering", _domain_wavering)
registry.add("service-health", _service_health)
registry.add("image-health", _image_health)
registry.add("complete-handshake", _complete_handshake)
