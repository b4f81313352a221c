"""Which services a region has: what every other kind of resource asks before it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.sandbox.apprunner.exceptions import InvalidStateException, ResourceNotFoundException

if TYPE_CHECKING:
    from latitude.sandbox.apprunner.service import Service


class ServiceRegister:
    """The services of one region, the deleted ones too."""

    def __init__(self) -> None:
        self._by_arn: dict[str, Service] = {}
        self.failing_images: set[str] = set()
        """Digests of images whose instances fail their health check, as the control plane was told."""

    def add(self, service: Service) -> None:
        """Keep a service for good: App Runner still describes it when it is deleted."""
        self._by_arn[service.arn] = service

    def live(self) -> list[Service]:
        """List the services that are not deleted."""
        return [service for service in self._by_arn.values() if service.status() != "DELETED"]

    def using(self, member: str, arn: str) -> list[Service]:
        """List the services that have this ARN under this member of their configuration."""
        return [service for service in self._by_arn.values() if service.uses(member, arn)]

    def find(self, arn: str) -> Service:
        """Return a service, deleted or not. Raises ``ResourceNotFoundException``."""
        if arn not in self._by_arn:
            raise ResourceNotFoundException(what="Service", arn=arn)
        return self._by_arn[arn]

    def get(self, arn: str) -> Service:
        """Return a service that is not deleted. Raises ``ResourceNotFoundException``."""
        service = self.find(arn)
        if service.status() == "DELETED":
            raise ResourceNotFoundException(what="Service", arn=arn)
        return service

    def in_state(self, arn: str, *allowed: str, purpose: str) -> Service:
        """Return a service that can be ``purpose``, in one of the states allowed for that.

        Raises ``ResourceNotFoundException`` and ``InvalidStateException``.
        """
        service = self.get(arn)
        status = service.status()
        if status not in allowed:
            msg = f"Service cannot be {purpose} in the current state: {status}."
            raise InvalidStateException(msg)
        return service

    def idle(self, arn: str, *, purpose: str) -> Service:
        """Return a service that can be ``purpose`` now. Raises ``InvalidStateException`` while it is busy or failed."""
        return self.in_state(arn, "RUNNING", "PAUSED", purpose=purpose)
