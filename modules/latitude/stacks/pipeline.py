"""The roles of a pipeline on GitHub, apart from what it deploys: it must not be able to change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latitude.constructs.identity.encryption_key import ExistingKey
from latitude.constructs.identity.oidc_role import OidcRole, issuer_of
from latitude.spec import S3State
from latitude.spec.assumed_roles import assume_statements
from latitude.spec.github_roles import GITHUB_AUDIENCE, GITHUB_ISSUER
from latitude.spec.plan_policy import PLAN_READS
from latitude.spec.regions import identifier
from latitude.spec.state_access import StateAccess
from latitude.stacks.stack import LatitudeStack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.bindings import Construct
    from latitude.spec import Application, GithubRoles


class PipelineStack(LatitudeStack):
    """The stack ``NAME-pipeline``, applied by whoever may make roles; ``latitude deploy`` leaves it alone."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        application: Application,
        spec: GithubRoles,
        stacks: Sequence[LatitudeStack],
    ) -> None:
        state = application.state
        regions = state.regions(application) if isinstance(state, S3State) else (application.home_region,)
        super().__init__(scope, id, application=application, regions=regions)
        self.provider = self.providers[regions[0]]
        self.issuer = issuer_of(
            self,
            "github",
            given=spec.oidc_provider_arn,
            provider=self.provider,
            hostname=GITHUB_ISSUER,
            audience=GITHUB_AUDIENCE,
        )
        access = self._state(state, stacks) if isinstance(state, S3State) else StateAccess()
        assume = assume_statements(application)
        plan_name, apply_name = spec.role_names(application)
        plan = OidcRole(
            self,
            "plan",
            provider=self.provider,
            name=plan_name,
            issuer=self.issuer,
            settings=application.roles,
            subjects=spec.subjects_of_plans(),
            conditions=spec.conditions_of_plans(),
            policy_arns=() if spec.plan_policy_arns is None else spec.plan_policy_arns,
            policies={
                "reads": [PLAN_READS] if spec.plan_policy_arns is None else [],
                "state": access.statements(writes=False),
                "assume": assume,
            },
        )
        apply = OidcRole(
            self,
            "apply",
            provider=self.provider,
            name=apply_name,
            issuer=self.issuer,
            settings=application.roles,
            subjects=spec.subjects_of_applies(),
            conditions=spec.conditions_of_applies(),
            policy_arns=spec.policy_arns,
            policies={"state": access.statements(writes=True), "assume": assume},
        )
        arns = {"AWS_PLAN_ROLE_ARN": plan.arn, "AWS_APPLY_ROLE_ARN": apply.arn}
        self.outputs({"variables": (arns, "The variables that the repository on GitHub has to have")})

    def _state(self, state: S3State, stacks: Sequence[LatitudeStack]) -> StateAccess:
        if state.role_arn is not None:
            # Whoever takes the state's own role needs nothing else for the state.
            return StateAccess()
        regions = {stack.node.id: next(iter(stack.providers)) for stack in stacks}
        return StateAccess.to(state, self.application, regions, keys=self._keys(state))

    def _keys(self, state: S3State) -> tuple[str, ...]:
        if state.kms_key_arn is not None:
            return (state.kms_key_arn,)
        if state.create is None:
            return ()
        alias = self.application.aws_names.state_key_alias
        return tuple(
            ExistingKey(self, f"state_{identifier(region)}_key", provider=provider, alias=alias).arn
            for region, provider in self.providers.items()
        )
