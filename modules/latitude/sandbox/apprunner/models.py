"""App Runner's state in one region of one account."""

from __future__ import annotations

import secrets
import string
from datetime import UTC, datetime, timedelta
from threading import RLock
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from moto.core.base_backend import BackendDict, BaseBackend

from latitude.sandbox import settings
from latitude.sandbox.apprunner.connections import Connections
from latitude.sandbox.apprunner.connectors import VpcConnectors
from latitude.sandbox.apprunner.domains import CustomDomains
from latitude.sandbox.apprunner.exceptions import ResourceNotFoundException
from latitude.sandbox.apprunner.ingress import VpcIngressConnections
from latitude.sandbox.apprunner.observability import ObservabilityConfigurations
from latitude.sandbox.apprunner.scaling import AutoScalingConfigurations
from latitude.sandbox.apprunner.services import Services

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LABEL_LENGTH = 10


class AppRunnerBackend(BaseBackend):
    """One region: a register for each kind of resource, the tags of all, and the clock they share."""

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.lock = RLock()
        self.tags: dict[str, dict[str, str]] = {}
        self.connections = Connections(self)
        self.connectors = VpcConnectors(self)
        self.ingress = VpcIngressConnections(self)
        self.observability = ObservabilityConfigurations(self)
        self.scaling = AutoScalingConfigurations(self)
        self.services = Services(self)
        self.domains = CustomDomains(self)

    @property
    def operation(self) -> timedelta:
        """How long an asynchronous operation takes."""
        return timedelta(seconds=settings.get().operation_seconds)

    def now(self) -> datetime:
        """Return the time by the sandbox's clock."""
        return datetime.fromtimestamp(settings.get().clock(), tz=UTC)

    def after_operation(self) -> datetime:
        """Return when an operation that starts now will be over."""
        return self.now() + self.operation

    def arn(self, *segments: str) -> str:
        """Return the ARN of a resource of this region."""
        return f"arn:{self.partition}:apprunner:{self.region_name}:{self.account_id}:{'/'.join(segments)}"

    def new_id(self) -> str:
        """Return 32 hexadecimal digits, as App Runner's ids are."""
        return uuid4().hex

    def new_uuid(self) -> str:
        """Return the id of an operation."""
        return str(uuid4())

    def new_label(self) -> str:
        """Return the first label of a domain name under awsapprunner.com."""
        letters = string.ascii_lowercase + string.digits
        return "".join(secrets.choice(letters) for _ in range(_LABEL_LENGTH))

    def tag(self, arn: str, tags: Sequence[Mapping[str, str]]) -> None:
        """Keep the tags of a resource, over those it has."""
        kept = self.tags.setdefault(arn, {})
        kept.update({tag["Key"]: tag.get("Value", "") for tag in tags})

    def tag_resource(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """TagResource."""
        self._require_tagged(request["ResourceArn"])
        self.tag(request["ResourceArn"], request["Tags"])
        return {}

    def untag_resource(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """UntagResource."""
        kept = self._require_tagged(request["ResourceArn"])
        for name in request["TagKeys"]:
            kept.pop(name, None)
        return {}

    def list_tags(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """ListTagsForResource."""
        kept = self._require_tagged(request["ResourceArn"])
        return {"Tags": [{"Key": name, "Value": value} for name, value in kept.items()]}

    def _require_tagged(self, arn: str) -> dict[str, str]:
        if arn == self.scaling.default.arn:
            self.tags.setdefault(arn, {})
        if ":service/" in arn:
            self.services.get(arn)
        if arn not in self.tags:
            raise ResourceNotFoundException(what="Resource", arn=arn)
        return self.tags[arn]


apprunner_backends: BackendDict[AppRunnerBackend] = BackendDict(AppRunnerBackend, "apprunner")
