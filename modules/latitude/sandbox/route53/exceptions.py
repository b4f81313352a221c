"""What Route 53 answers when its rules are broken; AWS's words, as far as users have published them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moto.route53.exceptions import HostedZoneNotEmpty, InvalidInput, Route53ClientError

if TYPE_CHECKING:
    from collections.abc import Iterable


class ChangeBatchError(Route53ClientError):
    """Nothing of the batch was done. Route 53 lists every fault it found, in brackets."""

    def __init__(self, faults: Iterable[str]) -> None:
        super().__init__("InvalidChangeBatch", f"[{', '.join(faults)}]")


class RequestError(InvalidInput):
    """A change lacks a field, or has fields that exclude each other; ``change`` is Route 53's description of it."""

    def __init__(self, fault: str, *, change: str) -> None:
        super().__init__(f"Invalid request: {fault} in Change with {change}")


class ZoneNotEmptyError(HostedZoneNotEmpty):
    """The zone holds more than its own NS and SOA records."""

    def __init__(self) -> None:
        Route53ClientError.__init__(
            self,
            "HostedZoneNotEmpty",
            # two spaces: AWS's own
            "The specified hosted zone contains non-required resource record sets  and so cannot be deleted.",
        )


class HealthCheckAlreadyExistsError(Route53ClientError):
    """The caller reference was used before, for another configuration."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            "HealthCheckAlreadyExists",
            f"A health check with the caller reference '{reference}' and another configuration already exists.",
        )


class HealthCheckVersionMismatchError(Route53ClientError):
    """The health check was changed since it was read."""

    def __init__(self, *, given: int, current: int) -> None:
        super().__init__(
            "HealthCheckVersionMismatch",
            f"The value of HealthCheckVersion in the request, {given}, does not match the health check's, {current}.",
        )
