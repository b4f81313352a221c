"""State, and runs, in HCP Terraform."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final

from latitude.spec.base import Part, fault, rule
from latitude.spec.limits import Length, Pattern
from latitude.spec.tokens import is_token
from latitude.spec.workspaces import Workspaces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from latitude.spec.application import Application
    from latitude.spec.faults import Fault

_STACK_PLACEHOLDER: Final = "{stack}"
_LONGEST_WORKSPACE: Final = 90
_DEFAULT_PROJECT: Final = "Default Project"
HCP_AUDIENCE: Final = "aws.workload.identity"
"""Whom the tokens of runs are for (HCP Terraform, dynamic credentials)."""


class CloudState(Part):
    """State, and runs, in HCP Terraform (Terraform Cloud) or Terraform Enterprise: one workspace per stack."""

    organization: Annotated[
        str, Pattern(regex=r"[A-Za-z0-9_-]+", words="letters, digits, _ and -", source="HCP Terraform organizations")
    ]
    """The organization's name."""
    project: (
        Annotated[
            str,
            Pattern(
                regex=r"[A-Za-z0-9_-](?:[A-Za-z0-9 _-]*[A-Za-z0-9_-])?",
                words="letters, digits, _, - and spaces inside",
                source="HCP Terraform projects",
            ),
            Length(minimum=3, maximum=40, source="HCP Terraform projects"),
        ]
        | None
    ) = None
    """The project that new workspaces are put into; unset: the default project."""
    workspace: Annotated[
        str,
        Pattern(
            regex=rf"[A-Za-z0-9_-]*{re.escape(_STACK_PLACEHOLDER)}[A-Za-z0-9_-]*",
            words="letters, digits, _ and - around {stack}",
            source="HCP Terraform workspaces: each stack has one of its own",
        ),
    ] = _STACK_PLACEHOLDER
    """The workspace's name, in which ``{stack}`` is the stack's."""
    hostname: Annotated[
        str, Pattern(regex=r"[a-z0-9.-]+(:\d+)?", words="a host name", source="Terraform, cloud block")
    ] = "app.terraform.io"
    """The host, for Terraform Enterprise."""
    workspaces: Workspaces | None = None
    """How the workspaces are made, in the stack ``NAME-workspaces``; unset: ``terraform init`` makes each."""

    @rule
    def _workspace_fits(self, application: Application) -> Iterator[Fault]:
        """Keep the workspace's name within 90 characters for every stack."""
        longest = max(map(application.stack_names.part, ("registry", "routing", *application.regions)), key=len)
        name = self.workspace_for(longest)
        if len(name) > _LONGEST_WORKSPACE:
            yield fault(
                "workspace",
                message=f"must make names of at most {_LONGEST_WORKSPACE} characters, got {len(name)}: {name!r} "
                "(HCP Terraform workspaces)",
            )

    @rule
    def _role_trusts_the_host(self) -> Iterator[Fault]:
        """Give an OIDC provider of the host itself, and a host without a port, for AWS to trust its runs."""
        role = None if self.workspaces is None else self.workspaces.role
        if role is None:
            return
        if ":" in self.hostname:
            yield fault(
                "hostname",
                message=f"must be without a port where workspaces have a role, got {self.hostname!r} "
                "(IAM CreateOpenIDConnectProvider)",
            )
        given = role.oidc_provider_arn
        if given is not None and not is_token(given) and given.rpartition("/")[2] != self.hostname:
            yield fault(
                "workspaces",
                "role",
                "oidc_provider_arn",
                message=f"must be a provider for {self.hostname}, got one for {given.rpartition('/')[2]}: {given!r} "
                "(HCP Terraform, dynamic credentials)",
            )

    def subjects_of(self, phase: str, stacks: Iterable[str]) -> tuple[str, ...]:
        """Return the subject claims of the stacks' runs in a phase, ``plan`` or ``apply`` (HCP, workload identity)."""
        project = _DEFAULT_PROJECT if self.project is None else self.project
        beginning = f"organization:{self.organization}:project:{project}:workspace"
        return tuple(f"{beginning}:{self.workspace_for(stack)}:run_phase:{phase}" for stack in stacks)

    def workspace_for(self, stack: str) -> str:
        """Return the name of a stack's workspace."""
        return self.workspace.replace(_STACK_PLACEHOLDER, stack)
