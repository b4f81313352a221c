"""What is made for an application is all that it finds in AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from latitude.trial.revisions import revised
from tests.support.applications import everything
from tests.support.images import CONTENT

if TYPE_CHECKING:
    from tests.e2e.conftest import Stage

pytestmark = pytest.mark.e2e


def test_application_that_states_everything_comes_up_and_goes_again(stage: Stage) -> None:
    """With what was made for it, and the one image that it states by its digest, it is applied, planned and destroyed.

    It names keys, secrets, a web ACL, VPCs, a VPC endpoint, security groups, repositories and a hosted zone of others.
    """
    stated = everything()
    (events,) = stated.tables
    removable = revised(events, deletion_protection=False)
    registry = revised(stated.registry, replication="managed")
    with stage(revised(stated, tables=(removable,), registry=registry)) as trial:
        for region in stated.regions:
            ecr = trial.aws.clients("ecr", region)
            trial.aws.push_image(ecr, repository="platform/base", tag="pinned", content=CONTENT)
        trial.before = trial.inventory()
        trial.apply_everything()
        running = {key: service["Status"] for key, service in trial.services().items()}
        names = [f"all-{service.name}" for service in stated.services]
        assert running == {(region, name): "RUNNING" for region in stated.regions for name in names}
        trial.require_no_changes()
        trial.destroy()
        trial.require_empty_states()
        trial.require_nothing_left()
