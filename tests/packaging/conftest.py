"""Tests of what is built and installed: no network, and nothing of this checkout but the wheel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.installed import ROOT, Installed, build, install

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel of this checkout."""
    return build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Return an environment with the wheel, the extra ``sandbox``, and pytest."""
    root = tmp_path_factory.mktemp("installed") / "venv"
    return install(wheel, root, extras=["sandbox"], beside=["pytest"])


@pytest.fixture(scope="session")
def without_extra(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Return an environment with the wheel and pytest, without the extra."""
    return install(wheel, tmp_path_factory.mktemp("without_extra") / "venv", beside=["pytest"])
