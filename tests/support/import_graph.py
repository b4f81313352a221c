"""Which module imports which, read from the source: nothing is imported to find out."""

from __future__ import annotations

import ast
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Graph = dict[str, frozenset[str]]


def import_graph(package: str) -> Graph:
    """Return, for each module at or below ``package``, the modules of the same top-level package that it imports.

    Every import statement counts: at the top, inside a function, and under ``TYPE_CHECKING``. A name imported from a
    package is the submodule of that name if there is one, and the package itself if not. What Python runs besides,
    the ``__init__`` of each package on the way to a module, isn't counted, nor is what ``importlib`` is given.
    """
    files = dict(_files(package.partition(".")[0]))
    return {
        module: frozenset(
            found for name in _imported(module, file) if (found := _resolved(name, known=files)) is not None
        )
        for module, file in files.items()
        if f"{module}.".startswith(f"{package}.")
    }


def cycles(graph: Mapping[str, frozenset[str]]) -> list[list[str]]:
    """Return the modules that import each other, directly or through others: each circle once, sorted."""
    reached = {module: _reached(module, graph) for module in graph}
    circles = {
        frozenset(other for other in reached[module] if module in reached.get(other, ()))
        for module in graph
        if module in reached[module]
    }
    return sorted(sorted(circle) for circle in circles)


def described(circle: list[str], graph: Mapping[str, frozenset[str]]) -> str:
    """Return one line for each module of a circle, with what it imports of the circle."""
    return "\n".join(f"{module} imports {', '.join(sorted(graph[module] & {*circle}))}" for module in circle)


def _files(top: str) -> Iterator[tuple[str, Path]]:
    spec = find_spec(top)
    assert spec is not None, f"no package {top}"
    assert spec.origin is not None, f"{top} has no __init__.py"
    root = Path(spec.origin).parent
    for file in sorted(root.rglob("*.py")):
        parts = file.relative_to(root.parent).with_suffix("").parts
        yield ".".join(parts[:-1] if file.name == "__init__.py" else parts), file


def _imported(module: str, file: Path) -> Iterator[str]:
    """Yield the dotted name of each module, or name in a module, that an import statement names."""
    for node in ast.walk(ast.parse(file.read_bytes(), filename=str(file))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".") if file.name == "__init__.py" else module.split(".")[:-1]
            relative = above[: len(above) - node.level + 1] if node.level else []
            source = ".".join([*relative, *([node.module] if node.module else [])])
            yield from (f"{source}.{alias.name}" for alias in node.names)


def _resolved(name: str, *, known: Mapping[str, Path]) -> str | None:
    """Return the module that a dotted name is, or is in; None if that isn't of the package."""
    if name in known:
        return name
    holder = name.rpartition(".")[0]
    return holder if holder in known else None


def _reached(start: str, graph: Mapping[str, frozenset[str]]) -> set[str]:
    """Return every module that ``start`` imports, directly or through others; itself only if it is in a circle."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        found = graph.get(waiting.pop(), frozenset()) - reached
        reached |= found
        waiting.extend(found)
    return reached
