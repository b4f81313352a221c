"""Modules beside the user's program: the program's while it runs, and nobody's afterwards."""

from __future__ import annotations

import contextlib
import os
import sys
from importlib.machinery import BuiltinImporter, FrozenImporter, PathFinder
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PACKAGE: Final = "latitude"


@contextlib.contextmanager
def modules_beside(folder: Path) -> Iterator[None]:
    """Find modules within the block as ``python FOLDER/main.py`` does, those in ``folder`` first.

    A library of the same name that is loaded already is put aside meanwhile. Afterwards Latitude goes on with its own
    libraries, and the next program with its own modules: none of the folder's is found or kept. See docs/adr/0050.
    """
    before = set(sys.modules)
    hidden = _hidden(folder, before)
    aside = {name: sys.modules.pop(name) for name in before if _root(name) in hidden}
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        with contextlib.suppress(ValueError):
            sys.path.remove(str(folder))
        new = sys.modules.keys() - (before - aside.keys())
        theirs = {root for root in map(_root, new) if root != _PACKAGE and _is_from(folder, root)}
        for name in [name for name in sys.modules if _root(name) in theirs]:
            del sys.modules[name]
        sys.modules.update(aside)


def _root(name: str) -> str:
    return name.partition(".")[0]


def _hidden(folder: Path, loaded: set[str]) -> set[str]:
    """Return the loaded modules that ``python main.py`` would have found in the folder, by their first name."""
    entries = {_root(entry) for entry in os.listdir(folder)}  # noqa: PTH208  names are enough
    roots = entries & {_root(name) for name in loaded} - {_PACKAGE, "__main__"}
    other = {root for root in roots if not _is_pythons(root) and not _is_from(folder, root)}
    return {root for root in other if _origin(folder, root) is not None}


def _is_pythons(root: str) -> bool:
    """Whether Python looks for the module in itself before it looks into any folder."""
    return BuiltinImporter.find_spec(root) is not None or FrozenImporter.find_spec(root) is not None


def _origin(folder: Path, root: str) -> str | None:
    """Return the file of the module that the folder has; a folder without ``__init__.py`` yields to any library."""
    found = PathFinder.find_spec(root, [str(folder)])
    return None if found is None else found.origin


def _is_from(folder: Path, root: str) -> bool:
    """Whether the module was found directly in the folder, not in an environment below it."""
    spec = getattr(sys.modules.get(root), "__spec__", None)
    if spec is None:
        return False
    if spec.origin is not None:
        return bool(spec.origin == _origin(folder, root))
    return str(folder / root) in (spec.submodule_search_locations or ())
