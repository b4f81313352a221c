"""Applying one description and then another gives the AWS that the other one alone gives."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

import pytest

from latitude.commands.embedded import embedded_aws
from latitude.operate.terraform import Terraform
from latitude.stacks import synthesize
from latitude.trial.prerequisites import make_surroundings
from tests.support.described import described
from tests.support.plan import initialize, terraform_environment
from tests.support.traces import REGIONS, STEPS, full

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from latitude import Application
    from latitude.sandbox.server import Sandbox

pytestmark = pytest.mark.e2e

_HISTORIES: Final = {"lefty": ("all", "none", "even", "odd"), "right": ("none", "odd", "even")}
"""What each of two applications becomes, one after the other. Nothing was there before the first."""
_WRITING: Final = threading.Lock()
"""One application is written at a time: the bindings are no more made for two than cdktf is."""


class History:
    """An application of its own name, in layout ``single``, that goes through steps."""

    def __init__(self, aws: Sandbox, folder: Path, name: str) -> None:
        self.name, self.aws, self.out = name, embedded_aws(aws), folder / name
        environment = terraform_environment(aws.environment(), folder)
        self.terraform = Terraform(directory=self.out / "stacks" / name, environment=environment)
        make_surroundings(full(name), self.aws)

    def begin(self) -> None:
        """Make the repositories of the first step, and push its images."""
        application = self._write(_HISTORIES[self.name][0])
        initialize(self.terraform)
        self.terraform.apply(*(f"-target=aws_ecr_repository.front_{region.replace('-', '_')}" for region in REGIONS))
        for service in application.repository_services:
            for region in REGIONS:
                ecr = self.aws.clients("ecr", region)
                repository = application.aws_names.repository(service)
                self.aws.push_image(ecr, repository=repository, tag="1", content=b"an application")

    def become(self, step: str) -> dict[str, str]:
        """Apply a step, and return what AWS then has."""
        self._write(step)
        self.terraform.apply()
        return described(self.aws.clients, REGIONS, name=self.name)

    def _write(self, step: str) -> Application:
        application = STEPS[step](full(self.name))
        with _WRITING:
            synthesize(application, self.out)
        return application


def test_changes_leave_no_trace_of_what_was_before(aws: Sandbox, tmp_path: Path) -> None:
    """Two applications alike come to the same by other ways: all fields stated, none, and each half of them."""
    histories = [History(aws, tmp_path, name) for name in _HISTORIES]
    for history in histories:
        history.begin()
    found: dict[tuple[str, str], dict[str, str]] = {}

    def go_through(history: History) -> None:
        for step in _HISTORIES[history.name]:
            found[history.name, step] = history.become(step)

    with ThreadPoolExecutor(len(histories)) as pool:
        list(pool.map(go_through, histories))
    for step in ("none", "even", "odd"):
        one, other = (found[name, step] for name in _HISTORIES)
        assert _differences(one, other) == [], step
    # What differs between steps is what the comparison sees.
    assert len({str(found["lefty", step]) for step in STEPS}) == len(STEPS)


def _differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Tell where what AWS has of two applications differs, and how."""
    whole = [{what: json.loads(said) for what, said in each.items()} for each in (one, other)]
    return list(_differing(whole[0], whole[1], ""))


def _differing(one: Any, other: Any, path: str) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            yield from _differing(one.get(key), other.get(key), f"{path} {key}".strip())
    elif one != other:
        yield f"{path}: {json.dumps(one)}, but {json.dumps(other)}"
