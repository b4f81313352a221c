"""The errors of App Runner's service model."""

from __future__ import annotations

from moto.core.exceptions import ServiceException


class InvalidRequestException(ServiceException):
    """One or more input parameters aren't valid."""

    code = "InvalidRequestException"


class InvalidStateException(ServiceException):
    """The resource is in a state that does not allow the operation."""

    code = "InvalidStateException"


class ResourceNotFoundException(ServiceException):
    """No resource has the ARN that was given."""

    code = "ResourceNotFoundException"

    def __init__(self, *, what: str, arn: str) -> None:
        super().__init__(f"{what} not found for the provided arn: {arn}")


class ServiceQuotaExceededException(ServiceException):
    """App Runner's default quota for this kind of resource is used up."""

    code = "ServiceQuotaExceededException"

    def __init__(self, *, what: str, quota: int) -> None:
        super().__init__(f"The quota of {quota} {what} in this Region is used up. Delete some, or ask AWS for more.")
