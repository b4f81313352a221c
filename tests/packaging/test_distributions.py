"""What is in the wheel and in the sdist."""

from __future__ import annotations

import ast
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from typing import TYPE_CHECKING, Final

from packaging.utils import canonicalize_name

from tests.support.installed import ROOT, build, declared, metadata

if TYPE_CHECKING:
    from pathlib import Path

_PACKAGE: Final = ROOT / "modules" / "latitude"
_VERSION: Final = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
_DIST_INFO: Final = f"latitude-{_VERSION}.dist-info"


def _contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_wheel_installs_one_name(wheel: Path) -> None:
    """Beside its metadata the wheel has `latitude` and nothing else: no `modules`, no `sandbox`, no `tests`."""
    roots = {name.partition("/")[0] for name in _contents(wheel)}
    assert roots == {"latitude", _DIST_INFO}


def test_wheel_has_every_file_of_the_package(wheel: Path) -> None:
    """Python files, the JavaScript that Node runs, and the mark that the types are public."""
    there = {name: data for name, data in _contents(wheel).items() if name.startswith("latitude/")}
    files = [path for path in _PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert there == {str(path.relative_to(_PACKAGE.parent)): path.read_bytes() for path in files}
    assert {"latitude/py.typed", "latitude/bindings/runtime.js", "latitude/bindings/hook.js"} <= set(there)


def test_wheel_has_the_licence_and_the_command(wheel: Path) -> None:
    """Whoever has the wheel alone has the licence's text, and gets the command."""
    contents = _contents(wheel)
    assert contents[f"{_DIST_INFO}/licenses/LICENSE"] == (ROOT / "LICENSE").read_bytes()
    assert metadata(wheel)["License-Expression"] == ["Apache-2.0"]
    assert contents[f"{_DIST_INFO}/entry_points.txt"] == (b"[console_scripts]\nlatitude = latitude.cli:main\n")


def _imported(path: Path) -> set[str]:
    """Return the first names of what a file imports, anywhere in it but for type checkers."""
    tree = ast.parse(path.read_bytes())
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    nodes = list(ast.walk(tree))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names}


def test_package_imports_only_what_it_declares(wheel: Path) -> None:
    """Each import is of Python, of `latitude`, or of a package that the wheel brings; pytest is for a plugin of it."""
    of = packages_distributions()
    brought = declared([*metadata(wheel)["Requires-Dist"], "pytest"], extras=["sandbox"])
    imported = {name for path in _PACKAGE.rglob("*.py") for name in _imported(path)}
    others = imported - sys.stdlib_module_names - {"latitude"}
    assert {name for name in others if not {canonicalize_name(each) for each in of.get(name, [])} & brought} == set()
    assert {"pydantic", "moto", "jsii"} <= others


def test_sdist_has_what_is_named_and_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    """From the sdist alone comes the wheel of the checkout, byte for byte."""
    with tarfile.open(build(ROOT, "sdist", tmp_path / "dist")) as archive:
        archive.extractall(tmp_path, filter="data")
    unpacked = tmp_path / f"latitude-{_VERSION}"
    assert {path.name for path in unpacked.iterdir()} == {
        ".gitignore",
        "CHANGELOG.md",
        "LICENSE",
        "Makefile",
        "PKG-INFO",
        "README.md",
        "benchmarks",
        "cdktf.json",
        "docs",
        "main.py",
        "modules",
        "pyproject.toml",
        "requirements.lock",
        "tests",
    }
    assert [path.name for path in (unpacked / "modules").iterdir()] == ["latitude"]
    assert _contents(build(unpacked, "wheel", tmp_path / "again")) == _contents(wheel)
