"""What is installed for the tests, and for Latitude itself, is what the lock files have."""

from __future__ import annotations

import re

import pytest

from tests.support.installed import ROOT


@pytest.mark.parametrize("name", ["requirements.lock", "tests/support/checkov.lock"])
def test_every_package_of_a_lock_file_has_its_hashes(name: str) -> None:
    """Each has one version and hashes; no registry is named, so that whichever a machine is told of can be used."""
    text = (ROOT / name).read_text("utf-8")
    packages = [part for part in re.split(r"\n(?=[a-z0-9])", text) if not part.startswith("#")]
    assert len(packages) > 50
    pinned = re.compile(r"[a-z0-9-]+(\[[a-z0-9,-]+\])?==\S+( ; [^\\\n]+)? \\\n    --hash=sha256:")
    assert [part for part in packages if pinned.match(part) is None] == []
    assert re.findall(r"https?://|--(?:index|extra-index|find-links)\S*", text) == []
