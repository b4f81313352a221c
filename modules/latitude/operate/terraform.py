"""One Terraform working directory."""

from __future__ import annotations

import json
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from latitude.operate import processes
from latitude.operate.binary import TERRAFORM, binary

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Mapping

_PLAN_HAS_CHANGES: Final = 2


class TerraformError(RuntimeError):
    """Terraform ended with an error; ``output`` has what it said."""

    def __init__(
        self, command: str, directory: Path, output: str, status: int = 1, *, program: str = TERRAFORM
    ) -> None:
        self.output = output
        what = "failed" if status >= 0 else f"was killed ({signal.Signals(-status).name})"
        super().__init__(f"{Path(program).name} {command} {what} in {directory}:\n{output.strip()}")


@dataclass(frozen=True, kw_only=True)
class Terraform:
    """Runs Terraform in the folder of one stack, without asking and without colours.

    It is the ``program`` given, or the one that the environment names (``operate.binary``). ``hear`` gets each line
    that it says, as it comes, and ``heeded`` each Ctrl-C meanwhile. With ``recorded``, a record in the folder says that
    it works there, for whoever comes after a killed run.
    """

    directory: Path
    environment: Mapping[str, str]
    program: str | None = None
    hear: Callable[[str], None] | None = None
    recorded: bool = False
    heeded: Callable[[], None] | None = None

    def run(self, *arguments: str, allowed: tuple[int, ...] | None = (0,)) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; ``allowed`` are the exit statuses that are no error, ``None`` stands for all.

        Raises:
            TerraformError: the exit status is none of those allowed, or there is no such program.

        """
        program = binary(self.environment) if self.program is None else self.program
        try:
            done = processes.run(
                [program, *arguments],
                directory=self.directory,
                environment={**self.environment, "TF_IN_AUTOMATION": "1", "TF_INPUT": "0"},
                hear=self.hear,
                recorded=self.recorded,
                heeded=self.heeded,
            )
        except OSError as error:
            # The system names the program where it is that which cannot be run, and the folder otherwise.
            if error.filename != program:
                raise
            raise TerraformError(
                arguments[0], self.directory, f"{program}: {error.strerror}", program=program
            ) from error
        if allowed is not None and done.returncode not in allowed:
            said = done.stdout + done.stderr
            raise TerraformError(arguments[0], self.directory, said, done.returncode, program=program)
        return done

    def init(self, *arguments: str) -> None:
        """Install providers and connect to the state."""
        self.run("init", "-no-color", *arguments)

    def validate(self) -> None:
        """Check the configuration against the providers' schemas."""
        self.run("validate", "-no-color")

    def plan(self, *arguments: str, out: Path | None = None) -> bool:
        """Plan; return whether there is anything to do, outputs included."""
        saved = () if out is None else (f"-out={out}",)
        command = ("plan", "-no-color", "-detailed-exitcode", *saved, *arguments)
        return self.run(*command, allowed=(0, _PLAN_HAS_CHANGES)).returncode == _PLAN_HAS_CHANGES

    def apply(self, *arguments: str) -> None:
        """Plan and apply."""
        self.run("apply", "-no-color", "-auto-approve", *arguments)

    def destroy(self, *arguments: str) -> None:
        """Destroy everything in the state."""
        self.run("destroy", "-no-color", "-auto-approve", *arguments)

    def show(self, plan: Path | None = None) -> dict[str, Any]:
        """Return the state, or a saved plan, as Terraform's JSON."""
        which = () if plan is None else (str(plan),)
        shown: dict[str, Any] = json.loads(self.run("show", "-json", "-no-color", *which).stdout)
        return shown

    def outputs(self) -> dict[str, Any]:
        """Return the values of the outputs."""
        found = json.loads(self.run("output", "-json", "-no-color").stdout)
        return {name: output["value"] for name, output in found.items()}
