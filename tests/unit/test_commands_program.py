"""The user's program as the commands load it: its modules are its own, and Latitude's are Latitude's."""

from __future__ import annotations

import secrets
import sys
import types
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from latitude.commands.program import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_PROGRAM = """{}
from latitude import Application
application = Application(name="shop", regions={})
"""


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., Path]:
    """Return what writes a program that states the regions given, with modules beside it."""

    def write(folder: str = "own", *, begins: str = "", regions: str = "('eu-west-1',)", **modules: str) -> Path:
        place = tmp_path / folder
        place.mkdir()
        for name, text in modules.items():
            (place / f"{name}.py").write_text(text)
        (place / "main.py").write_text(_PROGRAM.format(begins, regions))
        return place / "main.py"

    return write


def test_program_finds_its_own_module_by_the_name_of_a_loaded_library(program: Callable[..., Path]) -> None:
    """As with ``python main.py``: `secrets` beside it is meant, though Python's own is loaded already."""
    main = program(begins="from secrets import REGIONS", regions="REGIONS", secrets="REGIONS = ('us-west-2',)")
    assert load(main).regions == ("us-west-2",)
    assert sys.modules["secrets"] is secrets


def test_program_finds_its_own_package_by_the_name_of_a_loaded_one(program: Callable[..., Path]) -> None:
    """A package that is put aside goes with its submodules, and comes back with them."""
    before = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "typer"}
    main = program(begins="import typer.own")
    (main.parent / "typer").mkdir()
    (main.parent / "typer" / "__init__.py").write_text("")
    (main.parent / "typer" / "own.py").write_text("")
    assert load(main).name == "shop"
    assert len(before) > 1
    assert {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "typer"} == before


def test_programs_modules_are_not_found_once_it_has_run(program: Callable[..., Path]) -> None:
    """What Latitude imports later is a library: the folder is searched no more, and nothing of it is kept."""
    path = list(sys.path)
    main = program(begins="import own_one, own_folder.two", own_one="", own_other="")
    (main.parent / "own_folder").mkdir()
    (main.parent / "own_folder" / "two.py").write_text("")
    load(main)
    assert sys.path == path
    assert [name for name in ("own_one", "own_other", "own_folder") if find_spec(name) is not None] == []


def test_two_programs_have_each_its_own_module_of_one_name(program: Callable[..., Path]) -> None:
    """`latitude migrate OLD NEW`: the new description is made with the new settings, not with the old ones."""
    begins = "from settings import REGIONS"
    old = program("old", begins=begins, regions="REGIONS", settings="REGIONS = ('us-east-1',)")
    new = program("new", begins=begins, regions="REGIONS", settings="REGIONS = ('us-east-1', 'us-west-2')")
    assert [load(each).regions for each in (old, new)] == [("us-east-1",), ("us-east-1", "us-west-2")]


def test_program_that_fails_leaves_the_libraries_as_they_were(program: Callable[..., Path]) -> None:
    """Its error comes out as it is."""
    path = list(sys.path)
    with pytest.raises(ZeroDivisionError):
        load(program(begins="import secrets\n1 / 0", secrets=""))
    assert sys.modules["secrets"] is secrets
    assert sys.path == path


def test_library_in_an_environment_below_the_folder_stays_loaded(
    program: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`.venv` beside `main.py` is usual: what the program imports from there is a library."""
    main = program(begins="import library_below")
    below = main.parent / ".venv" / "site-packages"
    below.mkdir(parents=True)
    (below / "library_below.py").write_text("")
    monkeypatch.syspath_prepend(str(below))
    load(main)
    assert isinstance(sys.modules.pop("library_below"), types.ModuleType)


@pytest.mark.parametrize("name", ["os", "sys", "latitude"])
def test_program_cannot_put_python_or_latitude_aside(name: str, program: Callable[..., Path]) -> None:
    """``python main.py`` would not find those of Python's either; Latitude's runs the program."""
    before = sys.modules[name]
    main = program(begins=f"import {name}", **{name: "raise ImportError"})
    assert load(main).name == "shop"
    assert sys.modules[name] is before
