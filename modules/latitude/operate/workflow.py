"""The workflow that rolls an application out from GitHub Actions, as YAML text."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from latitude.operate import workflow_pieces as pieces
from latitude.operate.bake import watched
from latitude.operate.binary import BINARY, OPENTOFU, TERRAFORM
from latitude.operate.quoting import in_shell, in_yaml, past_github
from latitude.operate.workflow_settings import DEFAULT_BRANCH, Settings
from latitude.spec import CloudState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.operate.order import Stage
    from latitude.spec import Application


def workflow(
    application: Application, stages: Sequence[Stage], *, install: str, settings: Settings | None = None
) -> str:
    """Return the workflow: plans on a pull request, stage after stage on a push, a look for drift every day."""
    written = _Workflow(application=application, settings=Settings() if settings is None else settings)
    return written.text(stages, install=install)


@dataclass(frozen=True, kw_only=True)
class _Workflow:
    application: Application
    settings: Settings

    def text(self, stages: Sequence[Stage], *, install: str) -> str:
        stacks = [stack for stage in stages for stack in stage.stacks]
        jobs = [self._head(install), self._job("plan", stacks, event="pull_request", steps=self._of(pieces.PLAN))]
        needs = ["synth"]
        routing = self.application.stack_names.routing
        if routing in stacks:
            job = f"leave-{routing}"
            jobs.append(self._job(job, [routing], event="push", applies=True, steps=self._routes(leaves=True)))
            needs.append(job)
        for stage in stages:
            job = f"apply-{stage.stacks[0]}"
            routes = self.application.routes and stage.stacks[0] in {routing, self.application.stack_names.single}
            steps = (self._routes() if routes else self._of(pieces.APPLY)) + (self._bake() if stage.bake else "")
            jobs.append(self._job(job, stage.stacks, needs=needs, event="push", applies=True, steps=steps))
            needs = ["synth", job]
        return "".join([*jobs, self._job("drift", stacks, event="schedule", steps=self._of(pieces.DRIFT))])

    @property
    def _program(self) -> str:
        return OPENTOFU if self.settings.opentofu else TERRAFORM

    def _head(self, install: str) -> str:
        plan, apply = (self.settings.variable(self.application, applies=applies) for applies in (False, True))
        needed = (
            f"It needs the secrets {plan} and {apply}: tokens of HCP Terraform, which has the roles in AWS."
            if isinstance(self.application.state, CloudState)
            else f"It needs the repository variables {plan} and {apply}: roles that trust GitHub's OIDC provider."
        )
        branch = self.settings.branch_of(self.application)
        named = {BINARY: OPENTOFU} if self.settings.opentofu else {}
        return _filled(
            pieces.HEAD,
            LINE=" ".join([*(f"{name}={value}" for name, value in named.items()), *map(in_shell, self.settings.line)]),
            ENVIRONMENT="".join(["env:\n", *(f"  {name}: {value}\n" for name, value in named.items())])
            if named
            else "",
            INSTALL=in_yaml(install),
            NEEDED=needed,
            APPLICATION=self.application.name,
            BRANCH=in_yaml(branch),
            # GitHub starts what is scheduled on the default branch.
            SCHEDULED="" if branch == DEFAULT_BRANCH else _filled(pieces.SCHEDULED, BRANCH=branch),
            CHECK=self._latitude("check"),
            SYNTH=self._latitude("synth", "--out", "stacks-out"),
            DISPATCH=pieces.DISPATCH if self.application.routes else "",
        )

    def _latitude(self, *arguments: str) -> str:
        """Return a command of Latitude's for this program and application, as a value."""
        return in_yaml(past_github(shlex.join(["latitude", *arguments, *self.settings.arguments])))

    def _job(
        self,
        name: str,
        stacks: Sequence[str],
        *,
        event: str,
        steps: str,
        needs: Sequence[str] = ("synth",),
        applies: bool = False,
    ) -> str:
        """Return a job that does the steps in each stack's folder, with the credentials that they need alone."""
        application = self.application
        variable = self.settings.variable(application, applies=applies)
        if isinstance(application.state, CloudState):
            permissions = ""
            credentials = _filled(pieces.HCP, HOSTNAME=_value(application.state.hostname), TOKEN=variable)
        else:
            permissions = pieces.AWS_PERMISSIONS
            # Roles are assumed in a region: where users are led must not depend on the one that is down.
            alone = list(stacks) == [application.stack_names.routing]
            region = application.leaning_region if alone else application.home_region
            credentials = _filled(pieces.AWS, VARIABLE=variable, REGION=_value(region))
        environment = f"    environment: {_value(self.settings.environment_of(application))}\n"
        return _filled(
            pieces.STACK_JOB,
            JOB=in_yaml(name),
            NEEDS=", ".join(map(in_yaml, needs)),
            EVENT=f"{event}' || github.event_name == 'workflow_dispatch" if applies and application.routes else event,
            GROUP=pieces.GROUPS[event],
            HEAD=permissions + (environment if applies else ""),
            STACKS=", ".join(map(_value, stacks)),
            SETUP=pieces.SETUP_OPENTOFU if self.settings.opentofu else pieces.SETUP_TERRAFORM,
            CREDENTIALS=credentials,
            STEPS=steps,
            TERRAFORM=self._program,
        )

    def _of(self, piece: str, **values: str) -> str:
        """Return a piece with the program that its lines run, and other values."""
        return _filled(piece, TERRAFORM=self._program, **values)

    def _routes(self, *, leaves: bool = False) -> str:
        """Return the step that leads users to regions; or the one before all others, in which regions only leave."""
        return self._of(
            pieces.ROUTES,
            WHAT="Let regions leave" if leaves else "Apply, and let regions leave and join",
            # The first regions of all join by themselves: no drain can be undone by them.
            HELD=".out != []" if leaves else ".out != [] and .before != []",
            JOIN='""' if leaves else "${{ inputs.join }}",
            GUARD=self._of(pieces.GUARD) if leaves else "",
        )

    def _bake(self) -> str:
        paths = watched(self.application, {service.name: "" for service in self.application.services})
        asks = [_filled(pieces.ASK, NAME=in_shell(name), PATH=in_shell(path)) for name, path in paths.items()]
        return self._of(pieces.BAKE, ASKS="\n".join(asks)) if asks else ""


def _value(text: str) -> str:
    """Return a text of the description as a value in the workflow."""
    return in_yaml(past_github(text))


def _filled(template: str, **values: str) -> str:
    """Return the template with each ``@NAME@`` replaced by its value, and nothing within the values."""
    return re.sub(r"@([A-Z]+)@", lambda found: values.get(found[1], found[0]), template)
