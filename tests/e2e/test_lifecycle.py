from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.e2e.applications import tickets, with_ingress
from tests.e2e.changes import go_through_all

if TYPE_CHECKING:
    from tests.e2e.conftest import Stage

pytestmark = pytest.mark.e2e


def test_source_code_behind_a_private_ingress_goes_through_every_change_without_drift(
    stage: Stage,
) -> None:
    """A service from source code that only a VPC reaches: applied, changed, in one region more, in one less, gone."""
    join = partial(with_ingress, region="us-east-1")
    with stage(tickets()) as trial:
        go_through_all(trial, join=join, leaving="us-west-2")
