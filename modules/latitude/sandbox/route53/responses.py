"""The Route 53 operations on health checks, with every field; moto's handler drops some."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.route53.responses import Route53

from latitude.sandbox.calls import TERRAFORM
from latitude.sandbox.route53.health import evaluate
from latitude.sandbox.route53.models import RoutingBackend

# Route 53's health checkers: https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
CHECKERS = (
    "ap-northeast-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "eu-west-1",
    "sa-east-1",
    "us-east-1",
    "us-west-1",
    "us-west-2",
)


class RoutingResponse(Route53):
    """moto's handler, over ``RoutingBackend``."""

    @property
    def routing_backend(self) -> RoutingBackend:
        """The account's backend."""
        backend = self.backend
        assert isinstance(backend, RoutingBackend)  # noqa: S101 - install() put it there
        return backend

    def change_resource_record_sets(self) -> ActionResult:
        """ChangeResourceRecordSets."""
        return self._at_once(super().change_resource_record_sets())

    def create_hosted_zone(self) -> ActionResult:
        """CreateHostedZone."""
        return self._at_once(super().create_hosted_zone())

    def delete_hosted_zone(self) -> ActionResult:
        """DeleteHostedZone."""
        return self._at_once(super().delete_hosted_zone())

    def _at_once(self, answer: ActionResult) -> ActionResult:
        # A change is in sync at once here, but Terraform's provider sleeps 10 to 30 s before it looks for the first
        # time. It takes an answer without ChangeInfo for one with nothing to wait for; everyone else gets it.
        if TERRAFORM in self.headers.get("User-Agent", "").lower():
            result: Any = answer.result
            result.pop("ChangeInfo", None)
        return answer

    def create_health_check(self) -> ActionResult:
        """CreateHealthCheck."""
        created = self.routing_backend.create_configured(
            reference=self._get_param("CallerReference"), given=dict(self._get_param("HealthCheckConfig"))
        )
        location = f"https://route53.amazonaws.com/2013-04-01/healthcheck/{created.id}"
        return ActionResult({"HealthCheck": created, "Location": location})

    def update_health_check(self) -> ActionResult:
        """UpdateHealthCheck."""
        request = {**self.params, "HealthCheckId": self._get_param("HealthCheckId")}
        return ActionResult({"HealthCheck": self.routing_backend.update_configured(request)})

    def get_health_check_status(self) -> ActionResult:
        """GetHealthCheckStatus: what each of Route 53's checkers sees, which is the same here."""
        backend = self.routing_backend
        checked = backend.get_health_check(self._get_param("HealthCheckId"))
        status = evaluate(checked.id, backend=backend)
        report = {
            "Status": f"{'Success' if status.healthy else 'Failure'}: {status.reason}",
            "CheckedTime": utcnow(),
        }
        regions = checked.health_check_config.get("Regions") or CHECKERS
        return ActionResult(
            {"HealthCheckObservations": [{"Region": region, "StatusReport": report} for region in regions]}
        )
