"""The operations on the services of one region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latitude.sandbox.apprunner import checks, clock
from latitude.sandbox.apprunner.exceptions import InvalidRequestException, ServiceQuotaExceededException
from latitude.sandbox.apprunner.identifiers import new_hostname, new_id, new_uuid
from latitude.sandbox.apprunner.pagination import page
from latitude.sandbox.apprunner.service import Operation, Service

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.sandbox.apprunner.ingress import VpcIngressConnections
    from latitude.sandbox.apprunner.region import Region
    from latitude.sandbox.apprunner.register import ServiceRegister
    from latitude.sandbox.apprunner.tags import Tags
    from latitude.sandbox.apprunner.usable import Usable

# Default quota: https://docs.aws.amazon.com/general/latest/gr/apprunner.html
_QUOTA = 30


class Services:
    """What a request may do to the services of one region."""

    def __init__(
        self, *, region: Region, tags: Tags, register: ServiceRegister, usable: Usable, ingress: VpcIngressConnections
    ) -> None:
        self._region = region
        self._tags = tags
        self._register = register
        self._usable = usable
        self._ingress = ingress

    def create(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """CreateService. It succeeds even if the image cannot be pulled; the operation then ends in CREATE_FAILED."""
        name = request["ServiceName"]
        live = self._register.live()
        if any(service.name == name for service in live):
            msg = f"Service with the provided name already exists: {name}."
            raise InvalidRequestException(msg)
        if len(live) >= _QUOTA:
            raise ServiceQuotaExceededException(what="services", quota=_QUOTA)
        configuration = self._usable.configured(request, current={})
        service_id = new_id()
        service = Service(
            region=self._region,
            name=name,
            id=service_id,
            arn=self._region.arn("service", name, service_id),
            url=new_hostname(self._region.name),
            created_at=clock.now(),
            configuration=configuration,
        )
        failure = self._start_failure(configuration)
        operation = self._begin(
            service,
            "CREATE_SERVICE",
            leads_to="RUNNING" if failure is None else "CREATE_FAILED",
            outcome="SUCCEEDED" if failure is None else "FAILED",
            failure=failure,
        )
        self._register.add(service)
        self._tags.add(service.arn, request.get("Tags", []))
        return {"Service": self._shown(service), "OperationId": operation.id}

    def update(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """UpdateService. A change that fails to deploy is rolled back, and the service runs on as it was.

        AWS lets UpdateService rebuild a service in CREATE_FAILED since June 2023. The sandbox refuses it, because
        Terraform never does that: a service that failed to create is tainted, and replaced.
        """
        service = self._register.idle(request["ServiceArn"], purpose="updated")
        previous = service.configuration
        _require_same_kind(previous, request)
        configuration = self._usable.configured(request, current=previous)
        failure = self._start_failure(configuration)
        service.configuration = configuration
        operation = self._begin(
            service,
            "UPDATE_SERVICE",
            leads_to=service.status(),
            outcome="SUCCEEDED" if failure is None else "ROLLBACK_SUCCEEDED",
            failure=failure,
            restores=None if failure is None else previous,
        )
        return {"Service": self._shown(service), "OperationId": operation.id}

    def delete(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """DeleteService, unless a VPC ingress connection leads to it."""
        service = self._register.in_state(
            request["ServiceArn"], "RUNNING", "PAUSED", "CREATE_FAILED", purpose="deleted"
        )
        if self._ingress.of_service(service.arn):
            msg = f"The service has VPC ingress connections. Delete them first. ARN: {service.arn}"
            raise InvalidRequestException(msg)
        operation = self._begin(service, "DELETE_SERVICE", leads_to="DELETED")
        return {"Service": self._shown(service), "OperationId": operation.id}

    def pause(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """PauseService."""
        service = self._register.in_state(request["ServiceArn"], "RUNNING", purpose="paused")
        operation = self._begin(service, "PAUSE_SERVICE", leads_to="PAUSED")
        return {"Service": self._shown(service), "OperationId": operation.id}

    def resume(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """ResumeService."""
        service = self._register.in_state(request["ServiceArn"], "PAUSED", purpose="resumed")
        operation = self._begin(service, "RESUME_SERVICE", leads_to="RUNNING")
        return {"Service": self._shown(service), "OperationId": operation.id}

    def deploy(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """StartDeployment: fails, and leaves the service as it was, if the image has gone."""
        service = self._register.in_state(request["ServiceArn"], "RUNNING", purpose="deployed")
        failure = self._start_failure(service.configuration)
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
        return {"Service": self._shown(self._register.find(request["ServiceArn"]))}

    def list_all(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """ListServices, without the deleted ones."""
        chosen, token = page(self._register.live(), request)
        return {"ServiceSummaryList": [service.summary() for service in chosen], **token}

    def list_operations(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """ListOperations, the last one first."""
        service = self._register.find(request["ServiceArn"])
        chosen, token = page(service.operations[::-1], request)
        now = clock.now()
        return {"OperationSummaryList": [item.shown(now, target_arn=service.arn) for item in chosen], **token}

    def _start_failure(self, configuration: Mapping[str, Any]) -> str | None:
        return checks.start_failure(configuration, region=self._region, failing_images=self._register.failing_images)

    def _shown(self, service: Service) -> dict[str, Any]:
        return service.shown(summary_of=self._usable.scaling.summary_of)

    def _begin(self, service: Service, kind: str, *, leads_to: str, **outcome: Any) -> Operation:
        operation = Operation(
            **({"outcome": "SUCCEEDED"} | outcome),
            id=new_uuid(),
            kind=kind,
            started_at=clock.now(),
            ends_at=clock.after_operation(),
            leads_to=leads_to,
        )
        service.operations.append(operation)
        return operation


def _require_same_kind(current: Mapping[str, Any], request: Mapping[str, Any]) -> None:
    """Raise ``InvalidRequestException`` for code in place of an image, or the other way round.

    One can't switch between them (UpdateService, SourceConfiguration).
    """
    wanted = request.get("SourceConfiguration")
    for kind, other in (("CodeRepository", "ImageRepository"), ("ImageRepository", "CodeRepository")):
        if wanted is not None and kind in wanted and other in current["SourceConfiguration"]:
            msg = f"You can't change a service's source from {other} to {kind}. Create another service instead."
            raise InvalidRequestException(msg)
