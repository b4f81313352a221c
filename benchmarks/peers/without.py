"""Run a program with one of the bindings' cuts left out: `python without.py CUT PROGRAM ARGUMENT…`.

A cut is taken back from outside, by putting back what it replaced, so that the bindings themselves have no switches.
"""

import contextlib
import gc
import os
import runpy
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from latitude.bindings import checks, finder, node
from latitude.bindings import garbage as collector


def nothing() -> None:
    """Have every cut."""


def python_init() -> None:
    """Let the `__init__` of the AWS bindings import all 2,212 submodules."""
    find = finder.Finder.find_spec

    def ordinary(self: finder.Finder, name: str, *rest: Any) -> Any:
        return None if name == finder.AWS else find(self, name, *rest)

    finder.Finder.find_spec = ordinary  # type: ignore[method-assign]


def node_index() -> None:
    """Let Node require every file of the AWS bindings."""
    _hook("filename.endsWith(AWS) ? lazy(this, content) : content", "content")


def traces() -> None:
    """Let cdktf record a JavaScript stack for each token."""
    _hook("this.exports.captureStackTrace = () => NO_TRACE;", "")


def one_node() -> None:
    """Use jsii's own process: two Nodes, started late, and cattrs."""
    node.is_known = lambda: False


def hints() -> None:
    """Let typeguard check every argument anew."""
    checks.install = _as_it_was


def set_fields() -> None:
    """Send structs with their unset fields."""
    stub = ModuleType("latitude.bindings.structs")  # to import the module is to import jsii, which asks it at once
    stub.__dict__["install"] = _as_it_was
    sys.modules[stub.__name__] = stub


def garbage() -> None:
    """Let Python collect garbage while it synthesizes."""
    collector.left_alone = contextlib.nullcontext
    gc.freeze = _as_it_was


def kernel() -> None:
    """Let Node answer everything."""
    os.environ["LATITUDE_KERNEL"] = "node"


CUTS: dict[str, Callable[[], None]] = {
    cut.__name__: cut for cut in (nothing, python_init, hints, set_fields, garbage, kernel)
}
NODES: dict[str, Callable[[], None]] = {cut.__name__: cut for cut in (node_index, one_node, traces)}
"""What matters where Node answers, and is therefore compared with `kernel`."""


def _as_it_was() -> None:
    """Install nothing."""


def _hook(has: str, without: str) -> None:
    """Let Node start from a copy of the two JavaScript files, with a part of one replaced."""
    folder = Path(tempfile.mkdtemp(prefix="latitude-cut-"))
    for name in ("hook.js", "runtime.js"):
        text = (node.HERE / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace(has, without) if name == "hook.js" else text, encoding="utf-8")
    if has not in (node.HERE / "hook.js").read_text(encoding="utf-8"):
        raise ValueError(f"hook.js no longer has {has!r}")
    node.RUNTIME = folder / "runtime.js"


if __name__ == "__main__":
    cut, *sys.argv = sys.argv[1:]
    if cut in NODES:
        kernel()
    (CUTS | NODES)[cut]()
    runpy.run_path(sys.argv[0], run_name="__main__")
