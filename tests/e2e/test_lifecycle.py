from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from latitude.demo.emulator import Clients
from latitude.demo.revisions import with_region
from tests.e2e.applications import tickets, with_ingress
from tests.e2e.changes import go_through_all
from tests.support.applications import example

if TYPE_CHECKING:
    from latitude.sandbox.control import Control
    from latitude.sandbox.server import Sandbox
    from tests.e2e.conftest import Stage

pytestmark = pytest.mark.e2e


def test_example_goes_through_every_change_without_drift(stage: Stage) -> None:
    """The example: applied, changed, in one region more, in one less, and gone."""
    with stage(example()) as scene:
        go_through_all(scene, join=partial(with_region, region="eu-west-1"), leaving="us-west-2")


def test_source_code_behind_a_private_ingress_goes_through_every_change_without_drift(
    stage: Stage, aws: Sandbox, control: Control
) -> None:
    """A service from source code that only a VPC reaches: applied, changed, in one region more, in one less, gone."""
    clients = Clients(aws.url)
    join = partial(with_ingress, region="us-east-1", clients=clients, control=control)
    with stage(tickets(clients, control)) as scene:
        go_through_all(scene, join=join, leaving="us-west-2")
