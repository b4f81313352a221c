"""What tests against the embedded AWS need: a clock to move, errors by code and message, answers held to the model."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from latitude.sandbox.validation import faults

if TYPE_CHECKING:
    from collections.abc import Iterator

_EPOCH_SECONDS = 1_700_000_000.0
# Where AWS's answers break AWS's own model: ids without hyphens, and two statuses in lower case, as the Terraform
# provider and the AWS CLI's examples have them.
_AWS_ITSELF = re.compile(r"Value '[0-9a-f]{32}' at '.*serviceId'|Value '[a-z_]+' at '.*status'.* enum value set")


class ManualClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self._seconds = _EPOCH_SECONDS

    def __call__(self) -> float:
        """Return the time in seconds since 1970."""
        return self._seconds

    def advance(self, seconds: float) -> None:
        """Let ``seconds`` pass."""
        self._seconds += seconds


@contextlib.contextmanager
def refused(code: str, message: str) -> Iterator[None]:
    """Expect an AWS error with this code and exactly this message."""
    with pytest.raises(ClientError) as caught:
        yield
    error = caught.value.response["Error"]
    assert (error.get("Code"), error.get("Message")) == (code, message)  # noqa: S101 - a test's assertion


def hold_to_model(client: Any) -> None:
    """Fail any call of the client whose successful answer breaks botocore's model of the service."""
    client.meta.events.register("after-call", _check)


def create_service(apprunner: Any, *, name: str = "shop", **request: Any) -> str:
    """Create an App Runner service, from a public image unless the request says otherwise, and return its ARN."""
    image = {"ImageIdentifier": "public.ecr.aws/nginx/nginx:stable", "ImageRepositoryType": "ECR_PUBLIC"}
    source = {"AutoDeploymentsEnabled": False, "ImageRepository": image}
    arn: str = apprunner.create_service(ServiceName=name, **{"SourceConfiguration": source} | request)["Service"][
        "ServiceArn"
    ]
    return arn


def _check(*, parsed: dict[str, Any], model: Any, **_: Any) -> None:
    if "Error" in parsed or model.output_shape is None:
        return
    answer = {name: value for name, value in parsed.items() if name != "ResponseMetadata"}
    found = [fault for fault in faults(model.output_shape, answer) if not _AWS_ITSELF.search(fault)]
    assert not found, f"{model.name}: {found}"  # noqa: S101 - a test's assertion
