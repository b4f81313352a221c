"""The network that tests may use, loopback, and none at all in tests/unit; providers; Ctrl-C as a terminal gives it."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import tempfile
from pathlib import Path
from typing import Final

import pytest
from pytest_socket import socket_allow_hosts

from latitude.operate.cli_config import MIRROR
from tests.support.mirror import machine_mirror, quick_environment

_UNIT: Final = Path(__file__).parent / "unit"


def pytest_configure() -> None:
    """Prepare the process for all tests."""
    os.environ.setdefault(MIRROR, machine_mirror())
    if not Path(os.environ.get("TF_CLI_CONFIG_FILE", "")).is_file():
        folder = tempfile.mkdtemp(prefix="latitude-tests-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ.update(quick_environment(Path(folder)))
    _heed_interrupts()


def _heed_interrupts() -> None:
    """Let Ctrl-C reach this process and its children also where a shell started them with ``&``, and so ignores it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let a test, and the fixtures that it is the first to ask for, connect to this machine only."""
    if _UNIT not in item.path.parents:
        socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)
