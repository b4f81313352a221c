"""Connections to source code providers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latitude.sandbox import settings
from latitude.sandbox.apprunner import clock
from latitude.sandbox.apprunner.exceptions import (
    InvalidRequestException,
    ResourceNotFoundException,
    ServiceQuotaExceededException,
)
from latitude.sandbox.apprunner.identifiers import new_id
from latitude.sandbox.apprunner.pagination import page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from latitude.sandbox.apprunner.region import Region
    from latitude.sandbox.apprunner.register import ServiceRegister
    from latitude.sandbox.apprunner.tags import Tags

# Default quota: https://docs.aws.amazon.com/general/latest/gr/apprunner.html
_QUOTA = 10


@dataclass(kw_only=True)
class Connection:
    """A connection, unusable until someone completes the handshake with the provider."""

    name: str
    arn: str
    provider_type: str
    created_at: datetime
    status: str = "PENDING_HANDSHAKE"

    def shown(self) -> dict[str, Any]:
        """Return a Connection, which is what a ConnectionSummary holds too."""
        return {
            "ConnectionName": self.name,
            "ConnectionArn": self.arn,
            "ProviderType": self.provider_type,
            "Status": self.status,
            "CreatedAt": self.created_at,
        }


class Connections:
    """The connections of one region."""

    def __init__(self, *, region: Region, tags: Tags, register: ServiceRegister) -> None:
        self._region = region
        self._tags = tags
        self._register = register
        self._by_arn: dict[str, Connection] = {}

    def create(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """CreateConnection. The answer says PENDING_HANDSHAKE, as AWS's does, whatever ``auto_handshake`` is."""
        name = request["ConnectionName"]
        if any(item.name == name for item in self._by_arn.values()):
            msg = f"A connection with the provided name already exists: {name}."
            raise InvalidRequestException(msg)
        if len(self._by_arn) >= _QUOTA:
            raise ServiceQuotaExceededException(what="connections", quota=_QUOTA)
        item = Connection(
            name=name,
            arn=self._region.arn("connection", name, new_id()),
            provider_type=request["ProviderType"],
            created_at=clock.now(),
        )
        self._by_arn[item.arn] = item
        self._tags.add(item.arn, request.get("Tags", []))
        shown = item.shown()
        if settings.get().auto_handshake:
            self.complete_handshake(item.arn)
        return {"Connection": shown}

    def add(self, name: str, *, arn: str, provider_type: str) -> None:
        """Have a connection under this ARN that somebody made before, handshake and all; leave one that exists."""
        self._by_arn.setdefault(
            arn,
            Connection(name=name, arn=arn, provider_type=provider_type, created_at=clock.now(), status="AVAILABLE"),
        )

    def complete_handshake(self, arn: str) -> None:
        """Do what someone does in the console in AWS. Raises ``ResourceNotFoundException``."""
        self._find(arn).status = "AVAILABLE"

    def delete(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """DeleteConnection, unless a service uses it."""
        item = self._find(request["ConnectionArn"])
        if self._register.using("ConnectionArn", item.arn):
            msg = f"Provided connection arn is being used by other services. ARN: {item.arn}"
            raise InvalidRequestException(msg)
        del self._by_arn[item.arn]
        self._tags.forget(item.arn)
        item.status = "DELETED"
        return {"Connection": item.shown()}

    def list_all(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """ListConnections, of one name or all."""
        wanted = request.get("ConnectionName")
        found = [item for item in self._by_arn.values() if wanted is None or item.name == wanted]
        chosen, token = page(found, request)
        return {"ConnectionSummaryList": [item.shown() for item in chosen], **token}

    def require_available(self, arn: str) -> None:
        """Raise ``InvalidRequestException`` unless a service may use the connection."""
        item = self._by_arn.get(arn)
        if item is None:
            msg = f"The connection ARN you specified isn't valid. ARN: '{arn}'"
            raise InvalidRequestException(msg)
        if item.status != "AVAILABLE":
            msg = f"The connection must be in the AVAILABLE status, and is in {item.status}. ARN: '{arn}'"
            raise InvalidRequestException(msg)

    def _find(self, arn: str) -> Connection:
        if arn not in self._by_arn:
            raise ResourceNotFoundException(what="Connection", arn=arn)
        return self._by_arn[arn]
