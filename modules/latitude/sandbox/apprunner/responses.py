"""Parse App Runner's requests and answer them."""

from __future__ import annotations

import json
from typing import Any

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse
from moto.core.utils import get_service_model

from latitude.sandbox.apprunner.exceptions import InvalidRequestException
from latitude.sandbox.apprunner.models import AppRunnerBackend, apprunner_backends
from latitude.sandbox.validation import faults


class AppRunnerResponse(BaseResponse):
    """One method for each operation of the service model. ``request`` is the body, held to the model."""

    def __init__(self) -> None:
        super().__init__(service_name="apprunner")
        self.request: dict[str, Any] = {}

    @property
    def backend(self) -> AppRunnerBackend:
        """The state of the account and region that the request names."""
        return apprunner_backends[self.current_account][self.region]

    def call_action(self) -> Any:
        """Answer, unless the model refuses the request; one at a time in a region."""
        operation = self._get_action()
        if operation not in get_service_model("apprunner").operation_names:
            return _unknown(operation)
        try:
            self.request = self._validated(operation)
        except ServiceException as error:
            status, headers, body = self.serialized(ActionResult(error))
            return status, headers, body
        with self.backend.lock:
            return super().call_action()

    def _validated(self, operation: str) -> dict[str, Any]:
        model = get_service_model("apprunner")
        try:
            request = json.loads(self.body or "{}")
        except (ValueError, RecursionError):
            msg = "The request body isn't JSON"
            raise InvalidRequestException(msg) from None
        found = faults(model.operation_model(operation).input_shape, request)
        if found:
            msg = f"{len(found)} validation error{'s' * (len(found) > 1)} detected: {'; '.join(found)}"
            raise InvalidRequestException(msg)
        # The model requires neither; a tag without a key would be none.
        if any("Key" not in tag for tag in request.get("Tags") or []):
            msg = "Each of Tags must have a Key"
            raise InvalidRequestException(msg)
        # A member that is null was not given.
        return {name: value for name, value in request.items() if value is not None}

    def create_service(self) -> ActionResult:
        """CreateService."""
        return ActionResult(self.backend.services.create(self.request))

    def update_service(self) -> ActionResult:
        """UpdateService."""
        return ActionResult(self.backend.services.update(self.request))

    def delete_service(self) -> ActionResult:
        """DeleteService."""
        return ActionResult(self.backend.services.delete(self.request))

    def pause_service(self) -> ActionResult:
        """PauseService."""
        return ActionResult(self.backend.services.pause(self.request))

    def resume_service(self) -> ActionResult:
        """ResumeService."""
        return ActionResult(self.backend.services.resume(self.request))

    def start_deployment(self) -> ActionResult:
        """StartDeployment."""
        return ActionResult(self.backend.services.deploy(self.request))

    def describe_service(self) -> ActionResult:
        """DescribeService."""
        return ActionResult(self.backend.services.describe(self.request))

    def list_services(self) -> ActionResult:
        """ListServices."""
        return ActionResult(self.backend.services.list_all(self.request))

    def list_operations(self) -> ActionResult:
        """ListOperations."""
        return ActionResult(self.backend.services.list_operations(self.request))

    def associate_custom_domain(self) -> ActionResult:
        """AssociateCustomDomain."""
        return ActionResult(self.backend.domains.associate(self.request))

    def disassociate_custom_domain(self) -> ActionResult:
        """DisassociateCustomDomain."""
        return ActionResult(self.backend.domains.disassociate(self.request))

    def describe_custom_domains(self) -> ActionResult:
        """DescribeCustomDomains."""
        return ActionResult(self.backend.domains.describe(self.request))

    def create_auto_scaling_configuration(self) -> ActionResult:
        """CreateAutoScalingConfiguration."""
        return ActionResult(self.backend.scaling.create(self.request))

    def describe_auto_scaling_configuration(self) -> ActionResult:
        """DescribeAutoScalingConfiguration."""
        return ActionResult(self.backend.scaling.describe(self.request))

    def delete_auto_scaling_configuration(self) -> ActionResult:
        """DeleteAutoScalingConfiguration."""
        return ActionResult(self.backend.scaling.delete(self.request))

    def list_auto_scaling_configurations(self) -> ActionResult:
        """ListAutoScalingConfigurations."""
        return ActionResult(self.backend.scaling.list_all(self.request))

    def list_services_for_auto_scaling_configuration(self) -> ActionResult:
        """ListServicesForAutoScalingConfiguration."""
        return ActionResult(self.backend.scaling.list_services(self.request))

    def update_default_auto_scaling_configuration(self) -> ActionResult:
        """UpdateDefaultAutoScalingConfiguration."""
        return ActionResult(self.backend.scaling.make_default(self.request))

    def create_observability_configuration(self) -> ActionResult:
        """CreateObservabilityConfiguration."""
        return ActionResult(self.backend.observability.create(self.request))

    def describe_observability_configuration(self) -> ActionResult:
        """DescribeObservabilityConfiguration."""
        return ActionResult(self.backend.observability.describe(self.request))

    def delete_observability_configuration(self) -> ActionResult:
        """DeleteObservabilityConfiguration."""
        return ActionResult(self.backend.observability.delete(self.request))

    def list_observability_configurations(self) -> ActionResult:
        """ListObservabilityConfigurations."""
        return ActionResult(self.backend.observability.list_all(self.request))

    def create_connection(self) -> ActionResult:
        """CreateConnection."""
        return ActionResult(self.backend.connections.create(self.request))

    def delete_connection(self) -> ActionResult:
        """DeleteConnection."""
        return ActionResult(self.backend.connections.delete(self.request))

    def list_connections(self) -> ActionResult:
        """ListConnections."""
        return ActionResult(self.backend.connections.list_all(self.request))

    def create_vpc_connector(self) -> ActionResult:
        """CreateVpcConnector."""
        return ActionResult(self.backend.connectors.create(self.request))

    def describe_vpc_connector(self) -> ActionResult:
        """DescribeVpcConnector."""
        return ActionResult(self.backend.connectors.describe(self.request))

    def delete_vpc_connector(self) -> ActionResult:
        """DeleteVpcConnector."""
        return ActionResult(self.backend.connectors.delete(self.request))

    def list_vpc_connectors(self) -> ActionResult:
        """ListVpcConnectors."""
        return ActionResult(self.backend.connectors.list_all(self.request))

    def create_vpc_ingress_connection(self) -> ActionResult:
        """CreateVpcIngressConnection."""
        return ActionResult(self.backend.ingress.create(self.request))

    def describe_vpc_ingress_connection(self) -> ActionResult:
        """DescribeVpcIngressConnection."""
        return ActionResult(self.backend.ingress.describe(self.request))

    def update_vpc_ingress_connection(self) -> ActionResult:
        """UpdateVpcIngressConnection."""
        return ActionResult(self.backend.ingress.update(self.request))

    def delete_vpc_ingress_connection(self) -> ActionResult:
        """DeleteVpcIngressConnection."""
        return ActionResult(self.backend.ingress.delete(self.request))

    def list_vpc_ingress_connections(self) -> ActionResult:
        """ListVpcIngressConnections."""
        return ActionResult(self.backend.ingress.list_all(self.request))

    def tag_resource(self) -> ActionResult:
        """TagResource."""
        return ActionResult(self.backend.tag_resource(self.request))

    def untag_resource(self) -> ActionResult:
        """UntagResource."""
        return ActionResult(self.backend.untag_resource(self.request))

    def list_tags_for_resource(self) -> ActionResult:
        """ListTagsForResource."""
        return ActionResult(self.backend.list_tags(self.request))


def _unknown(operation: str) -> tuple[int, dict[str, str], str]:
    """Answer as AWS's protocol layer does; the error is not of App Runner's model, so moto cannot serialize it."""
    code = "com.amazon.coral.service#UnknownOperationException"
    body = json.dumps({"__type": code, "message": f"App Runner has no operation {operation}"})
    return 400, {"Content-Type": "application/x-amz-json-1.0"}, body
