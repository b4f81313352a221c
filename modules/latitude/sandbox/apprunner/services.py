"""The services of one region, and the operations on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.sandbox.apprunner import checks
from latitude.sandbox.apprunner.configuration import complete
from latitude.sandbox.apprunner.exceptions import (
    InvalidRequestException,
    InvalidStateException,
    ResourceNotFoundException,
    ServiceQuotaExceededException,
)
from latitude.sandbox.apprunner.pagination import page
from latitude.sandbox.apprunner.service import Operation, Service

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.sandbox.apprunner.models import AppRunnerBackend

# Default quota: https://docs.aws.amazon.com/general/latest/gr/apprunner.html
_QUOTA = 30


class Services:
    """The services of one region."""

    def __init__(self, backend: AppRunnerBackend) -> None:
        self._backend = backend
        self._by_arn: dict[str, Service] = {}

    def create(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """CreateService. It succeeds even if the image cannot be pulled; the operation then ends in CREATE_FAILED."""
        backend = self._backend
        name = request["ServiceName"]
        live = self.live()
        if any(service.name == name for service in live):
            msg = f"Service with the provided name already exists: {name}."
            raise InvalidRequestException(msg)
        if len(live) >= _QUOTA:
            raise ServiceQuotaExceededException(what="services", quota=_QUOTA)
        configuration = self._configured(request, current={})
        service_id = backend.new_id()
        service = Service(
            backend=backend,
            name=name,
            id=service_id,
            arn=backend.arn("service", name, service_id),
            url=f"{backend.new_label()}.{backend.region_name}.awsapprunner.com",
            created_at=backend.now(),
            configuration=configuration,
        )
        failure = checks.start_failure(backend, configuration)
        operation = self._begin(
            service,
            "CREATE_SERVICE",
            leads_to="RUNNING" if failure is None else "CREATE_FAILED",
            outcome="SUCCEEDED" if failure is None else "FAILED",
            failure=failure,
        )
        self._by_arn[service.arn] = service
        backend.tag(service.arn, request.get("Tags", []))
        return {"Service": service.shown(), "OperationId": operation.id}

    def update(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """UpdateService. A change that fails to deploy is rolled back, and the service runs on as it was.

        AWS lets UpdateService rebuild a service in CREATE_FAILED since June 2023. The sandbox refuses it, because
        Terraform never does that: a service that failed to create is tainted, and replaced.
        """
        service = self._in_state(request, "updated", "RUNNING", "PAUSED")
        previous = service.configuration
        configuration = self._configured(request, current=previous)
        failure = checks.start_failure(self._backend, configuration)
        service.configuration = configuration
        operation = self._begin(
            service,
            "UPDATE_SERVICE",
            leads_to=service.status(),
            outcome="SUCCEEDED" if failure is None else "ROLLBACK_SUCCEEDED",
            failure=failure,
            restores=None if failure is None else previous,
        )
        return {"Service": service.shown(), "OperationId": operation.id}

    def delete(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """DeleteService, unless a VPC ingress connection leads to it."""
        service = self._in_state(request, "deleted", "RUNNING", "PAUSED", "CREATE_FAILED")
        if self._backend.ingress.of_service(service.arn):
            msg = f"The service has VPC ingress connections. Delete them first. ARN: {service.arn}"
            raise InvalidRequestException(msg)
        operation = self._begin(service, "DELETE_SERVICE", leads_to="DELETED")
        return {"Service": service.shown(), "OperationId": operation.id}

    def pause(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """PauseService."""
        service = self._in_state(request, "paused", "RUNNING")
        operation = self._begin(service, "PAUSE_SERVICE", leads_to="PAUSED")
        return {"Service": service.shown(), "OperationId": operation.id}

    def resume(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """ResumeService."""
        service = self._in_state(request, "resumed", "PAUSED")
        operation = self._begin(service, "RESUME_SERVICE", leads_to="RUNNING")
        return {"Service": service.shown(), "OperationId": operation.id}

    def deploy(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """StartDeployment: fails, and leaves the service as it was, if the image has gone."""
        service = self._in_state(request, "deployed", "RUNNING")
        failure = checks.start_failure(self._backend, service.configuration)
        operation = self._begin(
            service,
            "START_DEPLOYMENT",
            leads_to="RUNNING",
            outcome="SUCCEEDED" if failure is None else "ROLLBACK_SUCCEEDED",
            failure=failure,
        )
        return {"OperationId": operation.id}

    def describe(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """DescribeService. A deleted service is still described, with the status DELETED."""
        return {"Service": self._find(request["ServiceArn"]).shown()}

    def list_all(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """ListServices, without the deleted ones."""
        chosen, token = page(self.live(), request)
        return {"ServiceSummaryList": [service.summary() for service in chosen], **token}

    def list_operations(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """ListOperations, the last one first."""
        service = self._find(request["ServiceArn"])
        chosen, token = page(service.operations[::-1], request)
        now = self._backend.now()
        return {"OperationSummaryList": [item.shown(now, target_arn=service.arn) for item in chosen], **token}

    def live(self) -> list[Service]:
        """List the services that are not deleted."""
        return [service for service in self._by_arn.values() if service.status() != "DELETED"]

    def using(self, member: str, arn: str) -> list[Service]:
        """List the services that have this ARN under this member of their configuration."""
        return [service for service in self._by_arn.values() if service.uses(member, arn)]

    def get(self, arn: str) -> Service:
        """Return a service that is not deleted. Raises ``ResourceNotFoundException``."""
        service = self._find(arn)
        if service.status() == "DELETED":
            raise ResourceNotFoundException(what="Service", arn=arn)
        return service

    def idle(self, arn: str, *, purpose: str) -> Service:
        """Return a service that can be ``purpose`` now. Raises ``InvalidStateException`` while it is busy or failed."""
        return self._in_state({"ServiceArn": arn}, purpose, "RUNNING", "PAUSED")

    def _find(self, arn: str) -> Service:
        if arn not in self._by_arn:
            raise ResourceNotFoundException(what="Service", arn=arn)
        return self._by_arn[arn]

    def _in_state(self, request: Mapping[str, Any], verb: str, *allowed: str) -> Service:
        service = self.get(request["ServiceArn"])
        status = service.status()
        if status not in allowed:
            msg = f"Service cannot be {verb} in the current state: {status}."
            raise InvalidStateException(msg)
        return service

    def _configured(self, request: Mapping[str, Any], *, current: Mapping[str, Any]) -> dict[str, Any]:
        backend = self._backend
        scaling = request.get("AutoScalingConfigurationArn", current.get("AutoScalingConfigurationArn"))
        configuration = complete(request, current=current)
        configuration["AutoScalingConfigurationArn"] = (
            backend.scaling.default.arn if scaling is None else backend.scaling.active(scaling).arn
        )
        connector = configuration["NetworkConfiguration"]["EgressConfiguration"].get("VpcConnectorArn")
        if connector is not None:
            backend.connectors.require_active(connector)
        observability = configuration["ObservabilityConfiguration"]
        if observability is not None and "ObservabilityConfigurationArn" in observability:
            arn = backend.observability.active(observability["ObservabilityConfigurationArn"]).arn
            configuration["ObservabilityConfiguration"] = observability | {"ObservabilityConfigurationArn": arn}
        checks.require_usable(backend, configuration)
        return configuration

    def _begin(self, service: Service, kind: str, *, leads_to: str, **outcome: Any) -> Operation:
        operation = Operation(
            **({"outcome": "SUCCEEDED"} | outcome),
            id=self._backend.new_uuid(),
            kind=kind,
            started_at=self._backend.now(),
            ends_at=self._backend.after_operation(),
            leads_to=leads_to,
        )
        service.operations.append(operation)
        return operation
