from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from tests.support.applications import APPLICATIONS
from tests.support.plan import Plan, plan_all
from tests.support.scanning import Scanner

if TYPE_CHECKING:
    from collections.abc import Mapping


class Plans(Protocol):
    """Plans an application, once in a session."""

    def __call__(self, name: str) -> Mapping[str, Plan]:
        """Return the plans of the application ``name`` by stack."""


@pytest.fixture(scope="session")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Plans:
    """Return what validates and plans an application with the real Terraform, against an AWS where nothing is made."""
    done: dict[str, Mapping[str, Plan]] = {}

    def plan(name: str) -> Mapping[str, Plan]:
        if name not in done:
            documents = plan_all(APPLICATIONS[name](), tmp_path_factory.mktemp(name))
            done[name] = {stack: Plan(name=stack, document=document) for stack, document in documents.items()}
        return done[name]

    return plan


@pytest.fixture(scope="session")
def scanner(tmp_path_factory: pytest.TempPathFactory) -> Scanner:
    """Return Checkov, freshly installed from its lock file."""
    made = Scanner(folder=tmp_path_factory.mktemp("checkov"))
    made.install()
    return made
