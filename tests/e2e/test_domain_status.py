from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from latitude import Application, Domain, HostedZone, LocalState, PublicImage, Service

if TYPE_CHECKING:
    from latitude.trial.trial import Trial
    from tests.e2e.conftest import Stage

pytestmark = pytest.mark.e2e

_PATIENCE_SECONDS = 180.0


def _application() -> Application:
    return Application(
        name="hello",
        regions=("us-east-1", "us-west-2"),
        services=(
            Service(
                name="web",
                image=PublicImage(identifier="public.ecr.aws/aws-containers/hello-app-runner:latest"),
                port=8000,
                domain=Domain(name="hello.example.com", hosted_zone=HostedZone(name="example.com"), status_output=True),
            ),
        ),
        state=LocalState(),
    )


def test_status_output_changes_once_and_tells_the_end(stage: Stage) -> None:
    """The status is told as it was at the apply; the plan after the validation shows the change, and then no more."""
    with stage(_application()) as trial:
        cell = trial.cell(trial.home)
        trial.deployment.apply(cell)
        terraform = trial.deployment.terraform(cell)
        assert terraform.outputs()["domain_statuses"] == {"web": "pending_certificate_dns_validation"}
        _wait_until_active(trial)
        assert trial.deployment.have_changes(cell) == {cell: True}
        trial.deployment.apply(cell)
        assert terraform.outputs()["domain_statuses"] == {"web": "active"}
        assert trial.deployment.have_changes(cell) == {cell: False}


def _wait_until_active(trial: Trial) -> None:
    apprunner = trial.aws.clients("apprunner", trial.home)
    (service,) = apprunner.list_services()["ServiceSummaryList"]
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        (domain,) = apprunner.describe_custom_domains(ServiceArn=service["ServiceArn"])["CustomDomains"]
        if domain["Status"] == "active":
            return
        assert time.monotonic() < deadline, domain
        time.sleep(0.1)
