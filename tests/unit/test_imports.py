from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.import_graph import cycles, described, import_graph

if TYPE_CHECKING:
    from pathlib import Path

_FILES = {
    "__init__.py": "from house.kitchen import cook\n",
    "cellar.py": "import json\nimport house.attic.roof\nfrom . import kitchen\n",
    "kitchen.py": "def cook():\n    from .attic.roof import tile\n",
    "attic/__init__.py": "",
    "attic/roof.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ..kitchen import cook\n",
    "attic/beam.py": "from house import attic, cook\nfrom house.attic import *\nfrom houseboat import cellar\n",
}


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a package on the path that imports in every way there is."""
    for name, text in _FILES.items():
        file = tmp_path / "house" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    return "house"


def test_import_graph_has_every_import_of_every_module(house: str) -> None:
    """Imports in functions and under TYPE_CHECKING count, relative or not; other packages don't."""
    assert import_graph(house) == {
        "house": {"house.kitchen"},
        "house.cellar": {"house.attic.roof", "house.kitchen"},
        "house.kitchen": {"house.attic.roof"},
        "house.attic": set(),
        "house.attic.roof": {"house.kitchen"},
        "house.attic.beam": {"house", "house.attic"},
    }


def test_import_graph_of_a_subpackage_leads_out_of_it(house: str) -> None:
    """It has the modules of the subpackage only, and all that they import of the whole package."""
    whole = import_graph(house)
    assert import_graph(f"{house}.attic") == {name: whole[name] for name in whole if name.startswith("house.attic")}


def test_cycles_are_named_with_their_modules(house: str) -> None:
    """A circle has the modules that import each other, and not those that only import them."""
    graph = import_graph(house)
    assert cycles(graph) == [["house.attic.roof", "house.kitchen"]]
    assert described(cycles(graph)[0], graph) == (
        "house.attic.roof imports house.kitchen\nhouse.kitchen imports house.attic.roof"
    )


def test_sandbox_has_no_import_cycle() -> None:
    """No module of the embedded AWS imports one that imports it, under TYPE_CHECKING or through another room either."""
    graph = import_graph("latitude")
    found = [circle for circle in cycles(graph) if any(f"{name}.".startswith("latitude.sandbox.") for name in circle)]
    assert not found, "\n\n".join(described(circle, graph) for circle in found)
