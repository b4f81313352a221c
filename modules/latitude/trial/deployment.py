"""The synthesized stacks of an application, and Terraform on each of them."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from latitude.operate.bootstrap import Bootstrap
from latitude.operate.terraform import Terraform, TerraformError
from latitude.spec.stack_names import state_file
from latitude.stacks import synthesize

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from latitude.operate.bootstrap import Outcome
    from latitude.spec import Application
    from latitude.trial.jobs import Jobs
    from latitude.trial.logs import Listen
    from latitude.trial.provider import Provider

T = TypeVar("T")
_LOCK_TIMEOUT: Final = "-lock-timeout=20s"


class Deployment:
    """The stacks of one application in ``folder``, which may be synthesized anew when the application changes."""

    def __init__(self, folder: Path, *, provider: Provider, listen: Listen, jobs: Jobs) -> None:
        self.folder, self.jobs = folder, jobs
        self._provider, self._listen = provider, listen
        self.stacks: tuple[str, ...] = ()

    def beside(self, name: str) -> Deployment:
        """Return another one, in a folder of this one's."""
        return Deployment(self.folder / name, provider=self._provider, listen=self._listen, jobs=self.jobs)

    def synthesize(self, application: Application) -> None:
        """Write the stacks; each keeps what Terraform has put into its folder."""
        self.stacks = tuple(synthesize(application, self.folder))

    def init(self, *stacks: str) -> None:
        """Connect stacks to their state; the first of a trial installs the provider for all."""
        waiting = list(stacks)
        while waiting and not self._provider.is_installed:
            self._init(waiting.pop(0))
        self._each(waiting, "init", lambda terraform: terraform.init())

    def bootstrap(self, stack: str, *, tell: Callable[[str], None]) -> Outcome:
        """Make the buckets of a state stack as ``latitude bootstrap`` does, without asking."""
        self._init(stack, "-backend=false")
        local_state = self.folder / state_file(stack)

        def walk(terraform: Terraform) -> Outcome:
            return Bootstrap(terraform=terraform, local_state=local_state, tell=tell, confirm=lambda _: True).run()

        return self._each((stack,), "bootstrap", walk)[0]

    def apply(self, *stacks: str, variables: Mapping[str, Sequence[str]] | None = None) -> None:
        """Plan and apply stacks at the same time; ``variables`` are Terraform's."""
        stated = [
            f"-var={name}={json.dumps(value)}" for name, value in ({} if variables is None else variables).items()
        ]
        self._each(stacks, "apply", lambda terraform: terraform.apply(_LOCK_TIMEOUT, *stated))

    def refusal(self, stack: str) -> str:
        """Plan a stack, and return what Terraform says where it can't; an empty text where it can."""
        try:
            self.have_changes(stack)
        except TerraformError as error:
            return error.output
        return ""

    def together(self, *calls: Callable[[], object]) -> list[object]:
        """Make calls at the same time, and return what they return."""
        return self.jobs.finish(*map(self.jobs.begin, calls))

    def have_changes(self, *stacks: str) -> dict[str, bool]:
        """Plan stacks at the same time; say for each whether there is anything to do."""
        return dict(zip(stacks, self._each(stacks, "plan", lambda each: each.plan(_LOCK_TIMEOUT)), strict=True))

    def plan_and_apply(self, stack: str) -> bool:
        """Save a plan and apply just that; return whether there was anything to do."""
        plan = self.folder / f"{stack}.tfplan"
        changes = self._each((stack,), "plan", lambda terraform: terraform.plan(out=plan))[0]
        self._each((stack,), "apply", lambda terraform: terraform.apply(str(plan)))
        return changes

    def destroy(self, *stacks: str) -> None:
        """Destroy stacks at the same time."""
        self._each(stacks, "destroy", lambda terraform: terraform.destroy(_LOCK_TIMEOUT))

    def left_in_state(self, *stacks: str) -> list[str]:
        """Return the addresses that the states of stacks still have."""
        left = self._each(stacks, "state", lambda terraform: terraform.run("state", "list").stdout.split())
        return [f"{stack}: {address}" for stack, found in zip(stacks, left, strict=True) for address in found]

    def terraform(self, stack: str, *, hear: Callable[[str], None] | None = None) -> Terraform:
        """Return Terraform in the folder of a stack."""
        return Terraform(directory=self._directory(stack), environment=self._provider.environment, hear=hear)

    def _init(self, stack: str, *arguments: str) -> None:
        def init() -> None:
            self._each((stack,), "init", lambda terraform: terraform.init(*arguments))

        self._provider.install(self._directory(stack), init)

    def _each(self, stacks: Sequence[str], what: str, do: Callable[[Terraform], T]) -> list[T]:
        return self.jobs.run(*(partial(self._one, stack, what, do) for stack in stacks))

    def _one(self, stack: str, what: str, do: Callable[[Terraform], T]) -> T:
        with self._listen(f"{what} {stack}") as hear:
            return do(self.terraform(stack, hear=hear))

    def _directory(self, stack: str) -> Path:
        return self.folder / "stacks" / stack
