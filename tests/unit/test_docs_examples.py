"""The pieces of Python in the guides are pieces of a description."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import pytest

import latitude
from latitude import Application, Image, Service

DOCS: Final = Path(__file__).parents[2] / "docs"
EXAMPLES: Final = [
    (page.name, block)
    for page in (DOCS / name for name in ("hcp-terraform.md", "pipeline.md", "terraform.md", "accounts.md"))
    for block in re.findall(r"^```python\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
]


@pytest.mark.parametrize(("page", "block"), EXAMPLES)
def test_example_of_a_guide_fits_into_a_description(page: str, block: str) -> None:
    """What a guide says to write, such as ``state = …``, is a field that an application takes without a fault."""
    written: dict[str, Any] = {}
    exec(block, {name: getattr(latitude, name) for name in latitude.__all__}, written)  # noqa: S102  the guide's own code
    service = Service(name="web", image=Image(tag="1"))
    described = Application(**{"name": "orders", "regions": ("us-east-1",), "services": (service,), **written})
    assert {name: getattr(described, name) for name in written} == written, page
    assert written
