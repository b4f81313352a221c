"""What Python finds in place of two modules, once `latitude` is imported: nothing else of theirs is changed.

| asked for | found |
| --- | --- |
| `cdktf_cdktf_provider_aws` | the package without its `__init__`, which would import 2,212 submodules at once |
| `jsii._kernel.providers.process` | `process.py` beside this file, which answers in Python what it can |
"""

import os
import sys
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

from latitude.bindings import node, notice
from latitude.bindings.lazy import LazyPackageLoader

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

AWS = "cdktf_cdktf_provider_aws"
PROCESS = "jsii._kernel.providers.process"

# Who sets one of these wants jsii's own process: a runtime of their own, or Python's stack in JavaScript's.
ORDINARY = ("JSII_RUNTIME", "JSII_HOST_STACK_TRACES")


class Finder:
    """A finder for `sys.meta_path` (Python's import system, "The meta path")."""

    def find_spec(
        self, name: str, path: "Sequence[str] | None" = None, target: "ModuleType | None" = None
    ) -> ModuleSpec | None:
        """Answer for the names above; None sends Python on to its own finders."""
        if name == AWS:
            found = PathFinder.find_spec(name, path, target)
            if found is not None:
                found.loader = LazyPackageLoader()
            return found
        if name == PROCESS:
            if node.is_known():
                return spec_from_file_location(name, Path(__file__).with_name("process.py"))
            node.prepare_ordinary(os.environ)
        return None


def install() -> None:
    """Put the finder before Python's own, unless it is there or the program wants ordinary bindings."""
    if any(isinstance(finder, Finder) for finder in sys.meta_path) or any(map(os.environ.get, ORDINARY)):
        return
    early = [name for name in ("jsii", AWS) if name in sys.modules]
    if early:
        notice.say(f"{early[0]} was imported before latitude, so that synth is slower; import latitude first")
        node.prepare_ordinary(os.environ)
    sys.meta_path.insert(0, Finder())
