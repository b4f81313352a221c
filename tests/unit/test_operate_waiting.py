"""A wait that is interrupted says what becomes of the Terraform that it was for."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as waited
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from latitude import cli
from latitude.operate import processes, records
from latitude.operate.deployment import HangUpError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

PROGRAM = """
from latitude import Application, Image, S3State, Service, StateBucket
application = Application(
    name="orders",
    regions=("us-east-1",),
    services=(Service(name="web", image=Image(tag="1")),),
    state=S3State(bucket="orders-state", create=StateBucket()),
)
"""


@pytest.mark.parametrize("command", ["deploy", "bootstrap"])
@pytest.mark.parametrize("ended", [False, True])
def test_interrupt_during_the_wait_for_an_earlier_run(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, ended: bool
) -> None:
    """What the earlier run began is not interrupted: it goes on, with its record, unless it has just ended."""
    (tmp_path / "main.py").write_text(PROGRAM)
    (tmp_path / "terraform").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "terraform").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.chdir(tmp_path)
    stack = tmp_path / "cdktf.out" / "stacks" / "orders-us-east-1"
    stack.mkdir(parents=True)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as running:
        records.write(stack, running.pid, ["terraform", "apply"])

        def interrupted(_: float) -> None:
            if ended:
                running.kill()
                running.wait()
            raise KeyboardInterrupt

        monkeypatch.setattr(time, "sleep", interrupted)
        said = CliRunner().invoke(cli.app, [command, "--yes"])
        monkeypatch.undo()
        running.kill()
    assert said.exit_code == 130, said.output
    assert ("Interrupted; that Terraform goes on; the next run waits for it." in said.output) != ended
    assert ("Terraform has ended" in said.output) == ended


@pytest.mark.parametrize("first", [KeyboardInterrupt, HangUpError])
def test_pool_is_waited_for_through_every_signal(first: type[BaseException], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody says that Terraform has ended before it has: neither Ctrl-C nor the terminal's end cuts the wait short."""
    signals, end = [first, KeyboardInterrupt], threading.Event()
    heard: list[str] = []

    def wait(futures: Collection[Future[Any]], timeout: float) -> Any:
        if signals:
            raise signals.pop(0)
        end.set()
        return waited(futures, timeout=timeout)

    monkeypatch.setattr(processes, "wait", wait)
    pool = ThreadPoolExecutor(max_workers=1)
    running = [pool.submit(end.wait, 60), pool.submit(end.wait, 60)]
    if first is HangUpError:
        with pytest.raises(HangUpError):
            processes.finish(pool, running, insisted=lambda: heard.append("again"))
    else:
        processes.finish(pool, running, insisted=lambda: heard.append("again"))
    assert heard == ["again"] * (2 if first is KeyboardInterrupt else 1)
    assert running[0].result() is True
    assert running[1].cancelled()


def test_listener_hears_what_a_command_complains_of(tmp_path: Path) -> None:
    """Terraform writes errors to its other output: a log without them says nothing of why it failed."""
    heard: list[str] = []
    command = ["sh", "-c", "echo planning; echo 'Error: no provider' >&2; exit 1"]
    ended = processes.run(command, directory=tmp_path, environment={}, hear=heard.append)
    assert sorted(heard) == ["Error: no provider\n", "planning\n"]
    assert (ended.stdout, ended.stderr) == ("planning\n", "Error: no provider\n")
