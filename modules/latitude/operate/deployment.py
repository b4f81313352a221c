"""Applies an application's stacks stage by stage, and stops at the first failure."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from latitude.operate import processes
from latitude.operate.events import Changes, Diagnostic, errors, progress
from latitude.operate.images import missing_images
from latitude.operate.terraform import Terraform

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from latitude.operate.order import Stage

_PLAN: Final = "latitude.tfplan"
_CHANGES: Final = 2
_FAILED: Final = 1
T = TypeVar("T")


class DeploymentStoppedError(RuntimeError):
    """The deployment ended before its end; the message says why, and what was and was not done."""


class _ApplyError(RuntimeError):
    """An apply of a stack failed; what was done meanwhile is known only when the others have ended."""

    def __init__(self, stack: str, why: str) -> None:
        self.stack = stack
        super().__init__(f"applying {stack} failed:\n{why}")


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A stack's plan: ``changes`` is ``None`` where Terraform could not plan, and ``errors`` says why."""

    stack: str
    changes: Changes | None
    needed: bool = False
    errors: tuple[Diagnostic, ...] = ()


@dataclass(kw_only=True)
class Deployment:
    """One run over the stacks in ``folder``, which holds a folder per stack.

    ``confirm`` sees the plans of a round before anything of it is applied. ``bake`` gets the name of a stack that was
    applied, and returns why the deployment must not go on, or ``None``. Of the stacks, ``begun`` are those whose apply
    was started, and ``done`` those that are as described.
    """

    folder: Path
    environment: Mapping[str, str]
    stages: Sequence[Stage]
    tell: Callable[[str, str], None]
    confirm: Callable[[Sequence[Planned]], bool]
    bake: Callable[[str], str | None]
    parallel: int = 4
    done: list[str] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    _plans: dict[str, Planned] = field(default_factory=dict)

    def run(self) -> bool:
        """Plan everything, ask, and apply; return whether anything was applied.

        What cannot be planned before an earlier stack is applied is planned, and asked for, after that.

        Raises:
            DeploymentStoppedError: a plan or an apply failed, a service was unhealthy, or the answer was no.

        """
        self._plan([stack for stage in self.stages for stack in stage.stacks])
        self._ask()
        applied = False
        for index, stage in enumerate(self.stages):
            late = [stack for stack in stage.stacks if self._plans[stack].changes is None]
            if late:
                self._plan(late)
                self._ask(from_stage=index)
            changed = [stack for stack in stage.stacks if self._plans[stack].needed]
            try:
                self._each(changed, self._apply)
            except _ApplyError as error:
                raise self._stopped(str(error), failed=error.stack) from error
            self.done += [stack for stack in stage.stacks if stack not in self.done]
            applied = applied or bool(changed)
            if stage.bake and changed:
                self._watch(stage.stacks)
        return applied

    def terraform(self, stack: str, hear: Callable[[str], None] | None = None) -> Terraform:
        """Return what runs Terraform in the stack's folder."""
        return Terraform(directory=self.folder / stack, environment=self.environment, hear=hear)

    def _plan(self, stacks: Sequence[str]) -> None:
        for planned in self._each(stacks, self._plan_one):
            self._plans[planned.stack] = planned

    def _plan_one(self, stack: str) -> Planned:
        self.tell(stack, "planning")
        terraform = self.terraform(stack)
        terraform.init()
        plan = (terraform.directory / _PLAN).resolve()
        command = ("plan", "-json", "-detailed-exitcode", f"-out={plan}")
        ended = terraform.run(*command, allowed=(0, _FAILED, _CHANGES))
        if ended.returncode == _FAILED:
            return Planned(stack=stack, changes=None, errors=tuple(_said(ended)))
        needed = ended.returncode == _CHANGES
        return Planned(stack=stack, changes=Changes.of_plan(terraform.show(plan)), needed=needed)

    def _ask(self, *, from_stage: int = 0) -> None:
        """Stop at a plan that no earlier stack's changes excuse; show the others."""
        pending = False
        for stage in self.stages[from_stage:]:
            for planned in (self._plans[stack] for stack in stage.stacks):
                if planned.changes is None and not pending:
                    raise self._stopped(self._why(planned), failed=planned.stack)
            pending = pending or any(self._plans[stack].needed for stack in stage.stacks)
        round_ = [self._plans[stack] for stage in self.stages[from_stage:] for stack in stage.stacks]
        if pending and not self.confirm(round_):
            raise self._stopped("the plans were not confirmed")

    def _why(self, planned: Planned) -> str:
        images = missing_images(self.folder / planned.stack, planned.errors)
        if images:
            return (
                f"{planned.stack} cannot be planned: the image {' and '.join(images)}. Push it to the home region's "
                "repository (output repository_urls), wait until it is replicated, and run this again."
            )
        said = "\n".join(str(error) for error in planned.errors)
        return f"{planned.stack} cannot be planned:\n{said}"

    def _apply(self, stack: str) -> None:
        def hear(line: str) -> None:
            said = progress(line)
            if said is not None:
                self.tell(stack, said)

        self.begun.append(stack)
        terraform = self.terraform(stack, hear)
        ended = terraform.run("apply", "-json", "-auto-approve", _PLAN, allowed=(0, _FAILED))
        if ended.returncode == _FAILED:
            raise _ApplyError(stack, "\n".join(map(str, _said(ended))))
        self.done.append(stack)
        self.tell(stack, "done")

    def _watch(self, stacks: Iterable[str]) -> None:
        for stack in stacks:
            self.tell(stack, "baking")
            why = self.bake(stack)
            if why is not None:
                raise self._stopped(why, failed=stack)

    def _each(self, stacks: Sequence[str], work: Callable[[str], T]) -> list[T]:
        """Do the work for each stack at the same time; after a failure begin with no other, and end what runs."""
        with ThreadPoolExecutor(max_workers=self.parallel) as pool:
            running = [pool.submit(work, stack) for stack in stacks]
            try:
                processes.wait_for(running, or_error=True)
            except BaseException:
                processes.stop(pool, running)
                raise
            for each in running:
                if not each.done():
                    each.cancel()
        return [each.result() for each in running if not each.cancelled()]

    def _stopped(self, why: str, *, failed: str | None = None) -> DeploymentStoppedError:
        return DeploymentStoppedError(f"{why.rstrip()}\n{self.standing(failed)}")

    def standing(self, failed: str | None = None) -> str:
        """Say what is done, where it stopped, and what is not done: a line each, of those that there are."""
        stacks = [stack for stage in self.stages for stack in stage.stacks]
        done = [stack for stack in stacks if stack in self.done and stack != failed]
        stopped = [stack for stack in stacks if stack not in done and (stack == failed or stack in self.begun)]
        groups = {
            "done": done,
            "stopped at": stopped,
            "not done": [stack for stack in stacks if stack not in {*done, *stopped}],
        }
        return "\n".join(f"  {words}: {', '.join(names)}" for words, names in groups.items() if names)


def _said(ended: subprocess.CompletedProcess[str]) -> list[Diagnostic]:
    """Return the errors that Terraform named; all that it said where it named none, as in runs of HCP Terraform."""
    whole = Diagnostic(summary=f"{ended.stdout}{ended.stderr}".strip(), detail="", address=None)
    return errors(ended.stdout.splitlines()) or [whole]
