"""Whatever is wrong with a request is answered, soon, and with no 500."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.support.malformed import malformed
from tests.support.malformed.wire import ask

if TYPE_CHECKING:
    from latitude.sandbox.server import Sandbox

pytestmark = pytest.mark.sandbox

# LATITUDE_FUZZ_SECONDS and LATITUDE_FUZZ_SEED let it go on for longer, and elsewhere.
_BUDGET_SECONDS = float(os.environ.get("LATITUDE_FUZZ_SECONDS", "15"))
_SEED = int(os.environ.get("LATITUDE_FUZZ_SEED", "1"))
_PATIENCE_SECONDS = 30.0
_LEAST = 50


def test_malformed_requests_are_answered_without_a_500(sandbox: Sandbox) -> None:
    """Within the budget no request fails the sandbox, and none waits; the message has the request that did."""
    chance, statuses = random.Random(_SEED), Counter[int | None]()  # noqa: S311 - must be repeatable, guards nothing
    host = sandbox.url.removeprefix("http://")
    port = int(host.rpartition(":")[2])
    ends = time.monotonic() + _BUDGET_SECONDS
    while time.monotonic() < ends or statuses.total() < _LEAST:
        sent = malformed(chance, host=host)
        answer = ask(port, sent.wire(), ends=sent.ends, seconds=_PATIENCE_SECONDS)
        statuses[answer.status] += 1
        assert answer.status not in (None, 500), f"{sent.about}: {sent.wire()!r}\n{answer.text}"
    assert statuses[400] > statuses.total() / 4, statuses
    print(statuses.total(), "requests:", dict(statuses))  # noqa: T201 - the figures, for pytest -rP
