"""A set of variables that workspaces of HCP Terraform share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.bindings.plain import resource
from latitude.constructs.capability import Capability

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latitude.bindings import Construct


class VariableSet(Capability):
    """Makes a set of environment variables; only the workspaces that use it have them."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        organization: str,
        name: str,
        description: str,
        environment: Mapping[str, str],
    ) -> None:
        super().__init__(scope, id, provider=None)
        made = self.make(resource("tfe_variable_set"), name=name, organization=organization, description=description)
        self.id: str = made.get_string_attribute("id")
        for key, value in environment.items():
            self.make(
                resource("tfe_variable"),
                key.lower(),
                key=key,
                value=value,
                category="env",
                variable_set_id=self.id,
            )
