"""A workspace of HCP Terraform, and what queues its runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.bindings.plain import resource
from latitude.constructs.capability import Capability

if TYPE_CHECKING:
    from latitude.bindings import Construct
    from latitude.constructs.state.variable_set import VariableSet
    from latitude.spec import WorkspaceRepository, Workspaces


class Workspace(Capability):
    """Makes the workspace of one stack.

    Its state is nobody else's to read: no stack reads another's. Nothing runs before someone starts a first run, for
    credentials and images have to be there before (tfe provider, tfe_workspace: queue_all_runs). A workspace that
    manages something is not deleted (the same, force_delete).
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        spec: Workspaces,
        organization: str,
        project_id: str | None,
        name: str,
        stack: str,
        application: str,
    ) -> None:
        super().__init__(scope, id, provider=None)
        repository = spec.repository
        made = self.make(
            resource("tfe_workspace"),
            name=name,
            organization=organization,
            project_id=project_id,
            description=f"Latitude: the stack {stack}",
            tags={"application": application, "stack": stack, **spec.tags},
            terraform_version=spec.terraform_version,
            auto_apply=spec.auto_apply,
            auto_apply_run_trigger=spec.auto_apply,
            queue_all_runs=False,
            # With it, a push starts runs only if it changes the stack's folder.
            working_directory=None if repository is None else f"{repository.folder}/{stack}",
            vcs_repo=None if repository is None else _connection(repository),
        )
        self.id: str = made.get_string_attribute("id")
        self.make(resource("tfe_workspace_settings"), workspace_id=self.id, global_remote_state=False)

    def after(self, source: Workspace) -> None:
        """Queue a run of this workspace after each apply of ``source``, of which HCP Terraform allows twenty."""
        self.make(resource("tfe_run_trigger"), f"after_{source.node.id}", workspace_id=self.id, sourceable_id=source.id)

    def use(self, variables: VariableSet) -> None:
        """Give the workspace a set of variables."""
        self.make(
            resource("tfe_workspace_variable_set"),
            variables.node.id,
            workspace_id=self.id,
            variable_set_id=variables.id,
        )


def _connection(repository: WorkspaceRepository) -> list[dict[str, str]]:
    stated = {
        "identifier": repository.identifier,
        "branch": repository.branch,
        "oauth_token_id": repository.oauth_token_id,
        "github_app_installation_id": repository.github_app_installation_id,
    }
    return [{name: value for name, value in stated.items() if value is not None}]
