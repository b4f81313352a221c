"""The synthesized stacks of an application, and Terraform on each of them."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from latitude.operate.bootstrap import Bootstrap
from latitude.operate.cli_config import usable_environment
from latitude.operate.terraform import Terraform, TerraformError
from latitude.spec.stack_names import state_file
from latitude.stacks import synthesize
from latitude.stacks.locks import PROVIDER_LOCK

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from latitude.operate.bootstrap import Outcome
    from latitude.spec import Application
    from latitude.trial.jobs import Jobs
    from latitude.trial.logs import Listen

T = TypeVar("T")
_PROVIDER: Final = "registry.terraform.io/hashicorp/aws"
_TRIED_VERSION: Final = "5.100.0"
"""The provider that the embedded AWS is tried with."""
_LOCK_TIMEOUT: Final = "-lock-timeout=20s"
_CHECKSUMS: Final = re.compile(r"^  hashes += \[.*?^  \]\n", re.MULTILINE | re.DOTALL)


class Deployment:
    """The stacks of one application in ``folder``, which may be synthesized anew when the application changes."""

    def __init__(self, folder: Path, *, environment: Mapping[str, str], listen: Listen, jobs: Jobs) -> None:
        self.folder = folder
        self._environment = provider_environment(environment, folder)
        self._listen, self.jobs = listen, jobs
        self.stacks: tuple[str, ...] = ()

    def beside(self, name: str) -> Deployment:
        """Return another one, in a folder of this one's."""
        folder = self.folder / name
        return Deployment(folder, environment=self._environment, listen=self._listen, jobs=self.jobs)

    def synthesize(self, application: Application) -> None:
        """Write the stacks; each keeps what Terraform has put into its folder."""
        self.stacks = tuple(synthesize(application, self.folder))

    def init(self, *stacks: str) -> None:
        """Connect stacks to their state, one after the other where they share a cache of providers."""
        waiting = list(stacks)
        while waiting and (self._caches or not self._kept_lock.is_file()):
            self._init(waiting.pop(0))
        for stack in waiting:
            self._pin(stack)
        self._each(waiting, "init", lambda terraform: terraform.init())
        for stack in waiting:
            self._forget_checksums(stack)

    def bootstrap(self, stack: str, *, tell: Callable[[str], None]) -> Outcome:
        """Make the buckets of a state stack as ``latitude bootstrap`` does, without asking."""
        self._init(stack, "-backend=false")
        local_state = self.folder / state_file(stack)

        def walk(terraform: Terraform) -> Outcome:
            if not self._caches:
                # What _init has left without checksums stays so.
                unlocked = {**terraform.environment, "TF_CLI_ARGS_init": "-lockfile=readonly"}
                terraform = replace(terraform, environment=unlocked)
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
        return Terraform(directory=self._directory(stack), environment=self._environment, hear=hear)

    def _init(self, stack: str, *arguments: str) -> None:
        def init(terraform: Terraform) -> None:
            terraform.init(*arguments)

        pinned = self._pin(stack)
        try:
            self._each((stack,), "init", init)
        except TerraformError:
            if not pinned:
                raise
            # Where there is another version only, such as in a mirror, that one has to do.
            (self._directory(stack) / PROVIDER_LOCK).unlink()
            self._each((stack,), "init", init)
        self._forget_checksums(stack)

    def _each(self, stacks: Sequence[str], what: str, do: Callable[[Terraform], T]) -> list[T]:
        return self.jobs.run(*(partial(self._one, stack, what, do) for stack in stacks))

    def _one(self, stack: str, what: str, do: Callable[[Terraform], T]) -> T:
        with self._listen(f"{what} {stack}") as hear:
            return do(self.terraform(stack, hear=hear))

    def _directory(self, stack: str) -> Path:
        return self.folder / "stacks" / stack

    def _pin(self, stack: str) -> bool:
        """Say which provider a stack takes, with Terraform's own lock file; return whether that is a wish only.

        The version is the one of a stack that has it already, which Terraform then neither looks for nor loads again.
        """
        lock = self._directory(stack) / PROVIDER_LOCK
        if self._kept_lock.is_file():
            kept = self._kept_lock.read_text("utf-8")
            # Terraform takes a provider from its cache only with checksums; from a mirror it links it without.
            lock.write_text(kept if self._caches else _CHECKSUMS.sub("", kept), encoding="utf-8")
            return False
        if lock.is_file():
            return False
        lock.write_text(f'provider "{_PROVIDER}" {{\n  version = "{_TRIED_VERSION}"\n}}\n', encoding="utf-8")
        return True

    def _forget_checksums(self, stack: str) -> None:
        """Put the lock file aside, for stacks to come, and leave the stack one without checksums.

        With them, Terraform reads all of a provider that it has just installed, 700 MB, in each command on the stack:
        three seconds of a processor.
        """
        lock = self._directory(stack) / PROVIDER_LOCK
        shutil.copy(lock, self._kept_lock)
        lock.write_text(_CHECKSUMS.sub("", lock.read_text("utf-8")), encoding="utf-8")

    @property
    def _caches(self) -> bool:
        return "TF_PLUGIN_CACHE_DIR" in self._environment

    @property
    def _kept_lock(self) -> Path:
        return self.folder / PROVIDER_LOCK


def provider_environment(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the environment in which Terraform finds providers, loads none twice, and collects less garbage.

    A provider's schemas are some hundred megabytes, which Go would go through again and again while they are made.
    """
    usable = {"GOGC": "400", **usable_environment(environment, folder)}
    own = Path.home() / ".terraformrc"
    if "TF_CLI_CONFIG_FILE" not in usable and "TF_PLUGIN_CACHE_DIR" not in usable and not own.is_file():
        cache = Path(".latitude", "providers").absolute()
        cache.mkdir(parents=True, exist_ok=True)
        usable["TF_PLUGIN_CACHE_DIR"] = str(cache)
    return usable
