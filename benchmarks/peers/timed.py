"""Run a program and say where its time went: `python timed.py PROGRAM ARGUMENT…`, one line of JSON on stdout."""

import atexit
import json
import resource
import runpy
import sys
import time
from typing import Any

from latitude.bindings import node

STARTED = time.perf_counter()
spent = {"waiting": 0.0, "writing": 0.0}
counts = {"messages": 0, "waits": 0}


def watch(kind: str, count: str, call: Any) -> Any:
    """Add up the time within a method of Node's."""

    def timed(*args: Any) -> Any:
        begun = time.perf_counter()
        try:
            return call(*args)
        finally:
            now = time.perf_counter()
            spent[kind] += now - begun
            counts[count] += 1

    return timed


def report() -> None:
    """Print it, after Node has ended: what is registered first is called last."""
    own, nodes = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    seconds = {
        "wall": time.perf_counter() - STARTED,
        "python": own.ru_utime + own.ru_stime,
        "node": nodes.ru_utime + nodes.ru_stime,
    }
    print(json.dumps(seconds | spent | counts))


if __name__ == "__main__":
    atexit.register(report)
    node.Node.read = watch("waiting", "waits", node.Node.read)  # type: ignore[method-assign]
    node.Node.write = watch("writing", "messages", node.Node.write)  # type: ignore[method-assign]
    del sys.argv[0]
    runpy.run_path(sys.argv[0], run_name="__main__")
