"""Applies an application's stacks stage by stage, and stops at the first failure."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from latitude.operate import processes, words
from latitude.operate.events import Changes, progress
from latitude.operate.heartbeat import Heartbeat
from latitude.operate.others_rules import replaced_rules
from latitude.operate.plan_files import plan_files
from latitude.operate.planned import Planned
from latitude.operate.routes import draining
from latitude.operate.settling import Settling
from latitude.operate.terraform import Terraform

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from latitude.operate.order import Stage
    from latitude.operate.plan_files import PlanFiles

_CHANGES: Final = 2
T = TypeVar("T")


class DeploymentStoppedError(RuntimeError):
    """The deployment ended before its end; the message says why, and what was and was not done."""


class HangUpError(BaseException):
    """The terminal is gone: nothing more is begun, and what runs ends its work."""


class _StackError(RuntimeError):
    """An apply of a stack failed; what was done meanwhile is known only when the others have ended."""


@dataclass(kw_only=True)
class Deployment:
    """One run over the stacks in ``folder``, which holds a folder per stack.

    ``confirm`` sees the plans of a round before anything of it is applied. ``bake`` gets the name of a stack that was
    applied, and returns why the deployment must not go on, or ``None``. ``insisted`` hears each Ctrl-C after the first.
    Of the stacks, ``begun`` are those whose apply was started, ``done`` those that are as described, and ``failures``
    says of the others why not. What ``tell`` raises is of no consequence to Terraform.

    ``routing`` is the stack that leads users to regions, if it is one of its own: what leaves DNS leaves before all
    else.
    A region that would join without being among those that someone has ``seen`` (unset: ``confirm`` shows it) stays
    ``out``, beside those that the description is ``draining``. For domains that are not live yet it waits
    ``wait_seconds``; ``waiting`` are the stacks that were not live then, and why.
    """

    folder: Path
    environment: Mapping[str, str]
    stages: Sequence[Stage]
    tell: Callable[[str, str], None]
    confirm: Callable[[Sequence[Planned]], bool]
    bake: Callable[[str], str | None]
    insisted: Callable[[], None] | None = None
    parallel: int = 4
    lock_timeout: str = "0s"
    heartbeat_seconds: float = 5.0
    routing: str | None = None
    draining: Collection[str] = ()
    seen: Collection[str] | None = None
    wait_seconds: float = 0.0
    out: set[str] = field(default_factory=set)
    waiting: dict[str, str] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    _plans: dict[str, Planned] = field(default_factory=dict)
    _interrupted: bool = False

    def run(self) -> bool:
        """Plan everything, ask, and apply; return whether anything was applied.

        What cannot be planned before an earlier stack is applied is planned, and asked for, after that. What cannot be
        planned at all is left out, and the others go on: a region that does not answer holds up no other.

        Raises:
            DeploymentStoppedError: a plan or an apply failed, a service was unhealthy, or the answer was no.

        """
        with plan_files(self.folder.parent) as files:
            return self._run(files)

    def _run(self, files: PlanFiles) -> bool:
        self._plan([stack for stage in self.stages for stack in stage.stacks], files)
        self._ask()
        applied = self._leave(files)
        for index, stage in enumerate(self.stages):
            late = [stack for stack in stage.stacks if self._is_late(stack)]
            if late:
                self._plan(late, files)
                self._ask(from_stage=index)
            changed = [stack for stack in stage.stacks if self._plans[stack].needed]
            self._each(changed, "applying", lambda stack: self._apply(stack, files))
            if any(stack in self.begun for stack in self.failures):
                raise self._stopped()
            changed += self._settled(stage.stacks, files)
            planned = [stack for stack in stage.stacks if self._plans[stack].changes is not None]
            self.done += [stack for stack in planned if stack not in self.done]
            applied = applied or bool(changed)
            if stage.bake and changed:
                self._watch(stage.stacks)
        if self.failures:
            raise self._stopped()
        return applied

    def _is_late(self, stack: str) -> bool:
        return self._plans[stack].changes is None and not self._plans[stack].left_out

    def terraform(self, stack: str, hear: Callable[[str], None] | None = None) -> Terraform:
        """Return what runs Terraform in the stack's folder."""
        return Terraform(directory=self.folder / stack, environment=self.environment, hear=hear, recorded=True)

    def _plan(self, stacks: Sequence[str], files: PlanFiles) -> None:
        for planned in self._each(stacks, "planning", lambda stack: self._plan_one(stack, files)):
            self._plans[planned.stack] = planned

    def _plan_one(self, stack: str, files: PlanFiles) -> Planned:
        """Plan a stack; a region that nobody has seen join stays out of DNS."""
        self.tell(stack, "planning")
        planned = self._planned(stack, files)
        if planned.changes is None or self.seen is None:
            return planned
        unseen = planned.changes.routes.unseen(self.seen)
        if not unseen:
            return planned
        self.out |= unseen
        self.tell(stack, f"{', '.join(sorted(unseen))} would join, which nobody has seen: planning without")
        return self._planned(stack, files, out=unseen)

    def _leave(self, files: PlanFiles) -> bool:
        """Let the regions leave DNS that do; return whether any did. What joins joins when the cells are done."""
        planned = None if self.routing is None else self._plans.get(self.routing)
        if planned is None or planned.changes is None or not planned.changes.routes.leaves:
            return False
        stack, joins = planned.stack, planned.changes.routes.joins
        if joins:
            self._plans[stack] = self._planned(stack, files, out={*joins, *self.out})
        self._each([stack], "applying", lambda stack: self._apply(stack, files))
        if self.failures:
            raise self._stopped()
        self._plans[stack] = Planned(stack=stack, changes=None if joins else Changes())
        return True

    def _settled(self, stacks: Iterable[str], files: PlanFiles) -> list[str]:
        """Wait for the domains of stacks that are not live, apply what opens them, and return those that changed."""
        found = {stack: changes for stack in stacks if (changes := self._plans[stack].changes) is not None}
        waits = {stack: "; ".join(changes.waits) for stack, changes in found.items() if changes.waits}
        if self.wait_seconds <= 0 or not waits:
            self.waiting |= waits
            return []
        settling = Settling(
            plan=lambda stack: self._planned(stack, files),
            apply=lambda stack: self._apply(stack, files),
            tell=self.tell,
            interrupted=lambda: self._interrupted,
            wait_seconds=self.wait_seconds,
            waiting=self.waiting,
        )
        changed = self._each(list(waits), "waiting", settling.settle)
        if any(stack in self.failures for stack in waits):
            raise self._stopped()
        return [stack for stack, did in zip(waits, changed, strict=True) if did]

    def _planned(self, stack: str, files: PlanFiles, *, out: Collection[str] = ()) -> Planned:
        """Plan a stack; ``out`` are regions that must not be led to, beside those that drain anyway."""
        variables = [draining({*out, *self.draining})] if out else []
        terraform = self.terraform(stack)
        ended = terraform.run("init", "-no-color", allowed=None)
        if ended.returncode == 0:
            plan = files.new(stack)
            options = (f"-lock-timeout={self.lock_timeout}", f"-out={plan}", *variables)
            ended = terraform.run("plan", "-json", "-detailed-exitcode", *options, allowed=None)
            if ended.returncode in {0, _CHANGES}:
                shown = terraform.show(plan)
                lost = replaced_rules(terraform, shown)
                if lost is not None:
                    return Planned(stack=stack, changes=None, why=lost)
                changes = Changes.of_plan(shown)
                return Planned(stack=stack, changes=changes, needed=ended.returncode == _CHANGES)
        return Planned(stack=stack, changes=None, why=words.why(ended, directory=terraform.directory))

    def _ask(self, *, from_stage: int = 0) -> None:
        """Leave out what no earlier stack's changes excuse; show the plans, and stop where they are declined."""
        pending = False
        for stage in self.stages[from_stage:]:
            for stack in (stack for stack in stage.stacks if self._is_late(stack) and not pending):
                self._leave_out(self._plans[stack], stops=stage.bake)
            pending = pending or any(self._plans[stack].needed for stack in stage.stacks)
        round_ = [self._plans[stack] for stage in self.stages[from_stage:] for stack in stage.stacks]
        if pending and not self.confirm(round_):
            raise self._stopped("The plans were not confirmed.")

    def _leave_out(self, planned: Planned, *, stops: bool) -> None:
        self.failures[planned.stack] = words.sentence(f"{planned.stack} cannot be planned", planned.why)
        if stops:
            raise self._stopped()
        self._plans[planned.stack] = Planned(stack=planned.stack, changes=None, why=planned.why, left_out=True)

    def _apply(self, stack: str, files: PlanFiles) -> None:
        def hear(line: str) -> None:
            said = progress(line)
            if said is not None:
                self.tell(stack, said)

        self.begun.append(stack)
        terraform = self.terraform(stack, hear)
        options = ("-json", "-auto-approve", f"-lock-timeout={self.lock_timeout}")
        ended = terraform.run("apply", *options, str(files.path(stack)), allowed=None)
        if ended.returncode != 0:
            why = words.why(ended, directory=terraform.directory)
            if why.strip() or not self._interrupted:
                self.failures[stack] = words.sentence(f"applying {stack} failed", why)
            raise _StackError(stack)
        self.done.append(stack)
        self.tell(stack, "done")

    def _watch(self, stacks: Iterable[str]) -> None:
        for stack in stacks:
            self.tell(stack, "baking")
            why = self.bake(stack)
            if why is not None:
                self.failures[stack] = why
                raise self._stopped()

    def _each(self, stacks: Sequence[str], doing: str, work: Callable[[str], T]) -> list[T]:
        """Do the work for each stack at the same time; after a failure begin with no other, and end what runs.

        Every wait can be interrupted: Ctrl-C interrupts Terraform once, also after a failure, and waits for it.
        """
        pool = ThreadPoolExecutor(max_workers=self.parallel)
        running: list[Future[T]] = []
        heartbeat = Heartbeat(doing=doing, seconds=self.heartbeat_seconds, tell=self.tell)
        try:
            try:
                running.extend(pool.submit(heartbeat.during, stack, work) for stack in stacks)
                with heartbeat:
                    processes.wait_for(running, or_error=True)
                    self._end(running)
            except HangUpError:
                self._end(running)
                raise
        except HangUpError:
            raise
        except BaseException:
            # Ctrl-C, or SIGTERM, also while the end is waited for of what was at work when the terminal went away.
            self._interrupted = True
            for stack in heartbeat.working():
                self.tell(stack, "interrupted; waiting until Terraform has written its state")
            processes.stop(pool, running, grace_seconds=None, insisted=self.insisted)
            raise
        finally:
            processes.finish(pool, running, insisted=self.insisted)
        errors = [error for each in running if not each.cancelled() and (error := each.exception()) is not None]
        for error in errors:
            if not isinstance(error, _StackError):
                raise error
        return [] if errors else [each.result() for each in running]

    def _end(self, running: Sequence[Future[Any]]) -> None:
        """Begin nothing more, and wait for what has begun."""
        processes.wait_for([each for each in running if not each.cancel()])

    def _stopped(self, why: str | None = None) -> DeploymentStoppedError:
        return DeploymentStoppedError("\n".join([*([] if why is None else [why]), self.standing()]))

    def standing(self) -> str:
        """Say what failed, what is done, where it stopped, and what is not done: of those that there are."""
        stacks = [stack for stage in self.stages for stack in stage.stacks]
        return words.standing(stacks, done=self.done, begun=self.begun, failures=self.failures)
