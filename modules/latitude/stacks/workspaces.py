"""The workspaces of HCP Terraform, one for every other stack, and the role that their runs have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude.bindings.plain import data
from latitude.constructs.capability import Capability
from latitude.constructs.identity.oidc_role import Issuer, OidcRole, issuer_of
from latitude.constructs.state.variable_set import VariableSet
from latitude.constructs.state.workspace import Workspace
from latitude.spec.assumed_roles import assume_statements
from latitude.spec.cloud_state import HCP_AUDIENCE
from latitude.spec.names import terraform_name
from latitude.spec.plan_policy import PLAN_READS
from latitude.stacks.backend import keep_in_file
from latitude.stacks.stack import LatitudeStack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from latitude.bindings import Construct
    from latitude.spec import Application, CloudState, RunRole, Workspaces

TFE_PROVIDER_VERSION: Final = ">= 0.70, < 1"
"""From 0.70 on, ``tfe_workspace_settings`` leaves alone what ``tfe_workspace`` sets (the provider's changelog)."""


class WorkspacesStack(LatitudeStack):
    """The stack ``NAME-workspaces``. ``stacks`` names every other stack, and those whose applies queue its runs.

    Its own state is a file: it makes what the others keep theirs in (docs/adr/0032).
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        application: Application,
        state: CloudState,
        spec: Workspaces,
        stacks: Mapping[str, Sequence[str]],
    ) -> None:
        regions = [] if spec.role is None else [application.home_region]
        super().__init__(scope, id, application=application, regions=regions)
        tfe = {"source": "hashicorp/tfe", "version": TFE_PROVIDER_VERSION}
        self.add_override("terraform.required_providers.tfe", tfe)
        self.add_override("provider.tfe", [{"hostname": state.hostname, "organization": state.organization}])
        self.state = state
        project_id = None if state.project is None else self._project(state.project)
        made = {
            stack: Workspace(
                self,
                _label(application, stack),
                spec=spec,
                organization=state.organization,
                project_id=project_id,
                name=state.workspace_for(stack),
                stack=stack,
                application=application.name,
            )
            for stack in stacks
        }
        for stack, sources in stacks.items():
            for source in sources:
                made[stack].after(made[source])
        if spec.role is not None:
            credentials = self._credentials(spec.role, list(stacks))
            for workspace in made.values():
                workspace.use(credentials)
        self.outputs({"workspace_ids": ({stack: each.id for stack, each in made.items()}, "The ID of each workspace")})

    def keep_state(self) -> None:
        """Keep the state in a file."""
        keep_in_file(self, self.node.id)

    def _project(self, name: str) -> str:
        kind, organization = data("tfe_project"), self.state.organization
        found = Capability(self, "project", provider=None).make(kind, name=name, organization=organization)
        return str(found.get_string_attribute("id"))

    def _credentials(self, spec: RunRole, stacks: Sequence[str]) -> VariableSet:
        issuer = issuer_of(
            self,
            "hcp",
            given=spec.oidc_provider_arn,
            provider=self.providers[self.application.home_region],
            hostname=self.state.hostname,
            audience=HCP_AUDIENCE,
        )
        roles = {
            "TFC_AWS_PLAN_ROLE_ARN": self._role(issuer, "plan", spec.plan_policy_arns, stacks),
            "TFC_AWS_APPLY_ROLE_ARN": self._role(issuer, "apply", spec.policy_arns, stacks),
        }
        return VariableSet(
            self,
            "credentials",
            organization=self.state.organization,
            name=self.application.aws_names.variable_set,
            description="Latitude: credentials in AWS, new for each run",
            environment={"TFC_AWS_PROVIDER_AUTH": "true", **roles},
        )

    def _role(self, issuer: Issuer, phase: str, policy_arns: Sequence[str] | None, stacks: Sequence[str]) -> str:
        """Make the role of the workspaces' runs in a phase, ``plan`` or ``apply`` (HCP Terraform, workload identity).

        Without ``policy_arns`` it may read what a plan reads.
        """
        return OidcRole(
            self,
            f"hcp_{phase}",
            provider=self.providers[self.application.home_region],
            name=self.application.aws_names.hcp_role(phase),
            issuer=issuer,
            settings=self.application.roles,
            subjects=self.state.subjects_of(phase, stacks),
            policy_arns=() if policy_arns is None else policy_arns,
            policies={
                "reads": [PLAN_READS] if policy_arns is None else [],
                "assume": assume_statements(self.application),
            },
        ).arn


def _label(application: Application, stack: str) -> str:
    """Return a stack's name as part of an address: what is behind the application's, or for layout single that."""
    part = application.stack_names.part_of(stack)
    return terraform_name("application" if part is None else part)
