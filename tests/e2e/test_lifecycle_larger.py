from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from latitude.trial.revisions import with_region
from tests.e2e.applications import letting_go, shop
from tests.e2e.changes import go_through_all
from tests.support.applications import example

if TYPE_CHECKING:
    from tests.e2e.conftest import Stage

pytestmark = pytest.mark.e2e


def test_three_regions_go_through_every_change_without_drift(stage: Stage) -> None:
    """Two services and two tables in three regions: applied, changed, in a fourth, without one of the three, gone.

    The region that leaves is the one that the stack of routing leans on. A service goes with the region: its
    repositories have images, and may go since an apply before said so.
    """
    with stage(shop()) as trial:
        join = partial(letting_go, region="us-west-2")
        go_through_all(trial, join=join, leaving=trial.application.leaning_region, leaving_service="api")


def test_single_layout_goes_through_every_change_without_drift(stage: Stage) -> None:
    """The example in one stack: repositories first, by -target, then the rest; changed, a region more, one less."""
    with stage(example(layout="single")) as trial:
        go_through_all(trial, join=partial(with_region, region="eu-west-1"), leaving="us-west-2")
