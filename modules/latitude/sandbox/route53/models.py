"""moto's Route 53 backend, held to Route 53's rules."""

from __future__ import annotations

import threading
import uuid
from typing import TYPE_CHECKING, Any, Final

from moto.route53.exceptions import InvalidActionValue, NoSuchHealthCheck
from moto.route53.models import HealthCheck, Route53Backend
from moto.route53.utils import validate_domain_name

from latitude.sandbox.route53 import checks
from latitude.sandbox.route53.batches import apply_batch
from latitude.sandbox.route53.exceptions import (
    HealthCheckAlreadyExistsError,
    HealthCheckVersionMismatchError,
    ZoneNotEmptyError,
)
from latitude.sandbox.route53.records import escaped_name, normal_name

if TYPE_CHECKING:
    from moto.route53.models import FakeZone, RecordSet

_CHANGING: Final = threading.Lock()
ACTIONS = ("CREATE", "DELETE", "UPSERT")


class RoutingBackend(Route53Backend):
    """Zones and health checks of one account."""

    def change_resource_record_sets(self, zoneid: str, change_list: list[dict[str, Any]]) -> None:
        """Do the whole batch or nothing. Raises as ``batches.apply_batch`` does, and ``NoSuchHealthCheck``."""
        # Another batch, which began with the same records, would otherwise end with them.
        with _CHANGING:
            self._change(self.get_hosted_zone(zoneid), change_list)

    def _change(self, zone: FakeZone, change_list: list[dict[str, Any]]) -> None:
        for change in change_list:
            if change["Action"] not in ACTIONS:
                raise InvalidActionValue(change["Action"])
            validate_domain_name(change["ResourceRecordSet"]["Name"], code="InvalidChangeBatch")
            check_id = change["ResourceRecordSet"].get("HealthCheckId")
            if change["Action"] != "DELETE" and check_id is not None and check_id not in self.health_checks:
                raise NoSuchHealthCheck(check_id)
        zone.rrsets = apply_batch(zone, change_list)

    def list_resource_record_sets(
        self, zone_id: str, start_type: str, start_name: str, max_items: int
    ) -> tuple[list[RecordSet], str | None, str | None, bool]:
        """As moto; a wildcard may be asked for as ``*`` or in octal."""
        start = escaped_name(start_name) if start_name else start_name
        page: tuple[list[RecordSet], str | None, str | None, bool] = super().list_resource_record_sets(
            zone_id, start_type, start, max_items
        )
        return page

    def delete_hosted_zone(self, id_: str) -> FakeZone | None:
        """Delete a zone that holds its own NS and SOA records only; another zone's NS records keep it, too."""
        zone = self.get_hosted_zone(id_)
        apex = normal_name(zone.name)
        if any(record.type not in ("NS", "SOA") or normal_name(record.name) != apex for record in zone.rrsets):
            raise ZoneNotEmptyError
        return self.zones.pop(zone.resource_id)

    def create_configured(self, *, reference: str, given: dict[str, Any]) -> HealthCheck:
        """Answer CreateHealthCheck; the same reference with the same configuration gives the same check."""
        config = checks.complete(given)
        for known in self.health_checks.values():
            if known.caller_reference == reference:
                if known.health_check_config != config:
                    raise HealthCheckAlreadyExistsError(reference)
                return known
        for child in config.get("ChildHealthChecks", []):
            self.get_health_check(child)
        created = checks.ConfiguredHealthCheck(  # type: ignore[abstract]  # moto leaves CloudFormation's hooks out
            health_check_id=str(uuid.uuid4()), caller_reference=reference, config=config
        )
        self.health_checks[created.id] = created
        return created

    def update_configured(self, request: dict[str, Any]) -> HealthCheck:
        """Answer UpdateHealthCheck."""
        known = self.get_health_check(request["HealthCheckId"])
        assert isinstance(known, checks.ConfiguredHealthCheck)  # noqa: S101 - create_configured() makes no others
        version = request.get("HealthCheckVersion")
        if version is not None and version != known.health_check_version:
            raise HealthCheckVersionMismatchError(given=version, current=known.health_check_version)
        known.config = checks.changed(known.config, request)
        known.health_check_version += 1
        return known

    def delete_health_check(self, health_check_id: str) -> None:
        """Delete a health check. Like Route 53, this does not mind records that still name it."""
        self.get_health_check(health_check_id)
        del self.health_checks[health_check_id]
        self.resource_tags.pop(health_check_id, None)
