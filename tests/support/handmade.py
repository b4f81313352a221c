"""``latitude deploy`` on stacks without AWS: Terraform's own resources, which run shell commands, and local states."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from latitude.operate.cli_config import usable_environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PATIENCE_SECONDS: Final = 120
EAST, WEST = "orders-us-east-1", "orders-us-west-2"
_PROGRAM: Final = """
from latitude import Application, PublicImage, Service
application = Application(
    name="orders",
    regions=("us-east-1", "us-west-2"),
    services=(Service(name="web", image=PublicImage(identifier="public.ecr.aws/nginx/nginx:latest")),),
)
"""
# The stacks that stand in for the synthesized ones are there already, and every other step is the command's own.
_COMMAND: Final = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
import latitude.stacks
latitude.stacks.synthesize = lambda *applications, outdir, only=None: sorted(os.listdir(outdir / "stacks"))
from latitude.cli import main
main()
"""


@dataclass(frozen=True)
class Handmade:
    """A folder with a program and stacks; each resource writes a line to ``made`` when it is made."""

    folder: Path

    def stack(self, name: str, *commands: str, backend: Any = None, needs: str | None = None) -> None:
        """Write a stack that runs the commands one after the other, each making an object.

        It can be planned only with the file ``needs``, beside the program. ``backend`` unset: a state file there.
        """
        directory = self.directory(name)
        directory.mkdir(parents=True)
        resources: dict[str, Any] = {}
        for number, command in enumerate(commands):
            run = f"{command} && echo {name}.{number} >> {self.folder / 'made'}"
            after = [f"terraform_data.step{number - 1}"] if number else []
            resources[f"step{number}"] = {"provisioner": [{"local-exec": {"command": run}}], "depends_on": after}
            if needs is not None:
                resources[f"step{number}"]["input"] = f'${{file("../../../{needs}")}}'
        document = {
            "terraform": {"backend": {"local": {"path": f"../../../terraform.{name}.tfstate"}}},
            "resource": {"terraform_data": resources},
        }
        if backend is not None:
            document["terraform"] = {"backend": backend}
        (directory / "cdk.tf.json").write_text(json.dumps(document))

    def directory(self, name: str) -> Path:
        """Return a stack's folder."""
        return self.folder / "cdktf.out" / "stacks" / name

    def start(self, *arguments: str, said: int = subprocess.PIPE) -> subprocess.Popen[str]:
        """Start ``latitude deploy``, in a session of its own."""
        (self.folder / "main.py").write_text(_PROGRAM)
        return subprocess.Popen(
            [sys.executable, "-c", _COMMAND, "deploy", *arguments],
            cwd=self.folder,
            env={
                **usable_environment(os.environ, self.folder / ".latitude"),
                "PYTHONPATH": os.pathsep.join(sys.path),
                "PYTHONUNBUFFERED": "1",
            },
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def deploy(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run ``latitude deploy --yes`` to its end."""
        running = self.start("--yes", *arguments)
        said, _ = running.communicate(timeout=PATIENCE_SECONDS)
        return subprocess.CompletedProcess(running.args, running.returncode, said)

    def made(self) -> list[str]:
        """Return what was made, in order; a line twice was made twice."""
        made = self.folder / "made"
        return sorted(made.read_text().split()) if made.exists() else []

    def in_state(self, name: str) -> list[str]:
        """Return the objects that a stack's state has."""
        state = json.loads((self.folder / f"terraform.{name}.tfstate").read_text())
        return sorted(f"{name}.{each['name'].removeprefix('step')}" for each in state["resources"])

    def left(self) -> list[str]:
        """Return what a run should not leave: locks, plans and records."""
        patterns = (".terraform.*.lock.info", "cdktf.out/latitude*", "cdktf.out/stacks/*/latitude*", "**/*.tfplan")
        return sorted(str(path.relative_to(self.folder)) for each in patterns for path in self.folder.glob(each))


def wait_until(holds: Callable[[], object], what: str) -> None:
    """Wait until something holds; fail when it takes too long."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end, f"not within {PATIENCE_SECONDS} s: {what}"
        time.sleep(0.05)
