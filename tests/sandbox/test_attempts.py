from __future__ import annotations

import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ConnectionClosedError

from latitude.sandbox.testing import ManualClock, create_service, refused

if TYPE_CHECKING:
    from latitude.sandbox.pytest_plugin import ClientFactory

pytestmark = pytest.mark.sandbox


def _lose_the_first_answer(client: Any, operation: str) -> list[str]:
    """Send a first attempt as it is, but let the SDK believe that the connection broke; return what was answered."""
    answers: list[str] = []

    def send(*, request: Any, **_: Any) -> None:
        if not answers:
            again = urllib.request.Request(  # noqa: S310 - the sandbox's own URL
                request.url, data=request.body, headers=dict(request.headers.items()), method=request.method
            )
            with urllib.request.urlopen(again) as answer:  # noqa: S310 - the same
                answers.append(answer.read().decode())
            raise ConnectionClosedError(endpoint_url=request.url)

    client.meta.events.register(f"before-send.apprunner.{operation}", send)
    return answers


def test_second_attempt_of_a_call_whose_answer_was_lost(client: ClientFactory, clock: ManualClock) -> None:
    """An update that was done is answered again, and not refused because the service is busy with that very update."""
    apprunner = client("apprunner", attempts=2)
    arn = create_service(apprunner)
    clock.advance(1)
    lost = _lose_the_first_answer(apprunner, "UpdateService")
    answer = apprunner.update_service(ServiceArn=arn, HealthCheckConfiguration={"Interval": 7})
    assert answer["OperationId"] in lost[0]
    kinds = [entry["Type"] for entry in apprunner.list_operations(ServiceArn=arn)["OperationSummaryList"]]
    assert kinds == ["UPDATE_SERVICE", "CREATE_SERVICE"]


def test_second_call_that_says_the_same(client: ClientFactory, clock: ManualClock) -> None:
    """Only attempts of one call share an answer: whoever asks anew while the service is busy is refused."""
    apprunner = client("apprunner")
    arn = create_service(apprunner)
    clock.advance(1)
    change = {"ServiceArn": arn, "HealthCheckConfiguration": {"Interval": 7}}
    apprunner.update_service(**change)
    busy = "Service cannot be updated in the current state: OPERATION_IN_PROGRESS."
    with refused("InvalidStateException", busy):
        apprunner.update_service(**change)
