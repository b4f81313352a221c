"""What is made for an application is all that it finds in AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from latitude.trial.revisions import revised
from tests.support.applications import everything
from tests.support.images import CONTENT

if TYPE_CHECKING:
    from latitude import Application
    from tests.e2e.conftest import Stage

pytestmark = pytest.mark.e2e


def test_application_that_states_everything_comes_up_and_goes_again(stage: Stage) -> None:
    """With what was made for it, and the one image that it states by its digest, it is applied, planned and destroyed.

    It names keys, secrets, a web ACL, VPCs, a VPC endpoint, security groups, repositories and a hosted zone of others.
    """
    stated = _without_obstacles(everything())
    with stage(stated) as trial:
        for region in stated.regions:
            ecr = trial.aws.clients("ecr", region)
            trial.aws.push_image(ecr, repository="platform/base", tag="pinned", content=CONTENT)
        trial.apply_everything()
        running = {key: service["Status"] for key, service in trial.services().items()}
        names = [f"all-{service.name}" for service in stated.services]
        assert running == {(region, name): "RUNNING" for region in stated.regions for name in names}
        trial.require_no_changes()
        trial.destroy()
        trial.require_empty_states()
        trial.require_nothing_left()


def _without_obstacles(stated: Application) -> Application:
    """State it without what keeps it from going again, or a plan from being empty; and let its own images be copied."""
    (events,) = stated.tables
    front, *others = stated.services
    assert front.domain is not None
    quiet = revised(front, domain=revised(front.domain, status_output=False))
    return revised(
        stated,
        services=(quiet, *others),
        tables=(revised(events, deletion_protection=False),),
        registry=revised(stated.registry, replication="managed"),
    )
