"""What users install with Latitude is chosen: each library has its reason in a decision."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[2]


def test_every_dependency_has_its_reason() -> None:
    """docs/adr/0009 has a row for each library that users install, and for no other."""
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    required = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    (page,) = (_ROOT / "docs" / "adr").glob("0009-*.md")
    rows = re.findall(r"^\| (?!package|---)([^|]+?) \|", page.read_text("utf-8"), re.MULTILINE)
    named = {name for row in rows for name in re.sub(r"\(.*\)", "", row).replace(" ", "").split(",")}
    assert named == {re.split(r"[^A-Za-z0-9-]", each)[0] for each in required}
